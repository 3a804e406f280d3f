package metronome.isa.assembly;

import java.util.HexFormat;
import java.util.List;
import metronome.isa.instruction.Codec;
import metronome.isa.instruction.Control;
import metronome.isa.instruction.Field;
import metronome.isa.instruction.Instruction;
import metronome.isa.program.MapJson;
import metronome.isa.program.Program;

/** Prints a program as assembly text. */
public final class Disassembler {
    private static final int BYTES_PER_LINE = 48;

    private Disassembler() {
    }

    /**
     * {@return the text from which {@link Assembler} makes the same program}
     *
     * @param program any
     */
    public static String disassemble(Program program) {
        StringBuilder out = new StringBuilder();
        out.append(".map ").append(MapJson.write(program.map())).append('\n');
        out.append(".target ").append(program.targetHash()).append('\n');
        for (int core = 0; core < program.cores().size(); core++) {
            if (core > 0) {
                out.append(".core ").append(core).append('\n');
            }
            append(out, program, program.cores().get(core));
        }
        out.append(".data ").append(program.dataAddress()).append('\n');
        for (int at = 0; at < program.data().length; at += BYTES_PER_LINE) {
            int end = Math.min(at + BYTES_PER_LINE, program.data().length);
            out.append(".bytes ").append(HexFormat.of().formatHex(program.data(), at, end)).append('\n');
        }
        return out.toString();
    }

    private static void append(StringBuilder out, Program program, List<Instruction> code) {
        int layer = -1;
        for (Instruction instruction : code) {
            if (instruction.control().layer() != layer) {
                layer = instruction.control().layer();
                out.append("; layer ").append(layer).append(": ").append(comment(program, layer)).append('\n');
            }
            out.append(line(instruction)).append('\n');
        }
    }

    private static String comment(Program program, int layer) {
        return program.map().layers().get(layer).name().replace('\n', ' ').replace('\r', ' ');
    }

    /**
     * {@return one instruction as text, without a line feed}
     *
     * @param instruction any
     */
    public static String line(Instruction instruction) {
        StringBuilder out = new StringBuilder(Codec.form(instruction.operation().getClass()).mnemonic());
        append(out, Codec.fields(instruction.operation().getClass()), Codec.values(instruction.operation()));
        Control c = instruction.control();
        append(out, Codec.controlFields(),
                new long[] {c.layer(), c.wait0(), c.wait1(), c.signal0(), c.signal1()});
        return out.toString();
    }

    private static void append(StringBuilder out, List<Field> fields, long[] values) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] != 0) {
                out.append(' ').append(fields.get(i).name()).append('=').append(values[i]);
            }
        }
    }
}
