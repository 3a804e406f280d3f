package metronome.traces.cli;

import java.io.PrintWriter;

/**
 * Where a command's words go.
 *
 * @param out results, and nothing else
 * @param err remarks, progress and errors
 * @param terminal whether a human watches {@code err}
 */
record Console(PrintWriter out, PrintWriter err, boolean terminal) {
    /**
     * Prints a remark, behind what was printed so far.
     *
     * @param text one line
     */
    void remark(String text) {
        out.flush();
        err.println(text);
        err.flush();
    }
}
