package metronome.core.onnx;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which nodes the output of a graph needs, and which of those read a value. */
final class Readers {
    private final Set<OnnxNode> needed = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<String, List<OnnxNode>> readers = new HashMap<>();
    private final String output;

    private Readers(String output) {
        this.output = output;
    }

    static Readers of(Graph graph, String output) {
        Readers readers = new Readers(output);
        Map<String, OnnxNode> makers = new HashMap<>();
        graph.nodes().forEach(node -> node.outputs().forEach(o -> makers.putIfAbsent(o, node)));
        Deque<String> wanted = new ArrayDeque<>(List.of(output));
        while (!wanted.isEmpty()) {
            OnnxNode maker = makers.get(wanted.pop());
            if (maker != null && readers.needed.add(maker)) {
                for (String input : maker.inputs()) {
                    readers.readers.computeIfAbsent(input, _ -> new ArrayList<>()).add(maker);
                    wanted.push(input);
                }
            }
        }
        return readers;
    }

    boolean needed(OnnxNode node) {
        return needed.contains(node);
    }

    /** {@return the needed nodes that read a value, one as often as it does} */
    List<OnnxNode> of(String value) {
        return readers.getOrDefault(value, List.of());
    }

    /** {@return how often a value is read, by nodes and as the graph's output} */
    int count(String value) {
        return of(value).size() + (value.equals(output) ? 1 : 0);
    }
}
