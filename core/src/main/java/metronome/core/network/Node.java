package metronome.core.network;

import java.util.List;

/**
 * One operator in its place in a graph.
 *
 * @param name unique in the network, not empty
 * @param operator what it computes
 * @param inputs names of nodes, or {@link Network#INPUT}
 */
public record Node(String name, Operator operator, List<String> inputs) {
    /** Copies the list. */
    public Node {
        inputs = List.copyOf(inputs);
    }
}
