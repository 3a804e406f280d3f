package metronome.traces.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.spi.ToolProvider;
import metronome.core.io.DataException;
import metronome.core.io.Nearest;

/** The command line as a tool that runs in process: finds the command, runs it, and turns failures into exit codes. */
public final class Metronome implements ToolProvider {
    /** The exit code of success. */
    public static final int DONE = 0;
    /** The exit code when input cannot be used or output not written. */
    public static final int DATA = 1;
    /** The exit code when the command line is wrong. */
    public static final int USAGE = 2;

    private final boolean terminal;

    /** Creates the tool for callers that are programs: progress is logged, not painted. */
    public Metronome() {
        this(false);
    }

    Metronome(boolean terminal) {
        this.terminal = terminal;
    }

    @Override
    public String name() {
        return "metronome";
    }

    @Override
    public Optional<String> description() {
        return Optional.of("compiler and cycle-accurate simulator for temporally coded spiking accelerators");
    }

    @Override
    public int run(PrintWriter out, PrintWriter err, String... args) {
        try {
            return run(new Console(out, err, terminal), Arrays.asList(args));
        } finally {
            out.flush();
            err.flush();
        }
    }

    private static int run(Console console, List<String> words) {
        if (words.isEmpty()) {
            console.err().print(Help.overview(Commands.all()));
            return USAGE;
        }
        switch (words.getFirst()) {
            case "--help", "-h", "help" -> console.out().print(Help.overview(Commands.all()));
            case "--version" -> console.out().println("metronome " + Version.text());
            default -> {
                List<Command> family = family(words);
                if (family.isEmpty()) {
                    return dispatch(console, words);
                }
                console.out().print(Help.family(words.getFirst(), family));
            }
        }
        return DONE;
    }

    private static int dispatch(Console console, List<String> words) {
        String context = "metronome";
        try {
            Command command = find(words);
            Synopsis synopsis = command.synopsis();
            context = "metronome " + synopsis.name();
            int length = synopsis.name().split(" ").length;
            Arguments arguments = Arguments.parse(synopsis, words.subList(length, words.size()));
            if (arguments.given(Synopsis.HELP)) {
                console.out().print(Help.of(synopsis));
            } else {
                command.run(arguments, console);
            }
            return DONE;
        } catch (UsageException e) {
            console.remark(context + ": " + e.getMessage());
            console.remark("see " + context + " --help");
            return USAGE;
        } catch (DataException e) {
            e.getMessage().lines().forEach(line -> console.remark("metronome: " + line));
            return DATA;
        }
    }

    /** The commands that begin with a word, where only help with it is asked for; else none. */
    private static List<Command> family(List<String> words) {
        boolean help = words.size() == 2 && (words.getLast().equals("--help") || words.getLast().equals("-h"));
        return Commands.all().stream().filter(c -> help && c.synopsis().name().startsWith(words.getFirst() + " ")).toList();
    }

    private static Command find(List<String> words) {
        String first = words.getFirst();
        String two = words.size() > 1 ? first + " " + words.get(1) : first;
        List<String> names = Commands.all().stream().map(c -> c.synopsis().name()).toList();
        return Commands.all().stream()
                .filter(c -> c.synopsis().name().equals(first) || c.synopsis().name().equals(two))
                .findFirst().orElseThrow(() -> new UsageException(complaint(first, two, names)));
    }

    private static String complaint(String first, String two, List<String> names) {
        List<String> family = names.stream().filter(n -> n.startsWith(first + " ")).toList();
        if (!family.isEmpty()) {
            return (two.equals(first) || two.contains(" -") ? "" : "unknown command " + two + ", ") + "needs one of " + String.join(", ", family) + Nearest.hint(two, family);
        }
        return "unknown command " + first + Nearest.hint(first, names);
    }
}
