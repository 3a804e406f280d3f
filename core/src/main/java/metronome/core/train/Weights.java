package metronome.core.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import metronome.core.data.Seeds;
import metronome.core.network.Network;
import metronome.core.network.Node;
import metronome.core.network.Operator;
import metronome.core.tensor.Tensor;

/** The weights of a network as a whole: copies, first values. */
public final class Weights {
    private Weights() {
    }

    /**
     * {@return the network with random weights of variance 2 / fan-in and zero biases (He et al., ICCV 2015)}
     *
     * @param network whose shapes to fill
     * @param seed of the weights
     */
    public static Network initialised(Network network, long seed) {
        Network copy = copied(network);
        int number = 0;
        for (Pair pair : pairs(copy).stream().filter(Pair::decays).toList()) {
            Random random = Seeds.random(seed, number++);
            float[] weights = pair.weights.data();
            double deviation = Math.sqrt(2.0 * pair.weights.extent(0) / weights.length);
            for (int i = 0; i < weights.length; i++) {
                weights[i] = (float) (deviation * random.nextGaussian());
            }
        }
        return copy;
    }

    /**
     * What one node learns.
     *
     * @param weights of a layer, or scales of a normalisation
     * @param bias of a layer, or shifts of a normalisation
     * @param decays whether the weights are pulled towards 0, which scales are not
     */
    record Pair(Tensor weights, Tensor bias, boolean decays) {
    }

    static List<Pair> pairs(Network network) {
        return network.nodes().stream().flatMap(node -> pair(node.operator()).stream()).toList();
    }

    static Optional<Pair> pair(Operator operator) {
        return switch (operator) {
            case Operator.Convolution(_, Tensor weights, Tensor bias) -> Optional.of(new Pair(weights, bias, true));
            case Operator.Dense(Tensor weights, Tensor bias) -> Optional.of(new Pair(weights, bias, true));
            case Operator.BatchNormalisation(_, _, Tensor scale, Tensor shift, _) ->
                Optional.of(new Pair(scale, shift, false));
            case Operator.MaxPool _, Operator.AveragePool _, Operator.Concat _, Operator.Add _, Operator.Rectifier _,
                    Operator.Staircase _ -> Optional.empty();
        };
    }

    /** The same network over arrays of its own. */
    static Network copied(Network network) {
        Map<String, Operator> changed = new LinkedHashMap<>();
        for (Node node : network.nodes()) {
            switch (node.operator()) {
                case Operator.Convolution(var window, Tensor weights, Tensor bias) ->
                    changed.put(node.name(), new Operator.Convolution(window, weights.copy(), bias.copy()));
                case Operator.Dense(Tensor weights, Tensor bias) ->
                    changed.put(node.name(), new Operator.Dense(weights.copy(), bias.copy()));
                case Operator.BatchNormalisation(Tensor mean, Tensor variance, Tensor scale, Tensor shift, double epsilon) ->
                    changed.put(node.name(), new Operator.BatchNormalisation(mean.copy(), variance.copy(), scale.copy(),
                            shift.copy(), epsilon));
                case Operator.MaxPool _, Operator.AveragePool _, Operator.Concat _, Operator.Add _, Operator.Rectifier _,
                        Operator.Staircase _ -> { }
            }
        }
        return network.with(changed);
    }
}
