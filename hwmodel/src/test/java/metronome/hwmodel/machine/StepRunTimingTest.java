package metronome.hwmodel.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import metronome.core.io.DataException;
import metronome.core.network.Shape;
import metronome.core.spiking.SpikeTrain;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Stall;
import metronome.isa.program.Program;
import metronome.isa.program.ProgramMap;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import org.junit.jupiter.api.Test;

/** Does lif.run take the cycles and give the spikes that LIF-12 to LIF-16 and DATA-7 say? Worked out by hand. */
class StepRunTimingTest {
    private static final int T = 3;
    private static final Target CHIP = Target.preset().with(TargetField.LANES, "16").with(TargetField.BANKS, "16");

    /** 2 inputs, 40 neurons, all weights 2; input 0 spikes at the steps 0 and 2. */
    private static TrainRun run(Target target, String mode, String run) {
        byte[] data = new byte[160 + 80];
        Arrays.fill(data, 160, data.length, (byte) 2);
        data[0] = 1;
        Program program = SmallPrograms.program(target, T, Shape.vector(2), Shape.vector(40), data,
                "load.spikes region=0 steps=3 dram=0x4000 signal0=1", "load.weights bytes=240 dram=0x8000 signal0=2",
                "lif.shape inChannels=2 kernelHeight=1 kernelWidth=1 inHeight=1 inWidth=1 outHeight=1 outWidth=1 stride=1 "
                        + "wait0=1", "lif.tile rows=1 channels=40 wait0=2", mode, run,
                "store.spikes region=1 steps=3 wait0=3 signal0=4", "end wait0=4");
        ProgramMap map = program.map();
        ProgramMap plain = new ProgramMap(map.network(), ProgramMap.Kind.SPIKING_PLAIN, T, map.input(), map.inputBands(),
                map.outputAddress(), map.codeAddresses(), map.layers(), map.memoryBytes());
        return new Machine(new Program(plain, program.targetHash(), program.cores(), program.dataAddress(), program.data()),
                target, Engine.all()).run(new SpikeTrain(new int[][] {{0}, {}, {0}, {}}));
    }

    private static String mode(String fields) {
        return "lif.mode " + fields;
    }

    private static final String RUN = "lif.run source=0 destination=1 to=3 release=1 weights=160 signal0=3";
    private static final String NEVER = "\nlif.neuron threshold=1000 leak=32768";

    private static long busy(TrainRun run) {
        return run.counts().busyCycles(Component.LIF);
    }

    private static long stalls(TrainRun run, Stall cause) {
        return run.counts().stallCycles(Component.LIF, cause);
    }

    @Test
    void aStepIsEventsDrainAndCompareSweep() {
        TrainRun run = run(CHIP, mode("") + NEVER, RUN);
        assertEquals(4 + 1 + 2 * (1 + 3) + 4 * 3, busy(run), "registers, taken, two events with fetch, four sweeps");
        assertEquals(2 * 3, stalls(run, Stall.DRAIN), "LIF-6");
        assertEquals(4 * 40, run.counts().total(Counter.COMPARES), "LIF-13");
        assertEquals(0, run.counts().total(Counter.LEAKS));
        assertEquals(0, run.output().spikes());
    }

    @Test
    void leaksBeforeTakeSweepsAndLeaksAfterDoNot() {
        long without = busy(run(CHIP, mode("") + NEVER, RUN));
        TrainRun before = run(CHIP, mode("leakOrder=1") + NEVER, RUN);
        assertEquals(without + 3 * 3, busy(before), "LIF-12: not at step 0");
        assertEquals(3 * 40, before.counts().total(Counter.LEAKS));
        TrainRun after = run(CHIP, mode("leakOrder=2") + NEVER, RUN);
        assertEquals(without, busy(after), "LIF-13");
        assertEquals(4 * 40, after.counts().total(Counter.LEAKS));
    }

    @Test
    void biasesAreReadAtEachStep() {
        long without = busy(run(CHIP, mode("") + NEVER, RUN));
        TrainRun run = run(CHIP, mode("") + NEVER, RUN + " biased=1");
        assertEquals(without + 4, busy(run), "160 bytes are 10 words on 32 banks");
        assertEquals(4 * 40, run.counts().total(Counter.TICKS));
    }

