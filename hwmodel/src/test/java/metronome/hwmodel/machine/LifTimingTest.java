package metronome.hwmodel.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import metronome.core.network.Shape;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Counts;
import metronome.hwmodel.count.Stall;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import org.junit.jupiter.api.Test;

/** Does the LIF array take the cycles that its rules say? Each expectation is worked out from the rule it names. */
class LifTimingTest {
    private static final int T = 3;
    private static final Shape TWO = Shape.vector(2);
    private static final String LOAD = "load.spikes region=0 steps=3 dram=0x4000 signal0=1\n"
            + "load.weights bytes=%d dram=0x8000 signal0=2\n";
    private static final String END = "store.spikes region=1 steps=3 wait0=3 signal0=4\nend wait0=4\n";

    private static Target chip(int lanes, int banks) {
        return Target.preset().with(TargetField.LANES, "" + lanes).with(TargetField.BANKS, "" + banks);
    }

    /** 2 inputs, so many neurons, all weights 1, biases 0; the tile is the layer. */
    private static Counts dense(Target target, int neurons, int[] spikes, String body) {
        byte[] data = new byte[6 * neurons];
        java.util.Arrays.fill(data, 4 * neurons, data.length, (byte) 1);
        String shape = "lif.shape inChannels=2 kernelHeight=1 kernelWidth=1 inHeight=1 inWidth=1 outHeight=1 outWidth=1 "
                + "stride=1 wait0=1\nlif.tile rows=1 channels=" + neurons + " wait0=2\n";
        return SmallPrograms.run(target, T, TWO, Shape.vector(neurons), spikes, data,
                LOAD.formatted(data.length) + shape + body + END).counts();
    }

    private static String integrate(int neurons) {
        return "lif.integrate region=0 to=3 release=1 weights=" + 4 * neurons + "\n";
    }

    private static final String FIRE = "lif.fire region=1 to=3 flush=1 signal0=3\n";

    private static long busy(Counts counts) {
        return counts.busyCycles(Component.LIF);
    }

    private static long stalls(Counts counts, Stall cause) {
        return counts.stallCycles(Component.LIF, cause);
    }

    @Test
    void clearSweepsOnce() {
        long without = busy(dense(chip(16, 16), 40, new int[] {0, 1}, FIRE));
        assertEquals(without + 1 + 3, busy(dense(chip(16, 16), 40, new int[] {0, 1}, "lif.clear\n" + FIRE)), "UNIT-1, LIF-2");
        without = busy(dense(chip(16, 7), 40, new int[] {0, 1}, FIRE));
        assertEquals(without + 1 + 6, busy(dense(chip(16, 7), 40, new int[] {0, 1}, "lif.clear\n" + FIRE)), "w = 7 banks");
    }

    @Test
    void integrateLeaksFetchesAddsAndDrains() {
        long without = busy(dense(chip(16, 16), 40, new int[] {0, 2}, FIRE));
        Counts counts = dense(chip(16, 16), 40, new int[] {0, 2}, integrate(40) + FIRE);
        assertEquals(without + 1 + 3 * 3 + 2 * (1 + 3), busy(counts),
                "taken; 3 leak sweeps of 3 rows; 2 events of a fetch and 3 groups");
        assertEquals(2 * 3, stalls(counts, Stall.DRAIN), "LIF-6: 4 stages, two steps with events");
        assertEquals(80, counts.total(Counter.UPDATES));
        assertEquals(2, counts.total(Counter.EVENTS));
        assertEquals(2, counts.total(Counter.SPIKE_READS) - 40, "the store reads 40");
    }

    /** The calculation at the end of docs/microarchitecture.md. */
    @Test
    void theProgramByHandTakesWhatThePageSays() {
        Counts counts = dense(chip(16, 16), 40, new int[] {0, 2}, integrate(40) + FIRE);
        assertEquals(33, busy(counts));
        assertEquals(6, stalls(counts, Stall.DRAIN));
        assertEquals(0, stalls(counts, Stall.ARBITER));
    }

    @Test
    void eventsOfAStepFollowWithoutABubble() {
        long without = busy(dense(chip(64, 64), 40, new int[] {1, 1}, FIRE));
        Counts counts = dense(chip(64, 64), 40, new int[] {1, 1}, integrate(40) + FIRE);
        assertEquals(without + 1 + 3 * 1 + 1 + 2, busy(counts), "3 sweeps, one fetch, two groups");
        assertEquals(3, stalls(counts, Stall.DRAIN));
    }

