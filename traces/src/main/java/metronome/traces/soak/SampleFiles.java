package metronome.traces.soak;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import metronome.hwmodel.soak.RandomCase;
import metronome.isa.assembly.Disassembler;
import metronome.isa.program.Program;
import metronome.isa.program.ProgramFile;
import metronome.isa.target.Target;
import metronome.isa.target.TargetWriter;

/** Small valid files of numbers, of text, of targets and of programs. */
final class SampleFiles {
    private SampleFiles() {
    }

    static List<byte[]> npy() {
        byte[] header = ("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }" + " ".repeat(58) + "\n")
                .getBytes(StandardCharsets.US_ASCII);
        return List.of(ByteBuffer.allocate(10 + header.length + 24).order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) header.length).put(header).array());
    }

    static List<byte[]> npz() {
        return List.of(zipped(npy().getFirst(), "w.npy", "b.npy"));
    }

    /** An archive of entries that all hold the same, and are of the same day, so that one seed damages the same file on any day. */
    static byte[] zipped(byte[] content, String... names) {
        return packed(out -> {
            ZipOutputStream zip = new ZipOutputStream(out);
            for (String name : names) {
                ZipEntry entry = new ZipEntry(name);
                entry.setTimeLocal(LocalDateTime.of(2000, 1, 1, 0, 0));
                zip.putNextEntry(entry);
                zip.write(content);
                zip.closeEntry();
            }
            zip.finish();
        });
    }

    static List<byte[]> idx() {
        byte[] images = ByteBuffer.allocate(16 + 8).putInt(0x803).putInt(2).putInt(2).putInt(2).array();
        return List.of(images, packed(out -> {
            try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                gzip.write(images);
            }
        }));
    }

    /** Labels for the images of {@link #idx}, beside them. */
    static Path labels(Path images) {
        try {
            return Files.write(images.resolveSibling(images.getFileName() + "-labels"),
                    ByteBuffer.allocate(10).putInt(0x801).putInt(2).array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<byte[]> json() {
        return List.of(bytes("{\"a\": [1, -2.5e3, true, null, \"x\\u00e9\\n\"], \"b\": {\"c\": {}}}"));
    }

    static List<byte[]> target() {
        return List.of(bytes(TargetWriter.text(Target.preset())),
                bytes("{\"name\": \"mine\", \"base\": \"edge\", \"clock_MHz\": 250, \"lif\": {\"lanes\": 128, \"banks\": 128}}"));
    }

    static List<byte[]> scaleSim() {
        return List.of(bytes("""
                [general]
                run_name = mine
                [architecture_presets]
                ArrayHeight: 8
                ArrayWidth: 4
                IfmapSramSzkB: 64
                FilterSramSzkB: 64
                OfmapSramSzkB: 64
                IfmapOffset: 0
                FilterOffset: 10000000
                OfmapOffset: 20000000
                Dataflow : ws
                Bandwidth : 10
                [run_presets]
                InterfaceBandwidth: CALC
                """));
    }

    private static Program compiled() {
        return RandomCase.of(new SplittableRandom(3)).compile();
    }

    static List<byte[]> program() {
        return List.of(ProgramFile.encode(compiled()));
    }

    static List<byte[]> assembly() {
        return List.of(bytes(Disassembler.disassemble(compiled())));
    }

    static List<byte[]> spikeTrain() {
        return List.of(bytes("step,neuron\n0,5\n0,1\n3,2\n4,0\n"));
    }

    static List<byte[]> topology() {
        return List.of(bytes("""
                Layer name, IFMAP Height, IFMAP Width, Filter Height, Filter Width, Channels, Num Filter, Strides,
                Conv1, 34, 34, 3, 3, 3, 8, 1,
                FC, 1, 1, 1, 1, 64, 10, 1,
                """), bytes("Layer, M, N, K,\ng1, 16, 32, 8,\n"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @FunctionalInterface
    private interface Filling {
        void write(OutputStream out) throws IOException;
    }

    private static byte[] packed(Filling filling) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            filling.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return out.toByteArray();
    }
}
