package metronome.traces.workload;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import metronome.core.io.DataException;
import metronome.core.network.Shape;
import metronome.core.numpy.Npz;
import metronome.core.spiking.SpikeTrain;
import metronome.core.tensor.Tensor;

/**
 * The inputs of all layers as arrays of 0 and 1 in an {@code .npz} archive, an array a layer in the order of the layers, [steps,
 * channels, height, width] or [steps, neurons].
 */
public final class SpikeTensors {
    private static final int MOST_STEPS = 1001;

    private SpikeTensors() {
    }

    /**
     * {@return the spikes of all layers}
     *
     * @param file an archive
     * @throws DataException if it cannot be read, or an array has another form, more than 1001 steps, or an element that is
     *     neither 0 nor 1
     */
    public static List<LayerSpikes> read(Path file) {
        try {
            return Npz.read(file).entrySet().stream().map(array -> spikes(array.getKey(), array.getValue())).toList();
        } catch (DataException e) {
            throw e.getMessage().startsWith(file.toString()) ? e : e.in(file.toString());
        }
    }

    private static LayerSpikes spikes(String name, Tensor array) {
        int[] extents = array.shape();
        if (extents.length != 2 && extents.length != 4 || extents[0] > MOST_STEPS) {
            throw new DataException("array " + name + " has shape " + Arrays.toString(extents) + ", expected [steps, channels, height, "
                    + "width] or [steps, neurons] with at most " + MOST_STEPS + " steps");
        }
        int[][] neurons = new int[extents[0]][];
        for (int k = 0; k < neurons.length; k++) {
            neurons[k] = step(name, array, k);
        }
        return new LayerSpikes(name, shape(extents), new SpikeTrain(neurons));
    }

    private static Shape shape(int[] extents) {
        return extents.length == 2 ? Shape.vector(extents[1]) : new Shape(extents[1], extents[2], extents[3]);
    }

    private static int[] step(String name, Tensor array, int step) {
        int size = array.size() / array.shape()[0];
        IntStream.Builder spikes = IntStream.builder();
        for (int i = 0; i < size; i++) {
            float value = array.data()[step * size + i];
            if (value == 1) {
                spikes.add(i);
            } else if (value != 0) {
                throw new DataException("array " + name + ": element " + place(array.shape(), step * size + i) + " is " + value
                        + ", expected 0 or 1");
            }
        }
        return spikes.build().toArray();
    }

    private static String place(int[] extents, int index) {
        int[] place = new int[extents.length];
        int left = index;
        for (int axis = extents.length - 1; axis >= 0; axis--) {
            place[axis] = left % extents[axis];
            left /= extents[axis];
        }
        return Arrays.toString(place);
    }
}
