package metronome.isa.target;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import metronome.core.io.DataException;
import metronome.core.io.Nearest;

/**
 * Reads SCALE-Sim's {@code .cfg} files as targets: array, dataflow and sizes of memories from the file, everything else as
 * in the preset {@code default}. All faults are in one message, a line each, with file, line and column.
 */
public final class ScaleSimReader {
    private static final int BYTES_OF_EVENT = 4;
    private static final int MOST_KILOBYTES = 1 << 17;

    private final String source;
    private final List<String> faults = new ArrayList<>();
    private final Map<ScaleSimKey, Value> values = new EnumMap<>(ScaleSimKey.class);
    private Optional<String> section = Optional.empty();
    private boolean knownSection;

    private record Value(String text, int line, int column) {
    }

    /**
     * What a file came to.
     *
     * @param target the hardware
     * @param ignored keys of the file that have no counterpart in a target, in SCALE-Sim's spelling
     */
    public record Reading(Target target, List<String> ignored) {
        /** Makes the list immutable. */
        public Reading {
            ignored = List.copyOf(ignored);
        }
    }

    private ScaleSimReader(String source) {
        this.source = source;
    }

    /**
     * {@return the target that a text describes, and which of its keys have no counterpart}
     *
     * @param text sections in brackets, and lines {@code key = value} or {@code key: value}
     * @param source what messages call it: a file's name
     * @throws DataException with every fault of the text
     */
    public static Reading parse(String text, String source) {
        ScaleSimReader reader = new ScaleSimReader(source);
        int line = 0;
        for (String each : text.lines().toList()) {
            reader.line(each, ++line);
        }
        return reader.reading();
    }

    private void line(String text, int line) {
        String bare = text.strip();
        int column = text.length() - text.stripLeading().length() + 1;
        if (bare.isEmpty() || bare.startsWith("#") || bare.startsWith(";")) {
            return;
        }
        if (bare.startsWith("[") && bare.endsWith("]")) {
            section(bare.substring(1, bare.length() - 1), line, column);
            return;
        }
        int equals = Math.min(found(text, '='), found(text, ':'));
        if (equals == text.length()) {
            fault("expected [section], key = value, or a comment: " + shown(bare), line, column);
        } else if (section.isEmpty()) {
            fault("expected a [section] before the first key: " + shown(bare), line, column);
        } else if (knownSection) {
            String value = text.substring(equals + 1);
            key(text.substring(0, equals).strip(), line, column, new Value(value.strip(), line,
                    equals + 2 + value.length() - value.stripLeading().length()));
        }
    }

    private static int found(String text, char separator) {
        int at = text.indexOf(separator);
        return at < 0 ? text.length() : at;
    }

    private void section(String name, int line, int column) {
        section = Optional.of(name);
        knownSection = ScaleSimKey.sections().contains(name);
        if (!knownSection) {
            fault("unknown section " + shown(name) + ": must be one of " + ScaleSimKey.sections()
                    + Nearest.hint(name, ScaleSimKey.sections()), line, column);
        }
    }

    private void key(String name, int line, int column, Value value) {
        String in = section.orElseThrow();
        Optional<ScaleSimKey> key = ScaleSimKey.of(in, name);
        if (key.isEmpty()) {
            fault("unknown key " + shown(name) + " in [" + in + "]" + Nearest.hint(name, ScaleSimKey.keys(in)), line,
                    column);
        } else if (values.putIfAbsent(key.get(), value) != null) {
            fault(key.get().key() + " is given twice: " + shown(value.text()), line, column);
        }
    }

    private Reading reading() {
        for (ScaleSimKey key : ScaleSimKey.values()) {
            if (key.counterpart().isPresent() && !values.containsKey(key)) {
                faults.add("missing " + key.key() + " in [" + key.section() + "] (" + source + ")");
            }
        }
        Target target = Target.preset().named(name());
        target = with(target, TargetField.TENSOR_ROWS, ScaleSimKey.ROWS);
        target = with(target, TargetField.TENSOR_COLUMNS, ScaleSimKey.COLUMNS);
        target = with(target, TargetField.TENSOR_DATAFLOW, ScaleSimKey.DATAFLOW);
        int weights = kilobytes(ScaleSimKey.WEIGHTS);
        int activations = kilobytes(ScaleSimKey.INPUTS) + kilobytes(ScaleSimKey.OUTPUTS);
        sparsity();
        if (!faults.isEmpty()) {
            throw new DataException(String.join("\n", faults));
        }
        int block = BYTES_OF_EVENT * target.count(TargetField.BLOCK_EVENTS);
        Target whole = target.with(TargetField.WEIGHT_BYTES, Long.toString(1024L * weights))
                .with(TargetField.SPIKE_BLOCKS, Long.toString(1024L * activations / block));
        TargetRules.breaches(whole).forEach(b -> faults.add(b.message() + " (" + source + ")"));
        if (!faults.isEmpty()) {
            throw new DataException(String.join("\n", faults));
        }
        return new Reading(whole, values.keySet().stream().filter(k -> k.counterpart().isEmpty())
                .map(ScaleSimKey::key).toList());
    }

    private String name() {
        Value value = values.get(ScaleSimKey.RUN_NAME);
        if (value == null) {
            return "";
        }
        if (!Target.fitsAsName(value.text())) {
            fault(ScaleSimKey.RUN_NAME.key() + " must be a name of 1 to " + Target.LONGEST_NAME + " characters: "
                    + shown(value.text()), value.line(), value.column());
        }
        return value.text();
    }

    private Target with(Target target, TargetField field, ScaleSimKey key) {
        Value value = values.get(key);
        if (value == null) {
            return target;
        }
        try {
            return target.with(field, field.choices().isEmpty() ? Integer.toString(whole(value.text())) : value.text());
        } catch (DataException | NumberFormatException _) {
            fault(key.key() + " must be " + (field.choices().isEmpty() ? "a whole number, " : "one of ") + field.range()
                    + ": " + shown(value.text()) + Nearest.hint(value.text(), field.choices()), value.line(),
                    value.column());
            return target;
        }
    }

    private int kilobytes(ScaleSimKey key) {
        Value value = values.get(key);
        if (value == null) {
            return 0;
        }
        try {
            int kilobytes = whole(value.text());
            if (kilobytes >= 1 && kilobytes <= MOST_KILOBYTES) {
                return kilobytes;
            }
        } catch (NumberFormatException _) {
            // The message below says what it would have to be.
        }
        fault(key.key() + " must be a whole number, 1 to " + MOST_KILOBYTES + " kB: " + shown(value.text()),
                value.line(), value.column());
        return 0;
    }

    private static int whole(String text) {
        if (!text.matches("[0-9]{1,9}")) {
            throw new NumberFormatException(text);
        }
        return Integer.parseInt(text);
    }

    private void sparsity() {
        Value value = values.get(ScaleSimKey.SPARSITY);
        if (value != null && !value.text().toLowerCase(Locale.ROOT).equals("false")) {
            fault(ScaleSimKey.SPARSITY.key() + " must be False, as the tensor core has no sparse weights: "
                    + shown(value.text()), value.line(), value.column());
        }
    }

    private static String shown(String text) {
        String cut = text.length() > Target.LONGEST_NAME ? text.substring(0, Target.LONGEST_NAME) + "..." : text;
        return "\"" + cut.replaceAll("\\p{Cntrl}", "?") + "\"";
    }

    private void fault(String message, int line, int column) {
        faults.add(message + " (" + source + ":" + line + ":" + column + ")");
    }
}
