package metronome.traces.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import metronome.core.io.Nearest;

/** A command's options and operands as one command line gives them. */
final class Arguments {
    private final Synopsis synopsis;
    private final Map<Option<?>, List<Object>> given = new LinkedHashMap<>();
    private final List<String> operands = new ArrayList<>();

    private Arguments(Synopsis synopsis) {
        this.synopsis = synopsis;
    }

    /**
     * {@return the arguments}
     *
     * @param synopsis what there may be
     * @param words what there is, after the command's name
     * @throws UsageException for the first word that does not fit
     */
    static Arguments parse(Synopsis synopsis, List<String> words) {
        Arguments arguments = new Arguments(synopsis);
        boolean options = true;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (options && word.equals("--")) {
                options = false;
            } else if (options && word.startsWith("-") && word.length() > 1) {
                i = arguments.option(words, i);
            } else {
                arguments.operands.add(word);
            }
        }
        if (!arguments.given(Synopsis.HELP)) {
            arguments.checkOperands();
        }
        return arguments;
    }

    private int option(List<String> words, int at) {
        String word = words.get(at);
        int equals = word.startsWith("--") ? word.indexOf('=') : -1;
        String name = equals < 0 ? word : word.substring(0, equals);
        Option<?> option = find(name);
        if (option.flag()) {
            if (equals >= 0) {
                throw new UsageException(name + " takes no value");
            }
            put(option, name, "true");
            return at;
        }
        if (equals >= 0) {
            put(option, name, word.substring(equals + 1));
            return at;
        }
        if (at + 1 == words.size()) {
            throw new UsageException(name + " needs a value: " + option.synopsis());
        }
        put(option, name, words.get(at + 1));
        return at + 1;
    }

    private void put(Option<?> option, String name, String text) {
        List<Object> values = given.computeIfAbsent(option, _ -> new ArrayList<>());
        if (!values.isEmpty() && !option.repeatable()) {
            throw new UsageException(name + " is given twice");
        }
        values.add(option.value().parse(name, text));
    }

    private Option<?> find(String name) {
        return options().filter(o -> o.names().contains(name)).findFirst().orElseThrow(() -> new UsageException(
                "unknown option " + name + Nearest.hint(name, options().flatMap(o -> o.names().stream()).toList())));
    }

    private Stream<Option<?>> options() {
        return Stream.concat(synopsis.options().stream(), Stream.of(Synopsis.HELP));
    }

    private void checkOperands() {
        long required = synopsis.operands().stream().filter(Operand::required).count();
        if (operands.size() < required) {
            throw new UsageException("needs " + synopsis.operands().get(operands.size()).name());
        }
        if (operands.contains("")) {
            throw new UsageException("needs " + synopsis.operands().get(Math.min(operands.indexOf(""), synopsis.operands().size() - 1)).name()
                    + ", found an empty text");
        }
        if (operands.size() > synopsis.operands().size() && synopsis.operands().stream().noneMatch(Operand::several)) {
            throw new UsageException("does not know what to do with " + operands.get(synopsis.operands().size()));
        }
    }

    /**
     * {@return whether the option is on the command line}
     *
     * @param option any
     */
    boolean given(Option<?> option) {
        return given.containsKey(option);
    }

    /**
     * {@return the option's value, or its default}
     *
     * @param option declared with a default
     * @param <T> what a value is
     */
    <T> T get(Option<T> option) {
        return find(option).orElseThrow(() -> new UsageException("needs " + option.synopsis()));
    }

    /**
     * {@return the option's value, or its default, if there is either}
     *
     * @param option any
     * @param <T> what a value is
     */
    <T> Optional<T> find(Option<T> option) {
        List<T> values = all(option);
        return values.isEmpty() ? Optional.empty() : Optional.of(values.getLast());
    }

    /**
     * {@return all values given, or the default alone}
     *
     * @param option any
     * @param <T> what a value is
     */
    @SuppressWarnings("unchecked") // put() parsed them with this very option
    <T> List<T> all(Option<T> option) {
        List<Object> values = given.get(option);
        if (values != null) {
            return (List<T>) values;
        }
        return option.preset().isEmpty() ? List.of() : List.of(option.value().parse(option.name(), option.preset()));
    }

    /**
     * {@return an operand that must be there}
     *
     * @param index from 0
     */
    String operand(int index) {
        return operands.get(index);
    }

    /** {@return all operands} */
    List<String> operands() {
        return List.copyOf(operands);
    }

    /**
     * {@return the options as they hold, defaults included, in the order of declaration: what a result must say of how it
     * came about}
     *
     * @param without those that do not change results
     */
    String effective(List<Option<?>> without) {
        StringBuilder line = new StringBuilder(synopsis.name());
        for (Option<?> option : synopsis.options()) {
            if (!without.contains(option)) {
                all(option).forEach(v -> line.append(' ').append(option.name())
                        .append(option.flag() ? "" : " " + word(v)));
            }
        }
        return line.toString();
    }

    private static String word(Object value) {
        return switch (value) {
            case Enum<?> constant -> Value.word(constant);
            case List<?> several -> String.join(",", several.stream().map(Arguments::word).toList());
            default -> value.toString();
        };
    }
}