    @Test
    void potentialsThatShareABankStall() {
        Counts counts = dense(chip(16, 4), 32, new int[] {1, 1}, integrate(32) + FIRE);
        assertEquals(2 * 2 * 3, stalls(counts, Stall.POTENTIAL_BANK), "2 events of 2 groups, 16 entries on 4 banks");
        assertEquals(0, stalls(counts, Stall.WEIGHT_BANK));
    }

    @Test
    void weightWordsThatShareABankStall() {
        Target target = chip(16, 16).with(TargetField.WEIGHT_WORD, "4").with(TargetField.WEIGHT_BANKS, "2");
        Counts counts = dense(target, 32, new int[] {1, 1}, integrate(32) + FIRE);
        assertEquals(2 * 2 * 1, stalls(counts, Stall.WEIGHT_BANK), "16 bytes are 4 words on 2 banks, a cycle too many");
        assertEquals(16 + 0, counts.total(Counter.WEIGHT_READS), "2 events of 2 groups of 4 words");
        assertEquals(0, stalls(counts, Stall.POTENTIAL_BANK));
    }

    @Test
    void portsServeSeveralAccessesOfABank() {
        Target target = chip(16, 4).with(TargetField.POTENTIAL_PORTS, "2");
        Counts counts = dense(target, 32, new int[] {1, 1}, integrate(32) + FIRE);
        assertEquals(2 * 2 * 1, stalls(counts, Stall.POTENTIAL_BANK), "LIF-4: 4 entries in a bank, two at a time");
        long without = busy(dense(target, 40, new int[] {0, 1}, FIRE));
        assertEquals(without + 1 + 5, busy(dense(target, 40, new int[] {0, 1}, "lif.clear\n" + FIRE)), "w = 4 x 2");
        Target three = chip(16, 4).with(TargetField.POTENTIAL_PORTS, "3");
        assertEquals(2 * 2 * 1, stalls(dense(three, 32, new int[] {1, 1}, integrate(32) + FIRE), Stall.POTENTIAL_BANK),
                "three and one");
        Target words = chip(16, 16).with(TargetField.WEIGHT_WORD, "4").with(TargetField.WEIGHT_BANKS, "1");
        String body = integrate(32) + FIRE;
        assertEquals(2 * 2 * 3, stalls(dense(words, 32, new int[] {1, 1}, body), Stall.WEIGHT_BANK), "4 words");
        words = words.with(TargetField.WEIGHT_PORTS, "3");
        assertEquals(2 * 2 * 1, stalls(dense(words, 32, new int[] {1, 1}, body), Stall.WEIGHT_BANK), "LIF-5: three and one");
        without = busy(dense(words, 40, new int[] {0, 1}, FIRE));
        assertEquals(without + 1 + 14 + 3, busy(dense(words, 40, new int[] {0, 1}, "lif.bias\n" + FIRE)),
                "LIF-7: 40 words, 3 a cycle");
    }

    @Test
    void moreSlotsReadAheadWhileTheArraySweeps() {
        Target target = chip(16, 16).with(TargetField.EVENT_SLOTS, "2");
        long without = busy(dense(target, 40, new int[] {0, 2}, FIRE));
        Counts counts = dense(target, 40, new int[] {0, 2}, integrate(40) + FIRE);
        assertEquals(without + 1 + 3 * 3 + (1 + 3) + 3, busy(counts), "MEM-5: only the first event is waited for");
        assertEquals(2 * 3, stalls(counts, Stall.DRAIN));
        assertEquals(2, counts.total(Counter.SPIKE_READS) - 40);
        counts = dense(target, 40, new int[] {1, 1}, integrate(40) + FIRE);
        assertEquals(without + 1 + 3 * 3 + 3 + 3, busy(counts), "both are there before the first sweep ends");
    }

    @Test
    void biasReadsWordsThenSweeps() {
        Target target = chip(16, 16).with(TargetField.WEIGHT_WORD, "4").with(TargetField.WEIGHT_BANKS, "8");
        long without = busy(dense(target, 40, new int[] {0, 1}, FIRE));
        assertEquals(without + 1 + 5 + 3, busy(dense(target, 40, new int[] {0, 1}, "lif.bias\n" + FIRE)),
                "LIF-7: 40 words on 8 banks, 3 rows");
    }

    @Test
    void fireSweepsEachStepAndWaitsForTheArbiter() {
        Target target = chip(16, 16).with(TargetField.ARBITER_WIDTH, "2").with(TargetField.FIRE_QUEUE, "4");
        Counts counts = dense(target, 16, new int[] {0, 1}, FIRE);
        assertEquals(2 + 1 + 4, busy(counts), "shape, tile, fire taken; 4 sweeps of one row");
        // All 16 fire at step 0 (V = 0 = threshold). Latch 16; queue of 4 fills: cycle 1 after the sweep 4 enter; then 2
        // leave and 2 enter a cycle only every other cycle, since room is judged at the end of the cycle before.
        assertEquals(arbiterStalls(16, 2, 4, 3), stalls(counts, Stall.ARBITER), "LIF-9, LIF-10");
        assertEquals(16, counts.total(Counter.FIRED));
    }

