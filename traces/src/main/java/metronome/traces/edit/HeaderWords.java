package metronome.traces.edit;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import metronome.traces.trace.HeaderDifference;
import metronome.traces.trace.TraceHeader;
import metronome.traces.trace.TracedNetwork;

/** Says of whom traces are, for messages on traces that do not belong together. */
final class HeaderWords {
    /** Keys that say why others differ too: another target has another program, another network other layers. */
    private static final List<String> TOLD_FIRST = List.of("source", "network", "network_sha256", "target_sha256", "program_sha256", "layers", "steps");

    private HeaderWords() {
    }

    /** {@return the difference that tells most} */
    static Optional<HeaderDifference> first(List<HeaderDifference> differences) {
        return differences.stream().min(Comparator.comparingInt(difference -> {
            int place = TOLD_FIRST.indexOf(difference.key());
            return place < 0 ? TOLD_FIRST.size() : place;
        }));
    }

    /**
     * {@return what a header has at the key of a difference, in words that follow the trace's name}
     *
     * @param key in which it differs from another
     * @param header of the trace
     * @param other the other
     * @param value what the difference says of it
     */
    static String of(String key, TraceHeader header, TraceHeader other, String value) {
        return switch (key) {
            case "source" -> "is from " + switch (header.source()) {
                case MACHINE -> "the machine";
                case ORACLE -> "the functional oracle";
                case IMPORT -> "elsewhere (imported)";
            };
            case "network", "network_sha256" -> "is of network " + header.spikes().network() + header.spikes().networkHash().map(HeaderWords::hash).orElse("");
            case "target_sha256" -> "is of target " + header.hardware().map(h -> h.targetName() + hash(h.targetHash())).orElse("none");
            case "program_sha256" -> "is of program" + header.hardware().map(h -> " " + shortened(h.programHash())).orElse(" none");
            case "version" -> "was recorded by metronome " + header.provenance().version();
            case "cut" -> header.cut().whole() ? "is whole" : "holds " + header.cut().text(header.spikes().layers()) + " only";
            case "layers" -> layers(header.spikes().layers(), other.spikes().layers());
            case "steps" -> "has steps 0 to " + header.spikes().steps();
            case "seed" -> "has seed " + header.provenance().seed();
            case "dataset" -> "has inputs of " + header.spikes().dataset();
            case "window_cycles" -> "has windows of " + header.windowCycles() + " cycles";
            default -> "has " + key + " " + value;
        };
    }

    /** How many, or else the first that is another. */
    private static String layers(List<TracedNetwork.Layer> mine, List<TracedNetwork.Layer> others) {
        int first = 0;
        while (first < mine.size() - 1 && mine.size() == others.size() && mine.get(first).equals(others.get(first))) {
            first++;
        }
        return mine.size() == others.size() ? "has layer " + first + " " + mine.get(first) : "has " + mine.size() + " layers";
    }

    private static String hash(String whole) {
        return " (" + shortened(whole) + ")";
    }

    private static String shortened(String hash) {
        return hash.substring(0, Math.min(hash.length(), TraceHeader.HASH_SHOWN));
    }
}
