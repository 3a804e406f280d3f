package metronome.traces.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import metronome.core.data.Samples;
import metronome.core.network.Network;
import metronome.core.network.Node;
import metronome.core.network.Operator;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.rival.Coding;
import metronome.core.rival.RivalNetwork;
import metronome.core.tensor.Tensor;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import org.junit.jupiter.api.Test;

/** Are levels and steps of a program chosen by the rule, and does it get the spike buffer that it needs? */
class RivalOnMachineTest {
    /** Which pair of pixels is brighter: 200, 200 against 150, 150; class 0 is the first pair. */
    private static final Samples PAIRS = new Samples(new Shape(1, 1, 4), new byte[] {(byte) 200, (byte) 200, (byte) 150, (byte) 150,
        (byte) 150, (byte) 150, (byte) 200, (byte) 200}, new int[] {0, 1});

    private static RivalSearch search(Coding coding, int unit, int steps) {
        Network network = new Network("pairs", new Shape(1, 1, 4), List.of(
                new Node("c", new Operator.Convolution(Window.square(1, 1), Tensor.filled(1, 1, 1, 1, 1), Tensor.zeros(1)),
                        List.of(Network.INPUT)),
                new Node("r", new Operator.Rectifier(), List.of("c")),
                new Node("d", new Operator.Dense(Tensor.of(new float[] {1, 1, 0, 0, 0, 0, 1, 1}, 2, 4), Tensor.zeros(2)), List.of("r"))));
        return new RivalSearch(new RivalNetwork(network, coding, unit), 100, steps, 1);
    }

    private static RivalOnMachine run(RivalSearch found, int most, Target target, Integer... levels) {
        return RivalOnMachine.of(found, new RivalOnMachine.Order(PAIRS, PAIRS, 2, List.of(levels), most, target, 1, Watcher.NONE));
    }

    /**
     * With a threshold of 4 steps, in 7ths: 5 fires after step 6, 4 after step 7. In halves and thirds both are equal; fifteenths tell them
     * apart after step 5, but need 15 steps.
     */
    @Test
    void theFewestStepsThatTellClassesApart() {
        RivalOnMachine run = run(search(Coding.FIRST_SPIKE, 4, 10), 20, Target.preset(), 1, 3, 7, 15);
        assertEquals(7, run.levels());
        assertEquals(7, run.steps());
        assertEquals(1, run.accuracy());
        assertEquals(1, run.spikesPerNeuron(), "all four, once");
        assertEquals(0, run.differing());
        assertEquals(15, run(search(Coding.FIRST_SPIKE, 4, 10), 20, Target.preset(), 3, 15).steps());
        RivalOnMachine blind = run(search(Coding.FIRST_SPIKE, 4, 10), 20, Target.preset(), 3);
        assertEquals(0.5, blind.accuracy());
        assertEquals(3, blind.steps());
        assertEquals(1, run(search(Coding.FIRST_SPIKE, 4, 3), 20, Target.preset(), 1, 7).steps(), "6 steps at most: 7 levels are too many");
    }

    /**
     * Two layers of four neurons, of which the first announces itself at step 1. In 7ths the first fires after 6 and 7 steps; each of the second
     * hears one of them, whose announcement is withdrawn then, and fires when it has heard it for four steps.
     */
    @Test
    void announcementsAreNoSpikesOfNeurons() {
        Operator one = new Operator.Convolution(Window.square(1, 1), Tensor.filled(1, 1, 1, 1, 1), Tensor.zeros(1));
        Network network = new Network("pairs", new Shape(1, 1, 4), List.of(new Node("c", one, List.of(Network.INPUT)),
                new Node("r", new Operator.Rectifier(), List.of("c")), new Node("e", one, List.of("r")),
                new Node("s", new Operator.Rectifier(), List.of("e")),
                new Node("d", new Operator.Dense(Tensor.of(new float[] {1, 1, 0, 0, 0, 0, 1, 1}, 2, 4), Tensor.zeros(2)), List.of("s"))));
        RivalOnMachine run = run(new RivalSearch(new RivalNetwork(network, Coding.FIRST_SPIKE_DYNAMIC, 4), 100, 10, 1), 20, Target.preset(), 7);
        assertEquals(9, run.steps(), "slopes of 1 at the steps 6, 7, 8 and 9");
        assertEquals(1, run.accuracy());
        assertEquals(0, run.differing());
        assertEquals(0.75, run.spikesPerNeuron(), "all of the first layer, half of the second");
    }

    /** Rates of 0.78 and 0.59: after step 2 one has fired, after step 3 the other. */
    @Test
    void ratesHaveNoLevels() {
        RivalOnMachine run = run(search(Coding.RATE, 1, 10), 20, Target.preset(), 9);
        assertEquals(1, run.levels());
        assertEquals(1, run.accuracy());
        assertEquals(0, run.differing());
    }

    /** 18 spikes of pixels and 4 of neurons are in blocks of one at once. */
    @Test
    void theSpikeBufferIsDoubledUntilTheImagesFit() {
        Target small = Target.preset().with(TargetField.SPIKE_BLOCKS, "4").with(TargetField.BLOCK_EVENTS, "1");
        RivalOnMachine run = run(search(Coding.FIRST_SPIKE, 4, 10), 20, small, 7);
        assertEquals(32, run.spikeBlocks());
        assertEquals(0, run.differing());
        assertEquals(22, run(search(Coding.FIRST_SPIKE, 4, 10), 20, small.with(TargetField.SPIKE_BLOCKS, "11"), 7).spikeBlocks() / 2);
        assertEquals(8192, run(search(Coding.FIRST_SPIKE, 4, 10), 20, Target.preset(), 7).spikeBlocks());
    }
}
