package metronome.traces.trace;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import metronome.core.json.Json;
import metronome.core.json.JsonParser;
import metronome.core.json.JsonWriter;

/**
 * A key in which two headers differ (docs/formats.md).
 *
 * @param key of the header
 * @param left what one has: a cut in words, else as JSON, a long value from where they differ, or "not there"
 * @param right what the other has
 */
public record HeaderDifference(String key, String left, String right) {
    private static final int LONGEST = 72;
    private static final int BEFORE = 16;
    private static final String NOT_THERE = "not there";
    /** The program's code is left out, as its hash tells; words are the same in all headers that were read. */
    private static final Set<String> NOT_COMPARED = Set.of("code", "words");
    private static final String CUT = "cut";
    /** Of the target's file only the name is compared, as its hash tells the rest. */
    private static final String TARGET = "target";

    /**
     * {@return the keys in which two headers differ, in the order of the header}
     *
     * @param left one header
     * @param right the other
     */
    public static List<HeaderDifference> between(TraceHeader left, TraceHeader right) {
        Json.Obj l = (Json.Obj) JsonParser.parse(HeaderJson.write(left));
        Json.Obj r = (Json.Obj) JsonParser.parse(HeaderJson.write(right));
        Set<String> keys = new LinkedHashSet<>(l.members().keySet());
        keys.addAll(r.members().keySet());
        keys.removeAll(NOT_COMPARED);
        List<HeaderDifference> differences = new ArrayList<>();
        for (String key : keys) {
            String ofLeft = text(key, left, l.get(key));
            String ofRight = text(key, right, r.get(key));
            if (!ofLeft.equals(ofRight)) {
                differences.add(shortened(key, ofLeft, ofRight));
            }
        }
        return differences;
    }

    private static String text(String key, TraceHeader header, Optional<Json> value) {
        return switch (key) {
            case CUT -> header.cut().whole() ? "whole" : header.cut().text(header.spikes().layers());
            case TARGET -> header.hardware().map(hardware -> JsonWriter.compact(Json.of(hardware.targetName()))).orElse(NOT_THERE);
            default -> value.map(JsonWriter::compact).orElse(NOT_THERE);
        };
    }

    private static HeaderDifference shortened(String key, String left, String right) {
        int same = 0;
        while (same < Math.min(left.length(), right.length()) && left.charAt(same) == right.charAt(same)) {
            same++;
        }
        int from = Math.max(left.length(), right.length()) > LONGEST ? Math.max(0, same - BEFORE) : 0;
        return new HeaderDifference(key, shortened(left, from), shortened(right, from));
    }

    private static String shortened(String text, int from) {
        int end = Math.min(text.length(), from + LONGEST);
        return (from > 0 ? "..." : "") + text.substring(Math.min(from, text.length()), end) + (end < text.length() ? "..." : "");
    }
}
