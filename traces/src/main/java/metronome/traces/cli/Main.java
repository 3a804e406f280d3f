package metronome.traces.cli;

import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.OutputStream;
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
        PrintWriter err = new PrintWriter(remarks(), true, StandardCharsets.UTF_8);
        boolean terminal = System.getenv("METRONOME_TERMINAL") != null;
        System.exit(new Metronome(terminal).run(out, err, args));
    }

    /**
     * Where remarks go: descriptor 3 if the launcher opened it, since it filters what the virtual machine itself writes to
     * standard error.
     */
    private static OutputStream remarks() {
        if (System.getenv("METRONOME_REMARKS") == null) {
            return System.err;
        }
        try {
            return new FileOutputStream(System.getenv("METRONOME_REMARKS"), true);
        } catch (FileNotFoundException e) {
            return System.err; // a socket, say: it cannot be opened by name
        }
    }
}
