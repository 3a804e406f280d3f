package metronome.hwmodel.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import metronome.core.network.Shape;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Counts;
import metronome.hwmodel.count.Stall;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import org.junit.jupiter.api.Test;

/** LIF-4 on convolutions: borders that reach less, and rows of a group that meet in a bank. */
class ConvolutionTimingTest {
    private static final Shape IN = new Shape(1, 6, 6);
    private static final Shape OUT = new Shape(2, 4, 4);

    /** A 3 x 3 convolution to 2 channels; one spike at step 0. */
    private static Counts oneSpike(int lanes, int banks, int row, int column) {
        int[] spikes = new int[IN.size()];
        Arrays.fill(spikes, -1);
        spikes[row * 6 + column] = 0;
        Target target = Target.preset().with(TargetField.LANES, "" + lanes).with(TargetField.BANKS, "" + banks);
        return SmallPrograms.run(target, 1, IN, OUT, spikes, new byte[8 + 18],
                "load.spikes region=0 steps=1 dram=0x4000 signal0=1",
                "load.weights bytes=26 dram=0x8000 signal0=2",
                "lif.shape inChannels=1 kernelHeight=3 kernelWidth=3 inHeight=6 inWidth=6 outHeight=4 outWidth=4 "
                        + "stride=1 wait0=1",
                "lif.tile rows=4 channels=2 wait0=2",
                "lif.integrate region=0 to=0 release=1 weights=8",
                "lif.fire region=1 to=1 flush=1 signal0=3",
                "store.spikes region=1 steps=1 wait0=3 signal0=4",
                "end wait0=4").counts();
    }

    @Test
    void cornersReachOneNeuronAChannelAndTheMiddleNine() {
        assertEquals(2, oneSpike(64, 64, 0, 0).total(Counter.UPDATES));
        assertEquals(4, oneSpike(64, 64, 0, 1).total(Counter.UPDATES));
        assertEquals(2 * 9, oneSpike(64, 64, 2, 3).total(Counter.UPDATES));
        assertEquals(2, oneSpike(64, 64, 5, 5).total(Counter.UPDATES));
    }

    @Test
    void groupsAreCutAtTheNumberOfLanes() {
        long corner = oneSpike(4, 64, 0, 0).busyCycles(Component.LIF);
        long middle = oneSpike(4, 64, 2, 2).busyCycles(Component.LIF);
        assertEquals(Math.ceilDiv(18, 4) - 1, middle - corner, "18 entries in groups of 4, against one group");
    }

    @Test
    void rowsOfAGroupThatMeetInABankStall() {
        // The middle reaches columns 1 to 3 (6 potentials) of rows 1 to 3; rows are 8 potentials apart. On 8 banks
        // the three rows fall on the same six banks: 3 cycles. On 64 banks they do not meet.
        assertEquals(2, oneSpike(64, 8, 3, 3).stallCycles(Component.LIF, Stall.POTENTIAL_BANK));
        assertEquals(0, oneSpike(64, 64, 3, 3).stallCycles(Component.LIF, Stall.POTENTIAL_BANK));
    }

    /** 4 channels on 3 x 3 positions to 8 in groups, 3 x 3 kernel, padding 1; one spike of input channel 1. */
    private static Counts grouped(int inputs, int outputs, int dilation, int firstChannel, int channels) {
        Shape in = new Shape(4, 5, 5);
        int[] spikes = new int[in.size()];
        Arrays.fill(spikes, -1);
        spikes[25 + 12] = 0;
        int padding = dilation;
        return SmallPrograms.run(Target.preset(), 1, in, new Shape(8, 5, 5), spikes, new byte[64 + inputs * 9 * 8],
                "load.spikes region=0 steps=1 dram=0x4000 signal0=1",
                "load.weights bytes=" + (64 + inputs * 9 * 8) + " dram=0x8000 signal0=2",
                "lif.shape inChannels=4 kernelHeight=3 kernelWidth=3 inHeight=5 inWidth=5 outHeight=5 outWidth=5 "
                        + "stride=1 padding=" + padding + " wait0=1",
                "lif.groups inputs=" + inputs + " outputs=" + outputs + " dilation=" + dilation,
                "lif.tile rows=5 firstChannel=" + firstChannel + " channels=" + channels + " wait0=2",
                "lif.integrate region=0 to=0 release=1 weights=64",
                "lif.fire region=1 to=1 flush=1 signal0=3",
                "store.spikes region=1 steps=1 wait0=3 signal0=4",
                "end wait0=4").counts();
    }

    @Test
    void anEventReachesTheChannelsOfItsGroupThatAreInTheTile() {
        assertEquals(9 * 8, grouped(4, 8, 1, 0, 8).total(Counter.UPDATES), "one group");
        assertEquals(9 * 4, grouped(2, 4, 1, 0, 8).total(Counter.UPDATES), "two groups, as AlexNet has");
        assertEquals(9 * 2, grouped(1, 2, 1, 0, 8).total(Counter.UPDATES), "depth-wise: channels 2 and 3");
        assertEquals(9, grouped(1, 2, 1, 3, 5).total(Counter.UPDATES), "the tile begins with channel 3");
        assertEquals(9 * 4, grouped(4, 8, 2, 0, 4).total(Counter.UPDATES), "dilation 2: every other row and column");
    }

    @Test
    void anEventOfAnotherGroupCostsACycle() {
        Counts reached = grouped(2, 4, 1, 0, 4);
        Counts missed = grouped(2, 4, 1, 4, 4);
        assertEquals(0, missed.total(Counter.UPDATES));
        assertEquals(0, missed.total(Counter.WEIGHT_READS));
        assertEquals(3, reached.stallCycles(Component.LIF, Stall.DRAIN), "LIF-6");
        assertEquals(0, missed.stallCycles(Component.LIF, Stall.DRAIN), "LIF-6: nothing was added");
        assertEquals(0, reached.busyCycles(Component.LIF) - missed.busyCycles(Component.LIF),
                "LIF-5: 36 entries are one group of 256 lanes, as long as nothing");
    }

    @Test
    void weightsOfAChannelOfAGroupBeginWhereLif5Says() {
        // Channel 1 is the second of its group: weights 9 * 8 to 2 * 9 * 8 from byte 64 on, of which channels 0 to 3 are
        // read: bytes 136 + 8 k + 0..3 for nine taps k, in the words 8 to 12 of 16 bytes.
        assertEquals(5, grouped(2, 4, 1, 0, 8).total(Counter.WEIGHT_READS));
    }

    @Test
    void weightsOfAGroupAreReadOncePerWord() {
        // Weights 8 to 25 of the scratchpad: the words 0 and 1 of 16 bytes.
        assertEquals(2, oneSpike(64, 64, 3, 3).total(Counter.WEIGHT_READS));
    }
}