    @Test
    void neuronsFireAsTheModesSay() {
        String two = "\nlif.neuron threshold=2 leak=32768";
        assertArrayEquals(new int[] {40, 0, 40, 0}, spikes(mode("subtract=1") + two), "2 - 2, then 2 - 2");
        assertArrayEquals(new int[] {0, 0, 40, 0}, spikes(mode("subtract=1 strict=1") + two), "2; 2; 4 - 2; 2 is not above");
    }

    private static int[] spikes(String mode) {
        return Arrays.stream(run(CHIP, mode, RUN).output().neurons()).mapToInt(step -> step.length).toArray();
    }

    @Test
    void eachModeChangesWhatItSays() {
        String three = "\nlif.neuron threshold=3 leak=32768";
        assertArrayEquals(new int[] {0, 0, 40, 0}, spikes(mode("subtract=1") + three), "2, 2, 4 - 3, 1");
        assertArrayEquals(new int[] {0, 0, 0, 40}, spikes(mode("subtract=1 delay=1") + three), "a step later");
        assertArrayEquals(new int[] {0, 0, 0, 0}, spikes(mode("subtract=1 delay=2") + three), "behind T");
        assertArrayEquals(new int[] {0, 0, 40, 40}, spikes(mode("resetTo=3") + three), "reset to 3, which is at the threshold");
        assertArrayEquals(new int[] {0, 0, 40, 0}, spikes(mode("resetTo=3 once=1") + three), "once");
        assertArrayEquals(new int[] {0, 0, 40, 0}, spikes(mode("resetTo=3 strict=1") + three), "3 is not above 3");
        assertArrayEquals(new int[] {0, 0, 40, 0}, spikes(mode("leakOrder=1") + three), "2, 1, 1 + 2");
        assertArrayEquals(new int[] {0, 0, 0, 0}, spikes(mode("leakOrder=2") + three), "1, 1, 2");
        assertArrayEquals(new int[] {0, 0, 40, 0}, spikes(mode("eachEvent=1 resetTo=3") + three),
                "not compared at step 3, which has no event");
    }

    @Test
    void spikesLetTheArrayStandStill() {
        String zero = "\nlif.neuron threshold=2 leak=0";
        Target wide = CHIP.with(TargetField.ARBITER_WIDTH, "64").with(TargetField.FIRE_QUEUE, "64");
        TrainRun free = run(wide, mode("subtract=1") + zero, RUN);
        TrainRun slow = run(wide.with(TargetField.SPIKE_CYCLES, "5"), mode("subtract=1") + zero, RUN);
        assertEquals(80 * 5, stalls(slow, Stall.ARBITER), "LIF-15: the queue moves meanwhile");
        assertEquals(busy(free), busy(slow));
    }

    @Test
    void overheadsAndUpdateCycles() {
        TrainRun run = run(CHIP.with(TargetField.UPDATE_CYCLES, "2").with(TargetField.EVENT_OVERHEAD, "9")
                .with(TargetField.SWEEP_OVERHEAD, "7"), mode("leakOrder=1") + NEVER, RUN);
        assertEquals(4 + 1 + 2 * (9 + 6) + (4 + 3) * (7 + 6), busy(run), "the fetch is one of the nine");
    }

    @Test
    void impossibleRunsAreRefused() {
        for (String wrong : new String[] {RUN.replace("destination=1", "destination=0"), RUN + " biased=1"}) {
            String message = assertThrows(DataException.class, () -> run(CHIP, mode("eachEvent=1") + NEVER, wrong))
                    .getMessage();
            assertTrue(message.startsWith("lif.run: regions "), message);
        }
        assertThrows(DataException.class, () -> run(CHIP, mode("leakOrder=3") + NEVER, RUN));
        assertTrue(assertThrows(DataException.class, () -> run(CHIP, mode("") + NEVER, RUN.replace("160", "1000000")))
                .getMessage().startsWith("lif.run: 80 bytes at 1000000 pass the end of the weight scratchpad"));
    }
}
