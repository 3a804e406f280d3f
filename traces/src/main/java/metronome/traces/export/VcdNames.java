package metronome.traces.export;

import java.util.HashSet;
import java.util.Set;

/** Names within a scope: letters, digits and underscores, none twice. */
final class VcdNames {
    private final Set<String> taken = new HashSet<>();

    String of(String text) {
        String name = text.replaceAll("[^A-Za-z0-9_]", "_");
        String stem = name.isEmpty() || Character.isDigit(name.charAt(0)) ? "_" + name : name;
        String free = stem;
        for (int i = 2; !taken.add(free); i++) {
            free = stem + "_" + i;
        }
        return free;
    }
}
