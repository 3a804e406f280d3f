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
     * {@return progress of one piece of work}
     *
     * @param what in a word or two
     * @param total how many steps it has, at least 1
     */
    Progress progress(String what, long total) {
        return new Progress(err, terminal, what, total, System::nanoTime);
    }

    /**
     * Prints a remark.
     *
     * @param text one line
     */
    void remark(String text) {
        err.println(text);
        err.flush();
    }
}
