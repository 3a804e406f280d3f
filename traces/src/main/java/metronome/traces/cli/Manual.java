package metronome.traces.cli;

import java.util.List;

/** The manual page of the command line, docs/manual.md, printed from the declarations of commands. */
final class Manual {
    private Manual() {
    }

    /**
     * {@return the page in Markdown}
     *
     * @param commands in the order in which they are told
     */
    static String page(List<Command> commands) {
        StringBuilder text = new StringBuilder("""
                # Manual

                Printed by `./metronome manual` from the declarations that also parse the command line; a test holds the two
                equal. Exit codes: 0 done; 1 input cannot be used, one line a fault on standard error, nothing half-written;
                2 the command line is wrong. Results go to standard output, remarks and progress to standard error.

                """);
        commands.forEach(c -> text.append("- [").append(c.synopsis().name()).append("](#")
                .append(c.synopsis().name().replace(' ', '-')).append("): ").append(c.synopsis().summary()).append('\n'));
        commands.forEach(c -> section(text, c.synopsis()));
        return text.toString();
    }

    private static void section(StringBuilder text, Synopsis synopsis) {
        text.append("\n## ").append(synopsis.name()).append("\n\n    ").append(synopsis.usage()).append("\n\n");
        text.append(synopsis.summary()).append(".\n");
        synopsis.details().forEach(d -> text.append('\n').append(d).append('\n'));
        if (!synopsis.operands().isEmpty() || !synopsis.options().isEmpty()) {
            text.append("\n| | |\n|---|---|\n");
            synopsis.operands().forEach(o -> row(text, o.name(), o.meaning()));
            synopsis.options().forEach(o -> row(text, o.synopsis(), o.description()));
        }
        if (!synopsis.examples().isEmpty()) {
            text.append('\n');
            synopsis.examples().forEach(e -> text.append("    ./metronome ").append(e).append('\n'));
        }
    }

    private static void row(StringBuilder text, String name, String meaning) {
        text.append("| `").append(name.replace("|", "\\|")).append("` | ").append(meaning.replace("|", "\\|"))
                .append(" |\n");
    }
}
