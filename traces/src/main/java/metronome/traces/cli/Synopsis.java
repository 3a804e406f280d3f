package metronome.traces.cli;

import java.util.List;

/**
 * What there is to know of a command.
 *
 * @param name one word, or two: {@code target show}
 * @param summary one line
 * @param details paragraphs
 * @param operands in their order; the optional ones last
 * @param options all of them but {@code --help}
 * @param examples command lines after {@code ./metronome}
 */
record Synopsis(String name, String summary, List<String> details, List<Operand> operands, List<Option<?>> options,
        List<String> examples) {
    static final Option<Boolean> HELP = Option.flag("--help,-h", "print this and end");

    Synopsis {
        details = List.copyOf(details);
        operands = List.copyOf(operands);
        options = List.copyOf(options);
        examples = List.copyOf(examples);
    }

    /** {@return the line after {@code usage:}} */
    String usage() {
        StringBuilder line = new StringBuilder("metronome ").append(name);
        if (!options.isEmpty()) {
            line.append(" [OPTION]...");
        }
        operands.forEach(o -> line.append(' ').append(o.synopsis()));
        return line.toString();
    }
}
