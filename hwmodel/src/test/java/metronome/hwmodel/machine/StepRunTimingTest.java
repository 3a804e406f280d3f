package metronome.hwmodel.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import metronome.core.io.DataException;
import metronome.core.network.Shape;
import metronome.core.spiking.EventKind;
import metronome.core.spiking.SpikeTrain;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Stall;
import metronome.isa.program.Program;
import metronome.isa.program.ProgramMap;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import org.junit.jupiter.api.Test;

/** Does lif.run take the cycles and give the spikes that LIF-12 to LIF-16, LIF-20 to LIF-24, DATA-7, DATA-9 and DATA-10 say? Worked out by hand. */
class StepRunTimingTest {
    private static final int T = 3;
    private static final Target CHIP = Target.preset().with(TargetField.LANES, "16").with(TargetField.BANKS, "16");

    /** 2 inputs, 40 neurons, all weights 2; input 0 spikes at the steps 0 and 2. */
    private static TrainRun run(Target target, String mode, String run) {
        return run(target, mode, run, new int[][] {{0}, {}, {0}, {}});
    }

    private static TrainRun run(Target target, String mode, String run, int[][] input) {
        return run(target, mode, run, input, 2, 40);
    }

    /** Those of the input and of the output are three times as many if they hold all kinds of events. */
    private static TrainRun run(Target target, String mode, String run, int[][] input, int from, int to) {
        byte[] data = new byte[160 + 80];
        Arrays.fill(data, 160, data.length, (byte) 2);
        data[0] = 1;
        Program program = SmallPrograms.program(target, T, Shape.vector(from), Shape.vector(to), data,
                "load.spikes region=0 steps=3 dram=0x4000 signal0=1", "load.weights bytes=240 dram=0x8000 signal0=2",
                "lif.shape inChannels=2 kernelHeight=1 kernelWidth=1 inHeight=1 inWidth=1 outHeight=1 outWidth=1 stride=1 "
                        + "wait0=1", "lif.tile rows=1 channels=40 wait0=2", mode, run,
                "store.spikes region=1 steps=3 wait0=3 signal0=4", "end wait0=4");
        ProgramMap map = program.map();
        ProgramMap plain = new ProgramMap(map.network(), ProgramMap.Kind.SPIKING_PLAIN, T, map.input(), map.inputBands(),
                map.outputAddress(), map.codeAddresses(), map.layers(), map.memoryBytes());
        return new Machine(new Program(plain, program.targetHash(), program.cores(), program.dataAddress(), program.data()),
                target, Engine.all()).run(new SpikeTrain(input));
    }

    /** LIF-21: a row takes two accesses; the slopes of 40 neurons begin where the banks of 40 potentials end, so events cost the same. */
    @Test
    void heldCurrentsTakeTwoAccessesARow() {
        TrainRun run = run(CHIP, mode("held=1") + NEVER, RUN);
        assertEquals(4 + 1 + 2 * (1 + 3) + 4 * 2 * 3, busy(run), "registers, taken, two events with fetch, four sweeps");
        assertEquals(2 * 3, stalls(run, Stall.DRAIN));
        assertEquals(4 * 40, run.counts().total(Counter.TICKS), "slopes added");
        assertEquals(2 * 40 + 4 * 2 * 40, run.counts().total(Counter.POTENTIAL_READS), "LIF-21");
        assertEquals(2 * 40 + 4 * 40, run.counts().total(Counter.POTENTIAL_WRITES), "LIF-21");
        TrainRun slow = run(CHIP.with(TargetField.UPDATE_CYCLES, "3").with(TargetField.SWEEP_OVERHEAD, "7"), mode("held=1") + NEVER,
                RUN);
        assertEquals(4 + 1 + 2 * (1 + 9) + 4 * (7 + 2 * 9), busy(slow), "LIF-13");
    }

    /** LIF-22: the input spikes at step 1 first. */
    @Test
    void heldBiasesAreReadOnce() {
        int[][] late = {{}, {0}, {0}, {}};
        TrainRun without = run(CHIP, mode("held=1") + NEVER, RUN, late);
        TrainRun with = run(CHIP, mode("held=1") + NEVER, RUN + " biased=1", late);
        assertEquals(busy(without) + 1, busy(with), "160 bytes are 10 words on 32 banks");
        assertEquals(5 * 40, with.counts().total(Counter.TICKS));
        assertEquals(without.counts().total(Counter.POTENTIAL_WRITES) + 40, with.counts().total(Counter.POTENTIAL_WRITES));
        assertEquals(without.counts().total(Counter.POTENTIAL_READS), with.counts().total(Counter.POTENTIAL_READS));
        assertEquals(busy(without), busy(run(CHIP, mode("held=1") + NEVER, RUN + " biased=1", new int[][] {{}, {}, {}, {}}))
                + 2 * 4, "no event, no bias");
    }

