package metronome.core.spiking;

import java.util.List;
import metronome.core.tensor.Tensor;

/**
 * How often two models of one network fire at different steps, and classify differently.
 *
 * @param images that were compared
 * @param layers firing steps of each layer
 * @param classes images whose class differs
 */
public record DisagreementStatistics(long images, List<Layer> layers, long classes) {
    /**
     * The firing steps of one layer.
     *
     * @param neurons compared, over all images
     * @param differing of these
     * @param distance sum of the differences in steps where both fire
     */
    public record Layer(long neurons, long differing, long distance) {
        private Layer plus(Layer other) {
            return new Layer(neurons + other.neurons, differing + other.differing, distance + other.distance);
        }

        private static Layer of(int[] one, int[] other) {
            long differing = 0;
            long distance = 0;
            for (int i = 0; i < one.length; i++) {
                if (one[i] != other[i]) {
                    differing++;
                    distance += one[i] >= 0 && other[i] >= 0 ? Math.abs(one[i] - other[i]) : 0;
                }
            }
            return new Layer(one.length, differing, distance);
        }
    }

    /** Copies the list. */
    public DisagreementStatistics {
        layers = List.copyOf(layers);
    }

    /** {@return the share of firing steps that differ, in [0, 1]; 0 where there are none} */
    public double share() {
        long neurons = layers.stream().mapToLong(Layer::neurons).sum();
        return neurons == 0 ? 0 : (double) differing() / neurons;
    }

    /** {@return how many firing steps differ} */
    public long differing() {
        return layers.stream().mapToLong(Layer::differing).sum();
    }

    /**
     * {@return how two models of one network disagree}
     *
     * @param one of them
     * @param other of them
     * @param images [count, ...], values in [0, 1]
     * @param threads at least 1
     */
    public static DisagreementStatistics between(SpikingModel one, SpikingModel other, Tensor images, int threads) {
        return Evaluation.map(images.extent(0), threads, i -> {
            int[] spikes = one.encode(Evaluation.image(images, i));
            return between(one.run(spikes), other.run(spikes));
        }).stream().reduce(DisagreementStatistics::plus).orElseThrow();
    }

    /**
     * {@return how two runs of one image disagree}
     *
     * @param one of them
     * @param other of them
     * @throws IllegalArgumentException if they are of networks of other shapes
     */
    public static DisagreementStatistics between(FiringRecord one, FiringRecord other) {
        List<Layer> layers = new java.util.ArrayList<>();
        for (int l = 0; l < one.steps().length; l++) {
            if (one.steps().length != other.steps().length || one.steps()[l].length != other.steps()[l].length) {
                throw new IllegalArgumentException("the runs are of networks of different shapes");
            }
            layers.add(Layer.of(one.steps()[l], other.steps()[l]));
        }
        return new DisagreementStatistics(1, layers, one.winner() == other.winner() ? 0 : 1);
    }

    private DisagreementStatistics plus(DisagreementStatistics other) {
        List<Layer> sums = new java.util.ArrayList<>();
        for (int l = 0; l < layers.size(); l++) {
            sums.add(layers.get(l).plus(other.layers.get(l)));
        }
        return new DisagreementStatistics(images + other.images, sums, classes + other.classes);
    }
}
