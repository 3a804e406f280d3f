package metronome.hwmodel.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import metronome.core.network.Shape;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counter;
import metronome.isa.program.Program;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Does a DMA engine that moves bursts in one go end in every cycle where the reference engine does, while others wait for the DRAM too, and
 * wherever in a burst a range begins or a list's counts end?
 */
class StreamTest {
    private static final int NEURONS = 1500;
    private static final int DATA_BYTES = 40_000;
    /** The counts of a list fill a part of a burst, one of 32, 64 or 128 bytes, or one and a part of the next. */
    private static final int[] STEPS = {3, 7, 15, 17, 31};

    private static final int[] EVEN_CLOCKS = {100, 200, 250, 400, 500, 625, 800, 1000};

    private static Target target(Random random) {
        String[] kinds = {"hbm2", "ddr4-2400", "lpddr4-2400"};
        String[] orders = {"row-bank-column-channel", "row-column-bank-channel", "row-bank-channel-column"};
        return Target.preset().with(TargetField.DRAM_KIND, kinds[random.nextInt(kinds.length)])
                .with(TargetField.DRAM_CHANNELS, Integer.toString(1 << random.nextInt(3)))
                .with(TargetField.LOAD_QUEUE, Integer.toString(1 + random.nextInt(40)))
                .with(TargetField.STORE_QUEUE, Integer.toString(1 + random.nextInt(40)))
                .with(TargetField.ARBITER_WIDTH, Integer.toString(1 + random.nextInt(32)))
                .with(TargetField.DRAM_MAPPING, orders[random.nextInt(orders.length)])
                .with(TargetField.BUFFER, "8").with(TargetField.QUEUE_DEPTH, Integer.toString(1 + random.nextInt(8)))
                .with(TargetField.CLOCK, Integer.toString(clock(random)));
    }

    /** In MHz; in most cases one whose cycles are whole picoseconds, so that bursts can pass all at once. */
    private static int clock(Random random) {
        return random.nextInt(3) == 0 ? 100 + random.nextInt(1000) : EVEN_CLOCKS[random.nextInt(EVEN_CLOCKS.length)];
    }

    /**
     * A list comes and goes back to the DRAM while weights are loaded from anywhere to anywhere, or after that, and instructions are fetched.
     */
    private static Program program(Random random, Target target, int steps) {
        byte[] data = new byte[DATA_BYTES];
        random.nextBytes(data);
        boolean together = random.nextBoolean();
        List<String> lines = new ArrayList<>(List.of("load.spikes region=0 steps=" + steps + " dram=0x4000 signal0=1",
                "store.spikes region=0 steps=" + steps + " wait0=1 signal0=2" + (together ? "" : " wait1=3")));
        int loads = 1 + random.nextInt(30);
        for (int i = 0; i < loads; i++) {
            int bytes = 1 + random.nextInt(8000);
            lines.add("load.weights bytes=" + bytes + " dram=" + (SmallPrograms.DATA + random.nextInt(DATA_BYTES - bytes)) + " scratch="
                    + random.nextInt(60_000) + (i == loads - 1 ? " signal0=3" : ""));
        }
        lines.add("end wait0=2" + (together ? " wait1=3" : ""));
        return SmallPrograms.program(target, steps, Shape.vector(NEURONS), Shape.vector(NEURONS), data, lines.toArray(String[]::new));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {51, 52})
    void bothEnginesEndAlikeWhereverTheyAreStopped(long seed) {
        Random random = new Random(seed);
        long busy = 0;
        for (int i = 0; i < 60; i++) {
            Target target = target(random);
            int steps = STEPS[i % STEPS.length];
            Program program = program(random, target, steps);
            int[] input = random.ints(NEURONS, -1, steps + 1).toArray();
            MachineRun run = new Machine(program, target, Engine.all()).run(input);
            busy += run.counts().busyCycles(Component.LOAD);
            assertEquals(IntStream.of(input).filter(step -> step >= 0).count(), run.counts().total(Counter.SPIKE_READS), "all that was loaded is stored");
            long stop = random.nextLong(run.counts().cycles());
            assertEquals(Optional.empty(), new Machine(program, target, Engine.REFERENCE).stateAfter(input, stop)
                    .difference(new Machine(program, target, Engine.FAST).stateAfter(input, stop)), "seed " + seed + ", case " + i + ", cycle " + stop);
        }
        assertTrue(busy > 30_000, busy + " cycles of bursts");
    }
}
