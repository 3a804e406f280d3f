package metronome.traces.export;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes a value change dump (IEEE 1364-2005, clause 18.2): declarations, then at each time the variables that change. Of several values
 * that a variable is given at one time the last one counts.
 */
final class VcdWriter {
    private static final char FIRST_CODE = '!';
    private static final int CODES = '~' - '!' + 1;

    private final AsciiOut out;
    private final TimeAxis axis;
    private final List<Variable> variables = new ArrayList<>();
    private final List<Variable> changed = new ArrayList<>();
    private boolean dumped;
    private long now;
    private long told;

    VcdWriter(AsciiOut out, TimeAxis axis) {
        this.out = out;
        this.axis = axis;
    }

    /** What has values over time: whole numbers, which are unknown in the beginning, or, of width 0, numbers, 0 in the beginning. */
    final class Variable {
        private final String code;
        private final int width;
        private boolean known;
        private long bits;
        private boolean toldKnown;
        private long toldBits;
        private boolean waiting;

        private Variable(int width) {
            this.code = code(variables.size());
            this.width = width;
            this.known = width == 0;
            variables.add(this);
        }

        void set(long value) {
            known = true;
            bits = value;
            change();
        }

        void set(double value) {
            set(Double.doubleToLongBits(value));
        }

        void add(long more) {
            set(bits + more);
        }

        void forget() {
            known = false;
            change();
        }

        private void change() {
            if (!waiting) {
                waiting = true;
                changed.add(this);
            }
        }

        private boolean same() {
            return known == toldKnown && (!known || bits == toldBits);
        }

        private void tell() {
            waiting = false;
            toldKnown = known;
            toldBits = bits;
            if (width == 0) {
                out.put('r').put(Double.toString(Double.longBitsToDouble(bits))).put(' ');
            } else if (width == 1) {
                out.put(known ? (char) ('0' + bits) : 'x');
            } else {
                out.put('b').put(known ? Long.toBinaryString(bits) : "x").put(' ');
            }
            out.put(code).put('\n');
        }
    }

    private static String code(int number) {
        StringBuilder code = new StringBuilder();
        for (int left = number + 1; left > 0; left = (left - 1) / CODES) {
            code.append((char) (FIRST_CODE + (left - 1) % CODES));
        }
        return code.toString();
    }

    /** The head of the file; a text must not have {@code $end} in it. */
    void head(String version, List<String> comments) {
        section("version", version);
        comments.forEach(comment -> section("comment", comment));
        section("timescale", axis.nanoseconds() ? "1 ns" : "1 ps");
    }

    private void section(String name, String text) {
        out.put('$').put(name).put(' ').put(text.replace("$end", "$ end")).put(" $end\n");
    }

    void scope(String name, Runnable content) {
        section("scope", "module " + name);
        content.run();
        out.put("$upscope $end\n");
    }

    /** A variable of whole numbers of so many bits. */
    Variable bits(String name, int width) {
        return declare("wire " + width, new Variable(width), name + (width == 1 ? "" : " [" + (width - 1) + ":0]"));
    }

    /** A variable of numbers. */
    Variable real(String name) {
        return declare("real 64", new Variable(0), name);
    }

    private Variable declare(String type, Variable variable, String name) {
        section("var", type + " " + variable.code + " " + name);
        return variable;
    }

    void endOfDeclarations() {
        out.put("$enddefinitions $end\n");
    }

    /** Goes on to a time; what has changed up to then is told. */
    void moveTo(long time) {
        if (time > now) {
            tell();
            now = time;
        }
    }

    private void tell() {
        if (!dumped) {
            dumped = true;
            changed.clear();
            out.put('#').put(stamp()).put("\n$dumpvars\n");
            variables.forEach(Variable::tell);
            out.put("$end\n");
            return;
        }
        boolean stamped = false;
        for (Variable variable : changed) {
            variable.waiting = false;
            if (!variable.same()) {
                if (!stamped) {
                    out.put('#').put(stamp()).put('\n');
                    stamped = true;
                }
                variable.tell();
            }
        }
        changed.clear();
        told = stamped ? now : told;
    }

    private long stamp() {
        long picoseconds = axis.picoseconds(now);
        return axis.nanoseconds() ? picoseconds / 1000 : picoseconds;
    }

    /** Tells what has changed last, and how far time goes. */
    void finish(long time) {
        moveTo(time);
        tell();
        if (told < now) {
            out.put('#').put(stamp()).put('\n');
        }
        out.flush();
    }
}