    /** DATA-9: slopes are 2, 2, 4, 4. */
    @Test
    void slopesDriveNeuronsFromTheirSpikeOn() {
        String at = "\nlif.neuron leak=32768 threshold=";
        assertArrayEquals(new int[] {0, 0, 40, 40}, spikes(mode("held=1 subtract=1") + at + 5), "2, 4, 8 - 5, 7 - 5");
        assertArrayEquals(new int[] {0, 0, 40, 0}, spikes(mode("held=1 once=1") + at + 8), "2, 4, 8, 12");
        assertArrayEquals(new int[] {0, 0, 0, 40}, spikes(mode("held=1 once=1 strict=1") + at + 8));
        assertArrayEquals(new int[] {0, 0, 0, 40}, spikes(mode("held=1 once=1 leakOrder=2") + at + 4), "1; 1.5, up; 3; 3.5, up");
    }

    /** DATA-9: a bias of 1 comes with the first event. */
    @Test
    void heldBiasesComeWithTheFirstEvent() {
        String two = "\nlif.neuron threshold=2";
        TrainRun run = run(CHIP, mode("held=1 once=1 strict=1") + two, RUN + " biased=1", new int[][] {{}, {0}, {}, {}});
        assertEquals(1, run.output().neurons()[1].length, "neuron 0, 3 at once");
        assertEquals(39, run.output().neurons()[2].length, "the others, 2, then 4");
        assertEquals(0, run(CHIP, mode("held=1 strict=1") + "\nlif.neuron threshold=0", RUN + " biased=1", new int[4][0]).output()
                .spikes(), "nothing comes");
    }

    /** LIF-20: slopes are cleared with potentials, 80 in 5 cycles; a second run is then as the first. */
    @Test
    void slopesAreClearedToo() {
        String mode = mode("held=1 once=1") + "\nlif.neuron threshold=8";
        TrainRun once = run(CHIP, mode, RUN);
        TrainRun cleared = run(CHIP, mode, "lif.clear\n" + RUN);
        assertEquals(busy(once) + 1 + 5, busy(cleared));
        assertEquals(once.counts().total(Counter.POTENTIAL_WRITES) + 80, cleared.counts().total(Counter.POTENTIAL_WRITES));
        String first = RUN.replace("release=1", "").replace("signal0=3", "");
        TrainRun twice = run(CHIP, mode, first + "\nlif.tile rows=1 channels=40\nlif.clear\n" + RUN);
        assertEquals(80, twice.output().neurons()[2].length);
        String message = assertThrows(DataException.class, () -> run(CHIP.with(TargetField.POTENTIALS, "79"), mode, RUN))
                .getMessage();
        assertTrue(message.startsWith("lif.run: 80 potentials from 0 do not lie within"), message);
    }

    /** The channels of events of some kinds, of all neurons. */
    private static int[] all(EventKind... kinds) {
        return IntStream.range(0, 40).flatMap(neuron -> Arrays.stream(kinds).mapToInt(kind -> kind.channel(neuron))).toArray();
    }

    /**
     * LIF-23: slopes are 2 from step 0 on; each neuron announces itself there, one sign more is looked at, and spikes follow at step 2, with
     * withdrawals.
     */
    @Test
    void neuronsAnnounceThemselvesAndWithdraw() {
        String at = "\nlif.neuron threshold=5";
        TrainRun silent = run(CHIP, mode("held=1 once=1") + at, RUN);
        TrainRun run = run(CHIP, mode("held=1 once=1 announce=1") + at, RUN, new int[][] {{0}, {}, {0}, {}}, 2, 120);
        assertEquals(new SpikeTrain(new int[][] {all(EventKind.ANNOUNCEMENT), {}, all(EventKind.SPIKE, EventKind.WITHDRAWAL), {}}),
                run.output().sorted());
        assertEquals(busy(silent), busy(run));
        assertEquals(2 * 4 * 40, run.counts().total(Counter.COMPARES));
        assertEquals(120, run.counts().total(Counter.FIRED));
        assertEquals(silent.counts().total(Counter.POTENTIAL_READS), run.counts().total(Counter.POTENTIAL_READS));
        TrainRun both = run(CHIP, mode("held=1 announce=1 delay=1") + "\nlif.neuron threshold=2", RUN, new int[][] {{}, {}, {0}, {}}, 2, 120);
        assertEquals(new SpikeTrain(new int[][] {{}, {}, {}, all(EventKind.SPIKE, EventKind.ANNOUNCEMENT)}), both.output().sorted(),
                "both at once, delayed");
        Target slow = CHIP.with(TargetField.SPIKE_CYCLES, "5").with(TargetField.ARBITER_WIDTH, "64").with(TargetField.FIRE_QUEUE, "64");
        assertEquals(120 * 5, stalls(run(slow, mode("held=1 once=1 announce=1") + at, RUN, new int[][] {{0}, {}, {0}, {}}, 2, 120),
                Stall.ARBITER), "all kinds are latched like spikes");
        assertEquals(0, run(CHIP, mode("held=1 announce=1") + NEVER, RUN, new int[4][0], 2, 120).output().spikes(), "a slope of 0");
    }

