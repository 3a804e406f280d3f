package metronome.hwmodel.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import metronome.core.network.Shape;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Counts;
import metronome.hwmodel.count.Stall;
import metronome.isa.program.Program;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The ten instructions at the end of docs/microarchitecture.md: does the machine take the cycles of that table? */
class ProgramByHandTest {
    @ParameterizedTest
    @EnumSource(Engine.class)
    void takesTheCyclesOfTheTable(Engine engine) {
        Target target = Target.preset().with(TargetField.LANES, "16").with(TargetField.BANKS, "16");
        byte[] data = new byte[6 * 40];
        Arrays.fill(data, 4 * 40, data.length, (byte) 1);
        Program program = SmallPrograms.program(target, 3, Shape.vector(2), Shape.vector(40), data,
                "load.spikes region=0 steps=3 dram=0x4000 signal0=1",
                "load.weights bytes=240 dram=0x8000 signal0=2",
                "lif.shape inChannels=2 kernelHeight=1 kernelWidth=1 inHeight=1 inWidth=1 outHeight=1 outWidth=1"
                        + " stride=1 wait0=1",
                "lif.tile rows=1 channels=40 wait0=2",
                "lif.clear",
                "lif.integrate region=0 to=3 release=1 weights=160",
                "lif.bias",
                "lif.fire region=1 to=3 flush=1 signal0=3",
                "store.spikes region=1 steps=3 wait0=3 signal0=4",
                "end wait0=4");
        MachineRun run = new Machine(program, target, engine).run(new int[] {0, 2});
        Counts counts = run.counts();
        assertEquals(166, counts.cycles());
        expect(counts, Component.SEQUENCER, 10, Stall.FETCH, 18, Stall.SEMAPHORE, 138);
        expect(counts, Component.LOAD, 9, Stall.DRAM_LATENCY, 29, Stall.SEMAPHORE, 0);
        expect(counts, Component.LIF, 42, Stall.DRAIN, 6, Stall.SEMAPHORE, 35);
        expect(counts, Component.STORE, 45, Stall.DRAM_LATENCY, 16, Stall.SEMAPHORE, 77);
        assertEquals(3, counts.total(Counter.ACTIVATES));
        assertEquals(5, counts.total(Counter.READ_BURSTS));
        assertEquals(2, counts.total(Counter.WRITE_BURSTS));
        assertArrayEquals(new int[40], run.steps()[1], "all fire at step 0");
    }

    /** Busy cycles, and the cycles of the two causes for which the unit stalls; for no other does it. */
    private static void expect(Counts counts, Component unit, long busy, Stall first, long ofFirst, Stall second,
            long ofSecond) {
        assertEquals(busy, counts.busyCycles(unit), unit + " busy");
        assertEquals(ofFirst, counts.stallCycles(unit, first), unit + " " + first);
        assertEquals(ofSecond, counts.stallCycles(unit, second), unit + " " + second);
        assertEquals(counts.cycles() - busy - ofFirst - ofSecond, counts.idleCycles(unit), unit + " idle");
    }
}
