package metronome.traces.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * What one command line did.
 *
 * @param code its exit code
 * @param out what it printed
 * @param err what it remarked
 */
record Shell(int code, String out, String err) {
    static Shell run(Object... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] args = new String[words.length];
        for (int i = 0; i < args.length; i++) {
            args[i] = words[i].toString();
        }
        int code = new Metronome().run(new PrintWriter(out), new PrintWriter(err), args);
        return new Shell(code, out.toString(), err.toString());
    }

    /** A run that must succeed. */
    static String good(Object... words) {
        Shell shell = run(words);
        assertEquals(0, shell.code, shell.err);
        return shell.out;
    }

    /** A run that must end with a code and print nothing; gives the remarks. */
    static String bad(int code, Object... words) {
        Shell shell = run(words);
        assertEquals(code, shell.code, () -> shell.out + shell.err);
        assertEquals("", shell.out);
        return shell.err;
    }
}
