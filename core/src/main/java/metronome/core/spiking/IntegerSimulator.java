package metronome.core.spiking;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import metronome.core.network.Shape;
import metronome.core.tensor.Tensor;

/** The exact oracle of the tensor core: an integer DNN as {@link IntegerLayer} states it. Immutable. */
public final class IntegerSimulator {
    private static final int MAX_ACTIVATION = 255;

    /**
     * What one image gave.
     *
     * @param activations of each layer in [0, 255], channel-major; of the last one its accumulators
     * @param winner the class: index of the greatest accumulator, among equals the first
     */
    public record Result(int[][] activations, int winner) {
    }

    private record Stage(IntegerLayer.Product layer, FanOut fanOut, int[] weights) {
        static Stage of(IntegerLayer.Product layer) {
            FanOut fanOut = new FanOut(layer.input(), layer.output(), layer.window());
            int[] places = fanOut.places();
            int[] weights = new int[places.length];
            for (int i = 0; i < places.length; i++) {
                weights[places[i]] = layer.weights()[i];
            }
            return new Stage(layer, fanOut, weights);
        }

        int[] run(int[] activations) {
            int[] sums = new int[layer.output().size()];
            for (int i = 0; i < sums.length; i++) {
                sums[i] = layer.bias()[i % layer.bias().length];
            }
            int pixels = layer.input().height() * layer.input().width();
            for (int i = 0; i < activations.length; i++) {
                if (activations[i] != 0) {
                    add(activations[i], i % pixels, i / pixels, sums);
                }
            }
            return FixedStage.channelMajor(layer.last() ? sums : rescaled(sums), layer.output());
        }

        private void add(int activation, int pixel, int channel, int[] sums) {
            int firstWeight = channel * fanOut.weightsPerChannel();
            int first = fanOut.firstNeuron(channel);
            for (int r = fanOut.first[pixel]; r < fanOut.first[pixel + 1]; r++) {
                int weight = firstWeight + fanOut.weight[r];
                int neuron = first + fanOut.neuron[r];
                for (int i = 0; i < fanOut.length[r]; i++) {
                    sums[neuron + i] += activation * weights[weight + i];
                }
            }
        }

        private int[] rescaled(int[] sums) {
            int[] activations = new int[sums.length];
            for (int i = 0; i < sums.length; i++) {
                long scaled = (long) sums[i] * layer.multiplier() + (1L << layer.shift() - 1) >> layer.shift();
                activations[i] = Math.clamp(scaled, 0, MAX_ACTIVATION);
            }
            return activations;
        }
    }

    private final IntegerNetwork network;
    private final List<Optional<Stage>> stages = new ArrayList<>();

    /**
     * Prepares a network; the weights are copied.
     *
     * @param network to simulate
     */
    public IntegerSimulator(IntegerNetwork network) {
        this.network = network;
        for (IntegerLayer layer : network.layers()) {
            stages.add(layer instanceof IntegerLayer.Product product ? Optional.of(Stage.of(product)) : Optional.empty());
        }
    }

    /**
     * {@return the activations that stand for an image}
     *
     * @param image values in [0, 1]; what is outside is clipped
     */
    public static int[] encode(float[] image) {
        int[] activations = new int[image.length];
        for (int i = 0; i < image.length; i++) {
            activations[i] = Math.clamp(Math.round(image[i] * MAX_ACTIVATION), 0, MAX_ACTIVATION);
        }
        return activations;
    }

    /**
     * {@return what the network gives for one image}
     *
     * @param input activations in [0, 255], channel-major
     * @throws IllegalArgumentException if there are too few or too many
     */
    public Result run(int[] input) {
        if (input.length != network.input().size()) {
            throw new IllegalArgumentException("input must have " + network.input().size() + " values: " + input.length);
        }
        int[][] activations = new int[stages.size()][];
        int[] arriving = input;
        for (int l = 0; l < activations.length; l++) {
            activations[l] = switch (network.layers().get(l)) {
                case IntegerLayer.Product _ -> stages.get(l).orElseThrow().run(arriving);
                // The maximum of activations is the maximum of steps: both are whole numbers above -1.
                case IntegerLayer.Pool p -> Spikes.latest(arriving, p.input(), p.output(), p.window());
            };
            arriving = activations[l];
        }
        return new Result(activations, greatest(arriving));
    }

    /**
     * {@return the class of each image}
     *
     * @param images [count, ...], values in [0, 1]
     * @param threads at least 1
     */
    public int[] classes(Tensor images, int threads) {
        return Evaluation.map(images.extent(0), threads, i -> run(encode(Evaluation.image(images, i))).winner()).stream()
                .mapToInt(Integer::intValue).toArray();
    }

    private static int greatest(int[] sums) {
        int winner = 0;
        for (int i = 1; i < sums.length; i++) {
            winner = sums[i] > sums[winner] ? i : winner;
        }
        return winner;
    }

    /** {@return the shape of the input} */
    public Shape input() {
        return network.input();
    }
}
