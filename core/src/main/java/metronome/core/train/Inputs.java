package metronome.core.train;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import metronome.core.calibration.Prepared;
import metronome.core.network.Inference;
import metronome.core.network.Network;
import metronome.core.network.StaircaseLevels;
import metronome.core.tensor.Kernels;
import metronome.core.tensor.Tensor;

/**
 * What a network in training reads of images: pixels, or what a front makes of them; coded if the network has staircases.
 * Safe for several threads at once.
 */
final class Inputs {
    private static final int LANES = Kernels.LANES;

    private final Optional<Inference> front;
    private final StaircaseLevels.Input coded;
    private final float[] pixels;

    Inputs(Prepared network) {
        Network body = network.body();
        front = network.front().map(Inference::of);
        coded = StaircaseLevels.input(body);
        pixels = StaircaseLevels.pixels(body);
    }

    /**
     * Reads at most {@link Kernels#LANES} images; lanes without one become 0.
     *
     * @param images unsigned bytes, channels x height x width
     * @param to [features, lanes]
     */
    void read(List<byte[]> images, float[] to) {
        Arrays.fill(to, 0);
        if (front.isPresent()) {
            computed(front.get(), images, to);
            return;
        }
        for (int n = 0; n < images.size(); n++) {
            byte[] image = images.get(n);
            for (int i = 0; i < image.length; i++) {
                to[i * LANES + n] = pixels[image[i] & 0xff];
            }
        }
    }

    private void computed(Inference first, List<byte[]> images, float[] to) {
        int size = images.getFirst().length;
        Tensor values = Tensor.zeros(images.size(), size);
        for (int i = 0; i < values.size(); i++) {
            values.data()[i] = (images.get(i / size)[i % size] & 0xff) / 255f;
        }
        Tensor outputs = first.outputs(values, 1);
        int features = outputs.extent(1);
        for (int i = 0; i < outputs.size(); i++) {
            to[i % features * LANES + i / features] = coded.applyAsFloat(outputs.data()[i]);
        }
    }
}
