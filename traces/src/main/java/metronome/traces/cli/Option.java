package metronome.traces.cli;

import java.util.List;

/**
 * One option of a command, declared once: parsing, help, errors and the manual follow from it.
 *
 * @param names with their hyphens, the usual one first
 * @param metavar what stands for the value in help; empty for a flag
 * @param preset the value where the option is not given, as text; empty for none
 * @param unit of the value; empty for none
 * @param meaning in a few words
 * @param value what values there are
 * @param repeatable whether it may be given several times
 * @param <T> what a value is
 */
record Option<T>(List<String> names, String metavar, String preset, String unit, String meaning, Value<T> value,
        boolean repeatable) {
    static <T> Option<T> of(String name, String metavar, String preset, Value<T> value, String meaning) {
        return new Option<>(List.of(name.split(",")), metavar, preset, "", meaning, value, false);
    }

    static Option<Boolean> flag(String name, String meaning) {
        return new Option<>(List.of(name.split(",")), "", "", "", meaning,
                new Value<>("", Boolean::parseBoolean, List.of()), false);
    }

    Option<T> in(String newUnit) {
        return new Option<>(names, metavar, preset, newUnit, meaning, value, repeatable);
    }

    Option<T> repeated() {
        return new Option<>(names, metavar, preset, unit, meaning, value, true);
    }

    /** The same option with another default, for a command to which the usual one does not fit. */
    Option<T> preset(String other) {
        return new Option<>(names, metavar, other, unit, meaning, value, repeatable);
    }

    String name() {
        return names.getFirst();
    }

    boolean flag() {
        return metavar.isEmpty();
    }

    /** {@return how help writes it: {@code --steps N}} */
    String synopsis() {
        return String.join(", ", names) + (flag() ? "" : " " + metavar);
    }

    /** {@return meaning, values, unit and default in one sentence} */
    String description() {
        StringBuilder text = new StringBuilder(meaning);
        if (!flag() && !value.expectation().isEmpty() && !value.expectation().equals("a path")) {
            text.append("; ").append(value.expectation());
        }
        if (!unit.isEmpty()) {
            text.append(", in ").append(unit);
        }
        if (repeatable) {
            text.append("; may be given several times");
        }
        if (!preset.isEmpty()) {
            text.append(" (default ").append(preset).append(')');
        }
        return text.toString();
    }
}
