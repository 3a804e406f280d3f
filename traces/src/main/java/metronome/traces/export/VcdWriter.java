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

    /** What a variable has values of. Waveform viewers show an {@code integer} in decimal, a {@code wire} of many bits in hexadecimal. */
    private enum Type {
        FLAG("wire 1"), NUMBER("integer 32"), REAL("real 64");

        private final String declaration;

        Type(String declaration) {
            this.declaration = declaration;
        }
    }

    /** What has values over time. Flags and numbers have none in the beginning; real numbers always have one, in the beginning 0. */
    final class Variable {
        private final String code;
        private final Type type;
        private boolean present;
        private long bits;
        private boolean toldPresent;
        private long toldBits;
        private boolean waiting;

        private Variable(Type type) {
            this.code = code(variables.size());
            this.type = type;
            this.present = type == Type.REAL;
            variables.add(this);
        }

        void set(long value) {
            present = true;
            bits = value;
            change();
        }

        void set(double value) {
            set(Double.doubleToLongBits(value));
        }

        void add(long more) {
            set(bits + more);
        }

        /** It has no value from now on: z, which viewers draw as idle, where the x of unknown values would look like a fault. */
        void unset() {
            present = false;
            change();
        }

        private void change() {
            if (!waiting) {
                waiting = true;
                changed.add(this);
            }
        }

        private boolean same() {
            return present == toldPresent && (!present || bits == toldBits);
        }

        private void tell() {
            waiting = false;
            toldPresent = present;
            toldBits = bits;
            switch (type) {
                case FLAG -> out.put(present ? (char) ('0' + bits) : 'z');
                case NUMBER -> out.put('b').put(present ? Long.toBinaryString(bits) : "z").put(' ');
                case REAL -> out.put('r').put(Double.toString(Double.longBitsToDouble(bits))).put(' ');
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

    /** A variable that is 0 or 1. */
    Variable flag(String name) {
        return declare(Type.FLAG, name);
    }

    /** A variable of whole numbers of 32 bits. */
    Variable number(String name) {
        return declare(Type.NUMBER, name);
    }

    /** A variable of real numbers. */
    Variable real(String name) {
        return declare(Type.REAL, name);
    }

    private Variable declare(Type type, String name) {
        Variable variable = new Variable(type);
        section("var", type.declaration + " " + variable.code + " " + name);
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