    /** DATA-10: without slopes those are driven whose potential is above 0, here in steps with an event, since it leaks to nothing. */
    @Test
    void neuronsWithoutSlopesAnnounceThemselvesToo() {
        TrainRun run = run(CHIP, mode("announce=1 leakOrder=1") + "\nlif.neuron threshold=3", RUN, new int[][] {{0}, {}, {0}, {}}, 2, 120);
        assertEquals(new SpikeTrain(new int[][] {all(EventKind.ANNOUNCEMENT), all(EventKind.WITHDRAWAL), all(EventKind.ANNOUNCEMENT),
            all(EventKind.WITHDRAWAL)}), run.output().sorted());
        assertEquals(2 * 4 * 40, run.counts().total(Counter.COMPARES));
    }

    /** LIF-24 and DATA-10: input 0 is announced at step 0 and spikes at step 1, when it withdraws: -2; -2 + 2 + 2, 4, 6. */
    @Test
    void eachKindTakesTheFanOutOfASpike() {
        int[][] waiting = {{1}, {0, 2}, {}, {}};
        String at = "\nlif.neuron threshold=4";
        TrainRun run = run(CHIP, mode("held=1 once=1 waits=1") + at, RUN, waiting, 6, 40);
        assertArrayEquals(new int[] {0, 0, 40, 0}, Arrays.stream(run.output().neurons()).mapToInt(step -> step.length).toArray());
        assertEquals(4 + 1 + (1 + 3) + (1 + 2 * 3) + 4 * 2 * 3, busy(run), "registers, taken, an announcement, a spike and a withdrawal, four sweeps");
        assertEquals(3 * 40, run.counts().total(Counter.UPDATES));
        TrainRun twice = run(CHIP, mode("held=1") + NEVER, RUN, new int[][] {{0, 0}, {0}, {}, {}}, 2, 40);
        assertEquals(twice.counts().total(Counter.WEIGHT_READS), run.counts().total(Counter.WEIGHT_READS));
        assertEquals(twice.counts().total(Counter.POTENTIAL_WRITES), run.counts().total(Counter.POTENTIAL_WRITES));
        int[][] three = {{1, 4}, {0, 2}, {}, {}};
        assertArrayEquals(new int[] {0, 0, 0, 40}, Arrays.stream(run(CHIP, mode("held=1 once=1 waits=1") + at, RUN, three, 6, 40).output()
                .neurons()).mapToInt(step -> step.length).toArray(), "-4; -4 + 2 + 2, 2, 4: one step later for who never spikes");
        three[2] = new int[] {5};
        assertArrayEquals(new int[] {0, 0, 40, 0}, Arrays.stream(run(CHIP, mode("held=1 once=1 waits=1") + at, RUN, three, 6, 40).output()
                .neurons()).mapToInt(step -> step.length).toArray(), "-4; 0, 2 + 2: until it withdraws");
    }

    /** LIF-22: neither an announcement nor a withdrawal begins a bias, which would lift neuron 0 to 4. */
    @Test
    void biasesWaitForASpike() {
        String three = "\nlif.neuron threshold=3";
        TrainRun run = run(CHIP, mode("held=1 once=1 strict=1 waits=1") + three, RUN + " biased=1", new int[][] {{1}, {2}, {0}, {}}, 6, 40);
        assertEquals(new SpikeTrain(new int[][] {{}, {}, {}, IntStream.range(0, 40).toArray()}), run.output().sorted(), "3, 6; 2, 4");
        assertEquals(5 * 40, run.counts().total(Counter.TICKS));
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
        assertThrows(DataException.class, () -> run(CHIP, mode("eachEvent=1 held=1") + NEVER, RUN));
        assertThrows(DataException.class, () -> run(CHIP, mode("eachEvent=1 announce=1") + NEVER, RUN));
        run(CHIP, mode("announce=1") + NEVER + "\nlif.tile rows=1 channels=40 firstChannel=1325", RUN, new int[4][0], 2, 4095);
        for (String wrong : new String[] {"waits=1", "announce=1\nlif.tile rows=1 channels=40 firstChannel=1326"}) {
            String message = assertThrows(DataException.class, () -> run(CHIP, mode(wrong) + NEVER, RUN)).getMessage();
            assertTrue(message.startsWith("lif.run: neurons that wait must have slopes (held), and channels of events be below 4096: held "),
                    message);
        }
        assertTrue(assertThrows(DataException.class, () -> run(CHIP, mode("") + NEVER, RUN.replace("160", "1000000")))
                .getMessage().startsWith("lif.run: 80 bytes at 1000000 pass the end of the weight scratchpad"));
    }
}
