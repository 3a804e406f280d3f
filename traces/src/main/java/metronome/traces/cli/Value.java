package metronome.traces.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import metronome.core.io.Nearest;
import metronome.core.io.WholeNumber;
import metronome.core.network.Shape;
import metronome.traces.trace.Span;

/**
 * The values that an option takes: how a text becomes one, and what to say of those that do not.
 *
 * @param expectation in words that follow "must be"; empty if any text is a value
 * @param parser throws IllegalArgumentException for what is no value
 * @param choices the words, where there are few; else empty
 * @param <T> what a value is
 */
record Value<T>(String expectation, Function<String, T> parser, List<String> choices) {
    /** {@return the value of a text}
     *
     * @param option for the message
     * @param text as given
     * @throws UsageException if it is none
     */
    T parse(String option, String text) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException(
                    option + " must be " + expectation + ": " + (text.isEmpty() ? "\"\"" : text) + Nearest.hint(text, choices), e);
        }
    }

    static Value<Integer> whole(int least, int most) {
        return new Value<>("a whole number in [" + least + ", " + most + "]",
                text -> (int) whole(text, least, most), List.of());
    }

    static Value<Long> seed() {
        return new Value<>("a whole number of 64 bits", text -> whole(text, Long.MIN_VALUE, Long.MAX_VALUE), List.of());
    }

    /** Above a bound, up to another. */
    static Value<Double> decimal(double above, double most) {
        return new Value<>("a number in (" + plain(above) + ", " + plain(most) + "]", text -> {
            double value = Double.parseDouble(text);
            if (!(value > above && value <= most)) {
                throw new IllegalArgumentException(text);
            }
            return value;
        }, List.of());
    }

    /** Channels, height and width of an image. */
    static Value<Shape> shape() {
        return new Value<>("three whole numbers from 1 on with x between them, whose product is below 2^31", text -> {
            String[] parts = text.split("x", -1);
            if (parts.length != 3) {
                throw new IllegalArgumentException(text);
            }
            return new Shape(positive(parts[0]), positive(parts[1]), positive(parts[2]));
        }, List.of());
    }

    /** Several values with commas between them. */
    static <T> Value<List<T>> several(Value<T> one) {
        return new Value<>("values with commas between them" + (one.expectation().isEmpty() ? "" : ", each " + one.expectation()),
                text -> Arrays.stream(text.split(",", -1)).map(one.parser()).toList(), one.choices());
    }

    /** A range with both ends, either of which may be left open, or one number. */
    static Value<Span> span() {
        return new Value<>("A:B, A:, :B or A, whole numbers in [0, " + Span.MOST + "], both ends counted", text -> {
            String[] ends = text.split(":", -1);
            if (ends.length > 2 || text.equals(":")) {
                throw new IllegalArgumentException(text);
            }
            long first = ends[0].isEmpty() && ends.length == 2 ? 0 : whole(ends[0], 0, Span.MOST);
            return new Span(first, ends.length == 1 ? first : ends[1].isEmpty() ? Span.OPEN : whole(ends[1], 0, Span.MOST));
        }, List.of());
    }

    static Value<Path> path() {
        return new Value<>("a path", text -> {
            if (text.isEmpty()) {
                throw new InvalidPathException(text, "empty");
            }
            return Path.of(text);
        }, List.of());
    }

    static Value<String> text() {
        return new Value<>("", Function.identity(), List.of());
    }

    static Value<String> word(List<String> words) {
        return new Value<>("one of " + String.join(", ", words), text -> {
            if (!words.contains(text)) {
                throw new IllegalArgumentException(text);
            }
            return text;
        }, words);
    }

    /** Constants by their names in lower case, with hyphens; upper case is understood too. */
    static <E extends Enum<E>> Value<E> constant(Class<E> type) {
        return constant(List.of(type.getEnumConstants()));
    }

    /** Some of the constants of a type. */
    static <E extends Enum<E>> Value<E> constant(List<E> among) {
        List<String> words = among.stream().map(Value::word).toList();
        return new Value<>("one of " + String.join(", ", words), text -> among.stream()
                .filter(c -> word(c).equalsIgnoreCase(text)).findFirst().orElseThrow(IllegalArgumentException::new),
                words);
    }

    /** {@return how an enum constant is written on a command line and in artefacts}
     *
     * @param constant any
     */
    static String word(Enum<?> constant) {
        return constant.name().length() == 1 ? constant.name()
                : constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** An extent, of which a value has several. */
    static int positive(String text) {
        return (int) whole(text, 1, Integer.MAX_VALUE);
    }

    private static long whole(String text, long least, long most) {
        return WholeNumber.of(text, least, most).orElseThrow(() -> new IllegalArgumentException(text));
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
