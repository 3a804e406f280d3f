package metronome.traces.cli;

import java.util.List;

/** Prints help from the declarations of commands. */
final class Help {
    private static final int WIDTH = 100;

    private Help() {
    }

    /**
     * {@return the overview of all commands}
     *
     * @param commands in the order in which they are told
     */
    static String overview(List<Command> commands) {
        StringBuilder text = new StringBuilder("""
                usage: metronome COMMAND [OPTION]...

                Converts trained networks into temporally coded spiking networks, compiles them into programs, runs the
                programs on a cycle-accurate model of a spiking accelerator and says what that costs.

                commands:
                """);
        table(text, commands);
        return text.append("""

                metronome COMMAND --help tells more; metronome --version prints the version.
                exit codes: 0 done, 1 input cannot be used, 2 the command line is wrong.
                """).toString();
    }

    /**
     * {@return the overview of the commands that begin with one word}
     *
     * @param word that word
     * @param commands in the order in which they are told
     */
    static String family(String word, List<Command> commands) {
        StringBuilder text = new StringBuilder("usage: metronome " + word + " COMMAND [OPTION]...\n\ncommands:\n");
        table(text, commands);
        return text.append("\nmetronome " + word + " COMMAND --help tells more.\n").toString();
    }

    private static void table(StringBuilder text, List<Command> commands) {
        int width = commands.stream().mapToInt(c -> c.synopsis().name().length()).max().orElse(0);
        for (Command command : commands) {
            text.append("  ").append(pad(command.synopsis().name(), width + 2)).append(command.synopsis().summary()).append('\n');
        }
    }

    /**
     * {@return the help of one command}
     *
     * @param synopsis its declaration
     */
    static String of(Synopsis synopsis) {
        StringBuilder text = new StringBuilder("usage: ").append(synopsis.usage()).append("\n\n");
        text.append(wrap(synopsis.summary() + ".", 0)).append('\n');
        synopsis.details().forEach(d -> text.append('\n').append(wrap(d, 0)).append('\n'));
        if (!synopsis.operands().isEmpty()) {
            text.append('\n');
            synopsis.operands().forEach(o -> entry(text, o.name(), o.meaning()));
        }
        text.append("\noptions:\n");
        synopsis.options().forEach(o -> entry(text, o.synopsis(), o.description()));
        entry(text, Synopsis.HELP.synopsis(), Synopsis.HELP.description());
        if (!synopsis.examples().isEmpty()) {
            text.append("\nexamples:\n");
            synopsis.examples().forEach(e -> text.append("  metronome ").append(e).append('\n'));
        }
        return text.toString();
    }

    private static void entry(StringBuilder text, String name, String meaning) {
        int column = 30;
        String left = "  " + name;
        text.append(left.length() < column ? pad(left, column) : left + "\n" + " ".repeat(column));
        text.append(wrap(meaning, column)).append('\n');
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }

    /** Breaks a text into lines, of which all but the first begin with the indent. */
    private static String wrap(String text, int indent) {
        StringBuilder out = new StringBuilder();
        int column = indent;
        for (String word : text.split(" ")) {
            if (column > indent && column + 1 + word.length() > WIDTH) {
                out.append('\n').append(" ".repeat(indent));
                column = indent;
            } else if (column > indent) {
                out.append(' ');
                column++;
            }
            out.append(word);
            column += word.length();
        }
        return out.toString();
    }
}
