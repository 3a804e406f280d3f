package metronome.core.data;

import java.util.Arrays;
import metronome.core.network.Shape;
import metronome.core.tensor.Tensor;

/**
 * Labelled images. The arrays are shared, not copied.
 *
 * @param shape of one image
 * @param images unsigned bytes, image after image, each channels x height x width
 * @param labels class of each image, not negative
 */
public record Samples(Shape shape, byte[] images, int[] labels) {
    /**
     * Checks that there are as many images as labels.
     *
     * @throws IllegalArgumentException if there are not
     */
    public Samples {
        if ((long) labels.length * shape.size() != images.length) {
            throw new IllegalArgumentException(
                    labels.length + " labels of " + shape + " images do not match " + images.length + " bytes");
        }
    }

    /** {@return how many images there are} */
    public int count() {
        return labels.length;
    }

    /**
     * {@return the class of an image}
     *
     * @param sample from 0
     */
    public int label(int sample) {
        return labels[sample];
    }

    /**
     * {@return a copy of one image's bytes}
     *
     * @param sample from 0
     */
    public byte[] image(int sample) {
        int size = shape.size();
        return Arrays.copyOfRange(images, sample * size, (sample + 1) * size);
    }

    /** {@return the images as floats in [0, 1], [count, channels, height, width]} */
    public Tensor tensor() {
        Tensor tensor = Tensor.zeros(count(), shape.channels(), shape.height(), shape.width());
        for (int i = 0; i < images.length; i++) {
            tensor.data()[i] = (images[i] & 0xff) / 255f;
        }
        return tensor;
    }

    /**
     * {@return the first images, or all if there are fewer}
     *
     * @param most how many at most, not negative
     */
    public Samples first(int most) {
        return range(0, Math.min(most, count()));
    }

    /**
     * {@return copies of some images}
     *
     * @param samples their numbers, in their order
     */
    public Samples pick(int... samples) {
        byte[] picked = new byte[samples.length * shape.size()];
        for (int i = 0; i < samples.length; i++) {
            System.arraycopy(images, samples[i] * shape.size(), picked, i * shape.size(), shape.size());
        }
        return new Samples(shape, picked, Arrays.stream(samples).map(sample -> labels[sample]).toArray());
    }

    /**
     * {@return a copy of some consecutive images}
     *
     * @param from the first, inclusive
     * @param to the last, exclusive
     */
    public Samples range(int from, int to) {
        return new Samples(shape, Arrays.copyOfRange(images, from * shape.size(), to * shape.size()),
                Arrays.copyOfRange(labels, from, to));
    }
}
