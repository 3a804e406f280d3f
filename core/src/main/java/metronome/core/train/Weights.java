package metronome.core.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
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
        for (Pair pair : pairs(copy)) {
            Random random = Seeds.random(seed, number++);
            float[] weights = pair.weights.data();
            double deviation = Math.sqrt(2.0 * pair.weights.extent(0) / weights.length);
            for (int i = 0; i < weights.length; i++) {
                weights[i] = (float) (deviation * random.nextGaussian());
            }
        }
        return copy;
    }

    /** Weights and bias of one node. */
    record Pair(Tensor weights, Tensor bias) {
    }

    static List<Pair> pairs(Network network) {
        List<Pair> pairs = new ArrayList<>();
        for (Node node : network.nodes()) {
            switch (node.operator()) {
                case Operator.Convolution(_, Tensor weights, Tensor bias) -> pairs.add(new Pair(weights, bias));
                case Operator.Dense(Tensor weights, Tensor bias) -> pairs.add(new Pair(weights, bias));
                case Operator.MaxPool _, Operator.AveragePool _, Operator.Concat _, Operator.Rectifier _,
                        Operator.Staircase _ -> { }
            }
        }
        return pairs;
    }

    /** The same network over arrays of its own. */
    static Network copied(Network network) {
        return mapped(network, pair -> new Pair(pair.weights.copy(), pair.bias.copy()));
    }

    /** The same network with each pair of weights and bias replaced. */
    static Network mapped(Network network, UnaryOperator<Pair> change) {
        Map<String, Operator> changed = new LinkedHashMap<>();
        for (Node node : network.nodes()) {
            switch (node.operator()) {
                case Operator.Convolution(var window, Tensor weights, Tensor bias) -> {
                    Pair pair = change.apply(new Pair(weights, bias));
                    changed.put(node.name(), new Operator.Convolution(window, pair.weights, pair.bias));
                }
                case Operator.Dense(Tensor weights, Tensor bias) -> {
                    Pair pair = change.apply(new Pair(weights, bias));
                    changed.put(node.name(), new Operator.Dense(pair.weights, pair.bias));
                }
                case Operator.MaxPool _, Operator.AveragePool _, Operator.Concat _, Operator.Rectifier _,
                        Operator.Staircase _ -> { }
            }
        }
        return network.with(changed);
    }
}
