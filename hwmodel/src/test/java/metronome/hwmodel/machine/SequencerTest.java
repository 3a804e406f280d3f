package metronome.hwmodel.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.List;
import java.util.ArrayList;
import metronome.core.network.Shape;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Counts;
import metronome.hwmodel.count.Stall;
import metronome.isa.program.Program;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * SEQ-3 and SEQ-5 on the preset: a burst of LPDDR4 holds 8 instructions. The first comes in cycle 18 (tRCD, CL and burst are
 * 33140 ps, a cycle is 2000), one that is requested in cycle c from an open row in cycle c + 11 (CL and burst, 20740 ps).
 */
class SequencerTest {
    private static final Shape ONE = Shape.vector(1);

    private static Counts run(Engine engine, Target target, byte[] data, List<String> lines) {
        Program program = SmallPrograms.program(target, 1, ONE, ONE, data, lines.toArray(String[]::new));
        return new Machine(program, target, engine).run(new int[] {0}).counts();
    }

    private static List<String> program(int instructions, String first) {
        List<String> lines = new ArrayList<>(Collections.nCopies(instructions, "lif.neuron threshold=1"));
        lines.set(0, first);
        lines.set(instructions - 1, "end");
        return lines;
    }

    /**
     * Room for one burst: the next is requested in the cycle after the eighth dispatch, and 12 cycles pass. Room for two:
     * the third is requested when the first is used up, 8 cycles sooner; the one after it then comes in time. Room for
     * three and more: always in time.
     */
    @ParameterizedTest
    @CsvSource({"8, 1, 18", "8, 8, 18", "8, 9, 30", "8, 16, 30", "8, 17, 42", "15, 17, 42", "16, 16, 18", "16, 17, 22",
        "16, 32, 22", "16, 33, 26", "24, 33, 18", "64, 200, 18"})
    void instructionsAreAwaited(int buffer, int instructions, int stalls) {
        Target target = Target.preset().with(TargetField.BUFFER, "" + buffer);
        for (Engine engine : Engine.values()) {
            Counts counts = run(engine, target, new byte[16], program(instructions, "lif.neuron threshold=1"));
            String where = engine + ", buffer " + buffer + ", " + instructions;
            assertEquals(stalls, counts.stallCycles(Component.SEQUENCER, Stall.FETCH), where);
            assertEquals(instructions, counts.busyCycles(Component.SEQUENCER), where);
            assertEquals(Math.ceilDiv(instructions, 8), counts.total(Counter.READ_BURSTS), where);
            assertEquals(1, counts.total(Counter.ACTIVATES), where);
        }
    }

    /** DMA-1: 32 bursts are requested from cycle 21 on; in cycle 27 the sequencer takes the port. */
    @ParameterizedTest
    @EnumSource(Engine.class)
    void instructionsComeBeforeLoads(Engine engine) {
        Target target = Target.preset().with(TargetField.BUFFER, "8").with(TargetField.LOAD_QUEUE, "64")
                .with(TargetField.DRAM_QUEUE, "64");
        Counts counts = run(engine, target, new byte[4096], program(20, "load.weights bytes=4096 dram=0x8000"));
        assertEquals(1, counts.stallCycles(Component.LOAD, Stall.DRAM_QUEUE));
        assertEquals(32 + 3, counts.total(Counter.READ_BURSTS));
    }

    /** SEQ-3: bursts of code belong to the layer of their first instruction. */
    @ParameterizedTest
    @EnumSource(Engine.class)
    void burstsOfCodeAreCountedToTheirLayer(Engine engine) {
        List<String> lines = program(20, "load.spikes region=0 steps=1 dram=0x4000");
        Counts counts = run(engine, Target.preset(), new byte[16], lines);
        assertEquals(1 + 1, counts.of(0, Counter.READ_BURSTS), "the input, and the burst that begins with its load");
        assertEquals(2, counts.of(1, Counter.READ_BURSTS));
    }
}
