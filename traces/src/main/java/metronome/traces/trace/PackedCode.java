package metronome.traces.trace;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import metronome.core.io.DataException;
import metronome.isa.instruction.Instruction;
import metronome.isa.program.Program;
import metronome.isa.program.ProgramFile;

/** The code of a program as text: the section CODE of its container as a raw Deflate stream (RFC 1951), in Base64 (RFC 4648). */
final class PackedCode {
    /** Longer code is not kept: half a million instructions, which fit into a header however badly they pack. */
    private static final int MOST_BYTES = 1 << 23;

    private PackedCode() {
    }

    static Optional<String> of(Program program) {
        byte[] code = ProgramFile.code(program);
        return code.length > MOST_BYTES ? Optional.empty() : Optional.of(Base64.getEncoder().encodeToString(deflated(code)));
    }

    private static byte[] deflated(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed, deflater)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        return packed.toByteArray();
    }

    /** @throws DataException if the text is not such code */
    static List<List<Instruction>> instructions(String text) {
        try {
            return ProgramFile.cores(inflated(Base64.getDecoder().decode(text)));
        } catch (IllegalArgumentException | IOException e) {
            throw new DataException("the code in the trace cannot be unpacked: " + e.getMessage(), e);
        } catch (DataException e) {
            throw e.in("the code in the trace");
        }
    }

    private static byte[] inflated(byte[] packed) throws IOException {
        Inflater inflater = new Inflater(true);
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(packed), inflater)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new DataException("expected at most " + MOST_BYTES + " bytes");
            }
            return bytes;
        } finally {
            inflater.end();
        }
    }
}
