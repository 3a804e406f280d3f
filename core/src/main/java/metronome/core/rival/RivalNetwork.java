package metronome.core.rival;

import java.util.List;
import metronome.core.calibration.Normalisation;
import metronome.core.io.DataException;
import metronome.core.network.Folding;
import metronome.core.network.Network;
import metronome.core.network.Node;
import metronome.core.network.Operator;
import metronome.core.tensor.Tensor;

/**
 * A network that a rival runs.
 *
 * @param network folded, with a rectifier behind every layer of weights but the last, activations mostly in [0, 1]
 * @param coding what a spike stands for
 * @param unit under the first-spike codings, after how many steps an activation of 1 fires in the first layer: the threshold;
 *     1 for {@link Coding#RATE}
 */
public record RivalNetwork(Network network, Coding coding, int unit) {
    /**
     * Checks the network.
     *
     * @throws DataException naming a node that spikes cannot express
     */
    public RivalNetwork {
        if (unit < 1 || coding == Coding.RATE && unit != 1) {
            throw new IllegalArgumentException("unit must be at least 1, and 1 for rates: " + unit);
        }
        network.nodes().forEach(node -> check(network, node));
        Node last = network.nodes().getLast();
        if (!(last.operator() instanceof Operator.Dense || last.operator() instanceof Operator.Convolution
                || last.operator() instanceof Operator.AveragePool)) {
            throw new DataException("node " + last.name() + ": is last, expected a layer of weights, whose potentials are read out");
        }
    }

    private static void check(Network network, Node node) {
        switch (node.operator()) {
            case Operator.Convolution _, Operator.Dense _ -> {
                List<Node> readers = network.readers(node.name());
                if (!readers.isEmpty() && !(readers.size() == 1 && readers.getFirst().operator() instanceof Operator.Rectifier)) {
                    throw new DataException("node " + node.name() + ": must be read by one rectifier, which is what a rate or "
                            + "a time of a spike can express");
                }
            }
            case Operator.MaxPool _, Operator.Concat _, Operator.AveragePool _, Operator.Rectifier _ -> {
                if (node.inputs().contains(Network.INPUT) && !(node.operator() instanceof Operator.AveragePool)) {
                    throw new DataException("node " + node.name() + ": reads the input, which is a current; expected a layer of "
                            + "weights there");
                }
            }
            case Operator.Add _, Operator.BatchNormalisation _, Operator.Staircase _ -> throw new DataException("node "
                    + node.name() + ": must be folded into layers of weights, and have rectifiers");
        }
    }

    /**
     * {@return a trained network with its activations divided by a percentile of them}
     *
     * @param trained with rectifiers
     * @param images [count, ...] in [0, 1], to measure activations on
     * @param percentile of positive activations that becomes 1, in (0, 100]
     * @param coding what a spike stands for
     * @param unit threshold of the first-spike codings, in steps
     * @param threads at least 1
     * @throws DataException naming a node that spikes cannot express
     */
    public static RivalNetwork of(Network trained, Tensor images, double percentile, Coding coding, int unit, int threads) {
        Network folded = Folding.of(trained);
        return new RivalNetwork(Normalisation.rectified(folded, Normalisation.scales(folded, images, percentile, threads), 1),
                coding, unit);
    }
}
