package metronome.hwmodel.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import metronome.core.network.Shape;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Counts;
import metronome.hwmodel.count.Stall;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import org.junit.jupiter.api.Test;

/** Does the pooling unit take the cycles of POOL-1 to POOL-4, and give the latest spike of each window? */
class PoolTimingTest {
    private static final Shape IN = new Shape(1, 4, 4);

    private static MachineRun pool(int lanes, int kernel, int stride, int[] spikes, boolean counting) {
        int out = (4 - kernel) / stride + 1;
        Target target = Target.preset().with(TargetField.POOL_LANES, "" + lanes)
                .with(TargetField.ARBITER_WIDTH, "16");
        return SmallPrograms.run(target, 3, IN, new Shape(1, out, out), spikes, new byte[16],
                "load.spikes region=0 steps=3 dram=0x4000 signal0=1",
                "pool.shape channels=1 kernelHeight=" + kernel + " kernelWidth=" + kernel
                        + " inHeight=4 inWidth=4 outHeight=" + out + " outWidth=" + out + " stride=" + stride,
                "pool.spikes source=0 destination=1 to=3 counting=" + (counting ? 1 : 0) + " wait0=1 signal0=3",
                "store.spikes region=1 steps=3 wait0=3 signal0=4",
                "end wait0=4");
    }

    private static final int[] ALL = {0, 1, 2, 3, 0, 0, 0, 0, 3, 3, 1, 1, 2, 0, 1, 0};

    @Test
    void countingEmitsAtTheLastArrival() {
        MachineRun run = pool(2, 2, 2, ALL, true);
        assertArrayEquals(new int[] {1, 3, 3, 1}, run.steps()[1]);
        Counts counts = run.counts();
        assertEquals(1 + 1 + 2 + 4 + 16, counts.busyCycles(Component.POOL),
                "UNIT-1 twice; POOL-1: 4 windows on 2 lanes; a fetch for each of 4 steps; 16 arrivals");
        assertEquals(16, counts.total(Counter.POOL_UPDATES));
        assertEquals(2, counts.stallCycles(Component.POOL, Stall.ARBITER), "the last event: queue, then buffer");
    }

    @Test
    void keepingTheLatestScansEveryStep() {
        MachineRun run = pool(2, 2, 2, ALL, false);
        assertArrayEquals(new int[] {1, 3, 3, 1}, run.steps()[1]);
        Counts counts = run.counts();
        assertEquals(1 + 1 + 2 + 4 + 16 + 4 * 2, counts.busyCycles(Component.POOL), "POOL-4: 4 scans of 2 cycles");
        assertEquals(4 + 4 * 4, counts.total(Counter.POOL_SCANS));
    }

    @Test
    void windowsWithoutASpikeStaySilent() {
        int[] spikes = new int[16];
        java.util.Arrays.fill(spikes, -1);
        spikes[5] = 2;
        assertArrayEquals(new int[] {2, -1, -1, -1}, pool(2, 2, 2, spikes, false).steps()[1]);
    }

    @Test
    void overlappingWindowsCostACycleEach() {
        int[] spikes = new int[16];
        java.util.Arrays.fill(spikes, -1);
        spikes[5] = 2;
        Counts counts = pool(16, 2, 1, spikes, false).counts();
        assertEquals(1 + 1 + 1 + 1 + 4 + 4, counts.busyCycles(Component.POOL),
                "taken twice, clear, fetch, 4 windows hold the neuron, 4 scans");
        counts = pool(16, 1, 3, spikes, false).counts();
        assertEquals(1 + 1 + 1 + 1 + 1 + 4, counts.busyCycles(Component.POOL), "POOL-2: no window holds it, one cycle");
        assertEquals(0, counts.total(Counter.POOL_UPDATES));
    }

    private static MachineRun tiles(boolean counting, String... pools) {
        int[] spikes = new int[2 * 16];
        System.arraycopy(ALL, 0, spikes, 0, 16);
        java.util.Arrays.fill(spikes, 16, 32, 2);
        java.util.List<String> lines = new java.util.ArrayList<>(java.util.List.of(
                "load.spikes region=0 steps=3 dram=0x4000 signal0=1",
                "pool.shape channels=2 kernelHeight=2 kernelWidth=2 inHeight=4 inWidth=4 outHeight=2 outWidth=2 stride=2"));
        lines.addAll(java.util.List.of(pools));
        lines.addAll(java.util.List.of("store.spikes region=1 steps=3 wait0=3 signal0=4", "end wait0=4"));
        Target target = Target.preset().with(TargetField.POOL_LANES, "2").with(TargetField.ARBITER_WIDTH, "16")
                .with(TargetField.POOL_ENTRIES, "16");
        return SmallPrograms.run(target, 3, new Shape(2, 4, 4), new Shape(2, 2, 2), spikes, new byte[16],
                lines.stream().map(line -> line.replace("COUNTING", "counting=" + (counting ? 1 : 0)))
                        .toArray(String[]::new));
    }

    @Test
    void tilesTogetherAreTheLayerAndOthersEventsCostACycle() {
        for (boolean counting : new boolean[] {false, true}) {
            MachineRun run = tiles(counting,
                    "pool.tile firstRow=1 rows=1 channels=2 wait0=1", "pool.spikes source=0 destination=1 to=3 keep=1 COUNTING",
                    "pool.tile rows=1 firstChannel=1 channels=1", "pool.spikes source=0 destination=1 to=3 keep=1 COUNTING",
                    "pool.tile rows=1 channels=1", "pool.spikes source=0 destination=1 to=3 COUNTING signal0=3");
            assertArrayEquals(new int[] {1, 3, 3, 1, 2, 2, 2, 2}, run.steps()[1]);
            Counts counts = run.counts();
            int fetches = 4;
            int scans = counting ? 0 : 4 * (2 + 1 + 1);
            assertEquals(1 + 6 + (2 + 1 + 1) + 3 * (fetches + 32) + scans, counts.busyCycles(Component.POOL),
                    "UNIT-1 seven times; POOL-1 by tile; POOL-2: each of 32 events costs each tile a cycle");
            assertEquals(32, counts.total(Counter.POOL_UPDATES));
        }
    }

    @Test
    void eventsAreRaisedOnTheirWayToABufferButFireAsWhatTheyAre() {
        int[] spikes = new int[16];
        java.util.Arrays.fill(spikes, -1);
        spikes[5] = 2;
        MachineRun run = SmallPrograms.run(Target.preset(), 3, IN, new Shape(7, 2, 2), spikes, new byte[16],
                "load.spikes region=0 steps=3 dram=0x4000 raise=3 signal0=1",
                "pool.shape channels=4 kernelHeight=2 kernelWidth=2 inHeight=4 inWidth=4 outHeight=2 outWidth=2 stride=2",
                "pool.spikes source=0 destination=1 to=3 raise=2 wait0=1 signal0=3",
                "store.spikes region=1 steps=3 wait0=3 signal0=4",
                "end wait0=4");
        assertEquals(2, run.steps()[1][3 * 4], "fired in channel 3, to which load.spikes raised its input");
        assertEquals(2, run.output()[5 * 4], "stored as channel 5");
    }
}
