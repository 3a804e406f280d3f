package metronome.core.spiking;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import metronome.core.network.Network;
import metronome.core.network.Node;
import metronome.core.network.Operator;
import metronome.core.network.Shape;

/**
 * Which spikes reach each layer of a spiking network: those of one layer before it, or of several, whose channels are
 * stacked in their order. The input has the number {@link #INPUT}, the layers count from 0.
 *
 * <p>Layers run one after the other, and spikes are kept until their last reader has run. So branches of different depth
 * need no relays: whatever window a layer fired in, its readers take its spikes at the same steps of their own
 * integration window.
 *
 * @param sources of each layer, at least one, all of earlier layers
 */
public record Wiring(List<List<Integer>> sources) {
    /** The number of the network's input. */
    public static final int INPUT = -1;

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if a layer has no source, or one that does not come before it
     */
    public Wiring {
        sources = sources.stream().map(List::copyOf).toList();
        for (int l = 0; l < sources.size(); l++) {
            int layer = l;
            if (sources.get(l).isEmpty() || sources.get(l).stream().anyMatch(s -> s < INPUT || s >= layer)) {
                throw new IllegalArgumentException("layer " + l + ": reads " + sources.get(l)
                        + ", expected at least one, and only layers before it");
            }
        }
    }

    /**
     * {@return the wiring of a chain}
     *
     * @param layers how many there are
     */
    public static Wiring chain(int layers) {
        return new Wiring(IntStream.range(INPUT, layers - 1).mapToObj(List::of).toList());
    }

    /**
     * {@return the wiring of the layers that a network's convolutions, dense layers and pools become; activations and
     * concatenations only pass on}
     *
     * @param network any
     */
    public static Wiring of(Network network) {
        Map<String, List<Integer>> of = new HashMap<>();
        of.put(Network.INPUT, List.of(INPUT));
        List<List<Integer>> sources = new ArrayList<>();
        for (Node node : network.nodes()) {
            List<Integer> reads = node.inputs().stream().flatMap(name -> of.get(name).stream()).toList();
            if (isLayer(node.operator())) {
                of.put(node.name(), List.of(sources.size()));
                sources.add(reads);
            } else {
                of.put(node.name(), reads);
            }
        }
        return new Wiring(sources);
    }

    /**
     * {@return whether an operator becomes a layer of its own}
     *
     * @param operator of a folded network
     * @throws IllegalArgumentException if {@link metronome.core.network.Folding} would have taken it away
     */
    public static boolean isLayer(Operator operator) {
        return switch (operator) {
            case Operator.Convolution _, Operator.Dense _, Operator.MaxPool _, Operator.AveragePool _ -> true;
            case Operator.Concat _, Operator.Rectifier _, Operator.Staircase _ -> false;
            case Operator.Add _, Operator.BatchNormalisation _ -> throw new IllegalArgumentException(
                    "sums and normalisations must be folded into layers of weights first (Folding)");
        };
    }

    /** {@return whether each layer reads the one before it} */
    public boolean isChain() {
        return equals(chain(sources.size()));
    }

    /**
     * {@return the firing steps that reach a layer, channel-major}
     *
     * @param layer its number
     * @param input firing steps of the network's input
     * @param steps firing steps of the layers before it
     */
    int[] arriving(int layer, int[] input, int[][] steps) {
        List<Integer> reads = sources.get(layer);
        if (reads.size() == 1) {
            return reads.getFirst() == INPUT ? input : steps[reads.getFirst()];
        }
        return reads.stream().flatMapToInt(s -> IntStream.of(s == INPUT ? input : steps[s])).toArray();
    }

    /**
     * Checks that layers fit together.
     *
     * @param input shape of the network's input
     * @param names of the layers, for messages
     * @param inputs shapes of what reaches each layer
     * @param outputs shapes of each layer's neurons
     * @throws IllegalArgumentException naming the layer that does not
     */
    void require(Shape input, List<String> names, List<Shape> inputs, List<Shape> outputs) {
        if (sources.size() != names.size()) {
            throw new IllegalArgumentException(names.size() + " layers with a wiring for " + sources.size());
        }
        for (int l = 0; l < names.size(); l++) {
            List<Shape> shapes = sources.get(l).stream().map(s -> s == INPUT ? input : outputs.get(s)).toList();
            Shape stacked = shapes.size() == 1 ? shapes.getFirst() : Shape.stacked(shapes);
            if (!stacked.equals(inputs.get(l))) {
                throw new IllegalArgumentException("layer " + names.get(l) + ": takes an input of " + inputs.get(l)
                        + ", reads " + stacked);
            }
        }
    }
}
