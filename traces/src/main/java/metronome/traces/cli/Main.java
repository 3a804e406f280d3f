package metronome.traces.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** The entry point of the launcher. */
public final class Main {
    private Main() {
    }

    /**
     * Runs one command and ends the process with its exit code.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        boolean terminal = System.getenv("METRONOME_TERMINAL") != null;
        System.exit(new Metronome(terminal).run(out, err, args));
    }
}
