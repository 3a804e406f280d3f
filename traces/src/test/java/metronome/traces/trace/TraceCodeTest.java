package metronome.traces.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import metronome.core.io.DataException;
import metronome.hwmodel.probe.EventStream;
import metronome.hwmodel.soak.RandomCase;
import metronome.isa.program.Program;
import metronome.isa.program.ProgramFile;
import metronome.isa.target.Target;
import metronome.traces.edit.TraceMerger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Does a trace with instructions have the code of its program, whole, and is bad code refused only by who asks for it? */
class TraceCodeTest {
    private static final Program PROGRAM = RandomCase.of(new SplittableRandom(7)).compile();
    @TempDir
    private Path folder;

    private static TraceHeader header(Optional<TracedHardware> hardware, Set<EventStream> streams) {
        TraceHeader small = SmallTraces.header(streams, 0, 1);
        return new TraceHeader(small.source(), small.spikes(), hardware, streams, small.windowCycles(), 0, 1, small.provenance());
    }

    private static Optional<TracedHardware> hardware() {
        return Optional.of(TracedHardware.of(PROGRAM, Target.preset()));
    }

    private static Optional<TracedHardware> coded(String code) {
        return hardware().map(h -> new TracedHardware(h.programHash(), h.targetHash(), h.targetText(), Optional.of(code)));
    }

    private TraceReader written(String name, TraceHeader header) {
        Path file = folder.resolve(name);
        SmallTraces.write(file, header, List.of(SmallTraces.whole(List.of())));
        return TraceReader.open(file);
    }

    @Test
    void theCodeIsReadAsItWasCompiled() {
        try (TraceReader in = written("a.mtt", header(hardware(), EnumSet.of(EventStream.INSTRUCTIONS)))) {
            assertEquals(Optional.of(PROGRAM.cores()), in.header().instructions());
        }
    }

    @Test
    void withoutEventsOfInstructionsThereIsNone() {
        TraceHeader whole = header(hardware(), EnumSet.allOf(EventStream.class));
        assertTrue(whole.instructions().isPresent());
        assertEquals(Optional.empty(), whole.part(Set.of(EventStream.SPIKES), new Span(0, 0), Cut.NONE).instructions());
        try (TraceReader in = written("a.mtt", header(hardware(), EnumSet.of(EventStream.SPIKES, EventStream.STALLS)))) {
            assertEquals(Optional.empty(), in.header().hardware().orElseThrow().code());
        }
    }

    @Test
    void tracesAreMergedWhetherTheyHaveItOrNot() {
        try (TraceReader spikes = written("spikes.mtt", header(hardware(), EnumSet.of(EventStream.SPIKES)));
                TraceReader instructions = written("instructions.mtt", header(hardware(), EnumSet.of(EventStream.INSTRUCTIONS)))) {
            TraceMerger.merge(List.of(spikes, instructions), folder.resolve("both.mtt"));
        }
        try (TraceReader both = TraceReader.open(folder.resolve("both.mtt"))) {
            assertEquals(Optional.of(PROGRAM.cores()), both.header().instructions());
        }
    }

    @Test
    void whoHasItDoesNotDifferFromWhoDoesNot() {
        EnumSet<EventStream> all = EnumSet.allOf(EventStream.class);
        assertEquals(List.of(), HeaderDifference.between(header(hardware(), all), header(hardware().map(h -> new TracedHardware(
                h.programHash(), h.targetHash(), h.targetText())), all)));
    }

    private static String packed(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out, new Deflater(9, true))) {
            deflater.write(bytes);
        }
        return Base64.getEncoder().encodeToString(out.toByteArray());
    }

    private void refused(String message, String code) {
        try (TraceReader in = written("bad.mtt", header(coded(code), EnumSet.of(EventStream.INSTRUCTIONS)))) {
            String said = assertThrows(DataException.class, () -> in.header().instructions()).getMessage();
            assertTrue(said.startsWith("the code in the trace") && said.contains(message), said);
        }
    }

    @Test
    void badCodeIsRefusedWhereItIsAskedFor() throws IOException {
        byte[] code = ProgramFile.code(PROGRAM);
        refused("cannot be unpacked: Illegal base64 character", "****");
        refused("cannot be unpacked: ", Base64.getEncoder().encodeToString(new byte[] {-1, -1, 7}));
        refused("section CODE is cut short in core", packed(Arrays.copyOf(code, code.length - 1)));
        byte[] wrong = code.clone();
        Arrays.fill(wrong, 4, 20, (byte) 0xff);
        refused("instruction 0: ", packed(wrong));
        refused("expected at most 8388608 bytes", packed(new byte[1 << 24]));
    }
}
