package metronome.core.network;

import java.util.List;
import metronome.core.data.Samples;
import metronome.core.tensor.Kernels;
import metronome.core.tensor.Tensor;

/**
 * Runs a network in 32-bit floats over many images, several threads at once; each image's result is the same whatever
 * their number. A pixel p enters as p/255; networks with staircases read what is left of it after coding as a spike.
 */
public final class Inference {
    private static final int LANES = Kernels.LANES;

    private final Network network;
    private final LaneBatches batches;
    private final float[] pixels;
    private final StaircaseLevels.Input input;

    private Inference(Network network) {
        this.network = network;
        batches = new LaneBatches(network);
        pixels = StaircaseLevels.pixels(network);
        input = StaircaseLevels.input(network);
    }

    /**
     * {@return a way to run a network}
     *
     * @param network what to run
     */
    public static Inference of(Network network) {
        return new Inference(network);
    }

    /** Sees the activations of some consecutive images; is called by several threads at once. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * @param first number of the first image
         * @param count how many images there are, at most {@link Kernels#LANES}
         * @param activations of the input and then of every node, [features, lanes]; used again afterwards
         */
        void visit(int first, int count, List<float[]> activations);
    }

    /**
     * Computes the activations of every image.
     *
     * @param samples of the network's input shape
     * @param threads at least 1
     * @param visitor sees them
     * @throws IllegalArgumentException if the shapes differ
     */
    public void visit(Samples samples, int threads, Visitor visitor) {
        batches.visit(samples.count(), threads, pixels(samples), visitor);
    }

    private LaneBatches.Images pixels(Samples samples) {
        if (!samples.shape().equals(network.input())) {
            throw new IllegalArgumentException(
                    "images of " + samples.shape() + " do not match the network's input of " + network.input());
        }
        return (i, feature) -> pixels[samples.images()[i * samples.shape().size() + feature] & 0xff];
    }

    /**
     * {@return the outputs for images of bytes, [images, outputs]}
     *
     * @param samples of the network's input shape
     * @param threads at least 1
     */
    public Tensor outputs(Samples samples, int threads) {
        Tensor outputs = Tensor.zeros(samples.count(), network.output().size());
        batches.visitLast(samples.count(), threads, pixels(samples), collect(outputs));
        return outputs;
    }

    /**
     * {@return the outputs for images of floats, [images, outputs]}
     *
     * @param images [images, ...] in [0, 1]
     * @param threads at least 1
     * @throws IllegalArgumentException if an image has not the size of the network's input
     */
    public Tensor outputs(Tensor images, int threads) {
        Tensor outputs = Tensor.zeros(images.extent(0), network.output().size());
        batches.visitLast(images.extent(0), threads, values(images), collect(outputs));
        return outputs;
    }

    /**
     * Computes the activations of every image.
     *
     * @param images [images, ...] in [0, 1]
     * @param threads at least 1
     * @param visitor sees them
     * @throws IllegalArgumentException if an image has not the size of the network's input
     */
    public void visit(Tensor images, int threads, Visitor visitor) {
        batches.visit(images.extent(0), threads, values(images), visitor);
    }

    private LaneBatches.Images values(Tensor images) {
        int size = network.input().size();
        if (images.size() != (long) size * images.extent(0)) {
            throw new IllegalArgumentException(images + " does not match the network's input of " + network.input());
        }
        return (i, feature) -> input.applyAsFloat(images.data()[i * size + feature]);
    }

    /**
     * {@return the class of each image: the index of its largest output, among equals the first}
     *
     * @param samples of the network's input shape
     * @param threads at least 1
     */
    public int[] classes(Samples samples, int threads) {
        return largest(outputs(samples, threads));
    }

    /**
     * {@return the share of images whose class is their label, in [0, 1]}
     *
     * @param samples at least one, of the network's input shape
     * @param threads at least 1
     */
    public double accuracy(Samples samples, int threads) {
        int[] classes = classes(samples, threads);
        int right = 0;
        for (int i = 0; i < classes.length; i++) {
            right += classes[i] == samples.label(i) ? 1 : 0;
        }
        return (double) right / classes.length;
    }

    /**
     * {@return the index of the largest element of each row, among equals the first}
     *
     * @param outputs [images, outputs]
     */
    public static int[] largest(Tensor outputs) {
        int width = outputs.extent(1);
        int[] largest = new int[outputs.extent(0)];
        for (int i = 0; i < largest.length; i++) {
            for (int j = 1; j < width; j++) {
                if (outputs.data()[i * width + j] > outputs.data()[i * width + largest[i]]) {
                    largest[i] = j;
                }
            }
        }
        return largest;
    }

    private Visitor collect(Tensor outputs) {
        int width = outputs.extent(1);
        return (first, count, activations) -> {
            float[] last = activations.getLast();
            for (int n = 0; n < count; n++) {
                for (int j = 0; j < width; j++) {
                    outputs.data()[(first + n) * width + j] = last[j * LANES + n];
                }
            }
        };
    }
}
