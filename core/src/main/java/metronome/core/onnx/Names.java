package metronome.core.onnx;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import metronome.core.network.Network;

/** Names of nodes that reports, records and tables can hold. */
final class Names {
    private final Set<String> taken = new HashSet<>(Set.of(Network.INPUT));
    private final Map<String, Integer> numbers = new HashMap<>();

    /**
     * {@return a name that was not given before: other characters than letters, digits and . _ / - become _, and a number
     * is put behind one that is taken}
     *
     * @param title as the file has it
     */
    String unique(String title) {
        String plain = title.replaceAll("[^A-Za-z0-9._/-]", "_");
        String name = plain.isEmpty() ? "node" : plain;
        String candidate = name;
        while (!taken.add(candidate)) {
            candidate = name + "_" + numbers.merge(name, 1, Integer::sum);
        }
        return candidate;
    }
}
