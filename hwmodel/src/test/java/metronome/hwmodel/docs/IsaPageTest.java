package metronome.hwmodel.docs;

import java.io.IOException;
import java.util.List;
import metronome.isa.instruction.Codec;
import metronome.isa.instruction.Field;
import metronome.isa.instruction.Form;
import metronome.isa.instruction.Operation;
import org.junit.jupiter.api.Test;

/** Does docs/isa.md describe the instructions as the code declares them? */
class IsaPageTest {
    @Test
    void describesEveryInstruction() throws IOException {
        StringBuilder out = new StringBuilder();
        out.append("Every instruction\n");
        field(out, Codec.OPCODE);
        Codec.controlFields().forEach(f -> field(out, f));
        for (Class<? extends Operation> type : Codec.operations()) {
            describe(out, Codec.form(type), Codec.fields(type));
        }
        Doc.assertHolds("isa.md", "instructions", out.toString());
    }

    private static void describe(StringBuilder out, Form form, List<Field> fields) {
        out.append("%n%s%n".formatted(form.mnemonic()));
        out.append("  Format  %s".formatted(form.mnemonic()));
        fields.forEach(f -> out.append(' ').append(f.name()).append('='));
        out.append("%n  Unit    %s, opcode %d%n".formatted(form.unit(), form.opcode()));
        out.append("  Action  %s%n".formatted(form.action()));
        out.append("  Timing  %s%n".formatted(form.timing()));
        if (!form.notes().isEmpty()) {
            out.append("  Notes   %s%n".formatted(form.notes()));
        }
        fields.forEach(f -> field(out, f));
    }

    private static void field(StringBuilder out, Field f) {
        out.append("  %3d..%-3d %-17s %s%s%n".formatted(f.at() + f.width() - 1, f.at(), f.name(), f.meaning(),
                f.signed() ? ", signed" : ""));
    }
}