    @Test
    void aSweepWaitsWhileOneEventHasNoRoom() {
        Target target = chip(5, 5).with(TargetField.ARBITER_WIDTH, "2").with(TargetField.FIRE_QUEUE, "4");
        Counts counts = dense(target, 5, new int[] {0, 1}, FIRE);
        assertEquals(2, stalls(counts, Stall.ARBITER), "LIF-9: 4 of 5 enter; room again two cycles later");
        assertEquals(1, stalls(dense(target.with(TargetField.FIRE_QUEUE, "5"), 5, new int[] {0, 1}, FIRE),
                Stall.ARBITER), "all 5 enter at once; 4 leave during the other sweeps, the last one after them");
    }

    /** LIF-9 and LIF-10 once more, for one row that fires in the first sweep and so many sweeps that follow. */
    private static int arbiterStalls(int latched, int width, int capacity, int sweepsLeft) {
        int latch = latched;
        int queue = 0;
        int sweeps = sweepsLeft;
        int stalls = 0;
        while (latch > 0 || queue > 0 || sweeps > 0) {
            int leaving = Math.min(width, queue);
            int entering = Math.min(latch, capacity - queue);
            queue += entering - leaving;
            latch -= entering;
            if (latch == 0 && sweeps > 0) {
                sweeps--;
            } else {
                stalls++;
            }
        }
        return stalls;
    }

    @Test
    void lazyLeakHasNoSweepsAndMultipliesWhereItTouches() {
        Target target = chip(16, 16).with(TargetField.LEAK, "lazy").with(TargetField.POWER_ENTRIES, "1");
        String body = integrate(40) + "lif.bias biases=0\n" + FIRE;
        long registers = 2 + 1 + 4 * 3;
        Counts counts = dense(target, 40, new int[] {0, 2}, body);
        // LIF-17: both events a fetch and 3 groups, the second with a gap of 2 a cycle more; LIF-18: a gap of 1, none more.
        assertEquals(registers + 1 + (1 + 3) + (1 + 3 + 1) + 1 + 1 + 3, busy(counts));
        assertEquals(40 * 2 + 40, counts.total(Counter.LEAKS), "LIF-19; all fire at step 0, before any leak of the window");
        assertEquals(3 * 40, counts.total(Counter.STAMP_READS), "LIF-19");
        assertEquals(2 * 40, counts.total(Counter.STAMP_WRITES), "LIF-19: not at step 0, whose gap is 0");
        Counts wide = dense(target.with(TargetField.POWER_ENTRIES, "2"), 40, new int[] {0, 2}, body);
        assertEquals(busy(counts) - 1, busy(wide));
        assertEquals(40, counts.total(Counter.LEAKS) - wide.total(Counter.LEAKS));
        Counts late = dense(target, 40, new int[] {0, 0}, body);
        assertEquals(registers + 1 + (1 + 3 + 3) + 1 + 1 + 3 + 2, busy(late), "LIF-18: a gap of 3");
    }

    @Test
    void neuronsThatHaveFiredCostNoAction() {
        Counts counts = dense(chip(16, 16), 16, new int[] {0, 1}, FIRE);
        assertEquals(16, counts.total(Counter.TICKS), "DATA-5: all fire at step 0");
        assertEquals(0, counts.total(Counter.LEAKS));
        Counts slow = dense(chip(16, 16), 16, new int[] {0, 1},
                "lif.neuron threshold=1000 leak=65535 wait1=0\n" + FIRE);
        assertEquals(4 * 16, slow.total(Counter.TICKS), "none fires before the flush");
        assertEquals(3 * 16, slow.total(Counter.LEAKS), "no leak at step 0");
        assertEquals(4 * 16, slow.total(Counter.COMPARES));
    }

    @Test
    void readOutSweepsAndWritesOneEvent() {
        Counts counts = dense(chip(16, 16), 40, new int[] {0, 1}, "lif.readout region=1 first=1 last=1 signal0=3\n");
        assertEquals(2 + 1 + 3, busy(counts), "LIF-11");
        assertEquals(2, stalls(counts, Stall.ARBITER), "latch to queue, queue to buffer");
        assertEquals(40, counts.total(Counter.COMPARES));
    }
}
