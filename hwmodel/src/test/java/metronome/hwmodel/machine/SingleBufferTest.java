package metronome.hwmodel.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import metronome.core.code.Rounding;
import metronome.core.code.TemporalCode;
import metronome.core.code.ZeroPolicy;
import metronome.core.io.DataException;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.spiking.FiringRecord;
import metronome.core.spiking.FixedLayer;
import metronome.core.spiking.FixedNetwork;
import metronome.core.spiking.FixedSimulator;
import metronome.core.spiking.FixedWeights;
import metronome.core.spiking.Readout;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counts;
import metronome.hwmodel.count.Stall;
import metronome.isa.compiler.SpikingCompiler;
import metronome.isa.instruction.Instruction;
import metronome.isa.instruction.LoadOperation;
import metronome.isa.program.Program;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import org.junit.jupiter.api.Test;

/** Do weights too large for a half of their scratchpad take all of it, and does their load then wait for the array? */
class SingleBufferTest {
    private static final long SEED = 20261128;
    private static final int STEPS = 5;
    private static final int INPUTS = 600;

    private static FixedLayer dense(SplittableRandom random, String name, int in, int out) {
        return new FixedLayer.Synapses(name, Shape.vector(in), Shape.vector(out), Window.covering(Shape.vector(in)),
                FixedWeights.of(random.ints((long) in * out, -100, 100).toArray()), random.ints(out, -500, 500).toArray(), 0,
                700, 300, 90, 0, 1);
    }

    /** Dense layers from {@link #INPUTS} inputs on. */
    private static FixedNetwork network(SplittableRandom random, int... widths) {
        TemporalCode code = new TemporalCode(3, STEPS, Rounding.HALF_STEP, ZeroPolicy.FLOOR);
        List<FixedLayer> layers = new ArrayList<>();
        int in = INPUTS;
        for (int width : widths) {
            layers.add(dense(random, "layer" + layers.size(), in, width));
            in = width;
        }
        return new FixedNetwork("dense", code, Readout.LAST_SPIKE, 8, 24, (int) Math.round(65536 * code.leak()),
                Shape.vector(INPUTS), layers);
    }

    private static Target chip(int weightBytes) {
        return Target.preset().with(TargetField.WEIGHT_BYTES, "" + weightBytes).with(TargetField.WEIGHT_BANKS, "4");
    }

    private static MachineRun run(FixedNetwork network, Target target, String where) {
        int[] input = IntStream.range(0, INPUTS).map(i -> i % (STEPS + 1)).toArray();
        FiringRecord expected = new FixedSimulator(network).run(input);
        MachineRun run = new Machine(SpikingCompiler.compile(network, target), target, Engine.all()).run(input);
        for (int l = 0; l < network.layers().size(); l++) {
            assertArrayEquals(expected.steps()[l], run.steps()[l + 1], where + ", layer " + l);
        }
        return run;
    }

    /** All but the cycles in which it waits for a semaphore: the loads themselves. */
    private static long loading(Counts counts) {
        return counts.busyCycles(Component.LOAD) + counts.stallCycles(Component.LOAD, Stall.DRAM_LATENCY)
                + counts.stallCycles(Component.LOAD, Stall.DRAM_QUEUE);
    }

    /**
     * The bias of a tile is added in cycle t. The load is taken in t + 1 and ends d cycles later; the array fires from t + 1 on
     * for f cycles and could take the next tile in t + f + 1, but must wait to t + d + 2: d + 1 - f stalls, of d + 1 cycles
     * of loading (UNIT-1 to UNIT-3).
     */
    @Test
    void aLoadBeginsWhenTheArrayIsDone() {
        Counts one = run(network(new SplittableRandom(SEED), 1), chip(1024), "one tile").counts();
        MachineRun tiles = run(network(new SplittableRandom(SEED), 4), chip(1024), "four tiles");
        Counts four = tiles.counts();
        // Taken, a sweep for each step, and two cycles behind that of the spike: from the latch to the queue, and written.
        int fire = IntStream.range(0, 3).map(i -> 1 + Math.max(STEPS + 1, tiles.steps()[1][i] + 1 + 2)).sum();
        assertEquals(loading(four) - loading(one) - fire, four.stallCycles(Component.LIF, Stall.SEMAPHORE)
                - one.stallCycles(Component.LIF, Stall.SEMAPHORE));
        Counts hidden = run(network(new SplittableRandom(SEED), 4), chip(2048), "in halves").counts();
        assertTrue(hidden.cycles() < four.cycles(), "in halves " + hidden.cycles() + ", else " + four.cycles());
        assertEquals(hidden.busyCycles(Component.LIF), four.busyCycles(Component.LIF), "the work is the same");
    }

    private static List<LoadOperation.LoadWeights> loads(Program program) {
        return program.cores().getFirst().stream().map(Instruction::operation)
                .filter(LoadOperation.LoadWeights.class::isInstance).map(LoadOperation.LoadWeights.class::cast).toList();
    }

    /** Layers that need a half, the whole and a half again follow each other. */
    @Test
    void wholesAndHalvesFollowEachOther() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 60; i++) {
            FixedNetwork network = network(random, random.nextInt(1, 8), random.nextInt(300, 700), random.nextInt(1, 6),
                    random.nextInt(1, 9));
            Target target = chip(1024).with(TargetField.QUEUE_DEPTH, "" + random.nextInt(1, 9))
                    .with(TargetField.FIRE_UNIT, random.nextBoolean() ? "separate" : "shared");
            String where = "seed " + SEED + ", case " + i;
            List<LoadOperation.LoadWeights> loads = loads(SpikingCompiler.compile(network, target));
            assertTrue(loads.stream().anyMatch(l -> l.bytes() > 512 && l.scratch() == 0), where);
            assertTrue(loads.stream().anyMatch(l -> l.bytes() <= 512 && l.scratch() == 512), where);
            run(network, target, where);
        }
    }

    @Test
    void whatTheWholeDoesNotHoldIsRefusedWithNeedAndLimit() {
        FixedNetwork network = network(new SplittableRandom(SEED), 2);
        assertEquals("layer layer0: weights and bias of one output channel take 616 bytes, the whole weight scratchpad has "
                + "614 (weights.bytes)", assertThrows(DataException.class,
                () -> SpikingCompiler.compile(network, chip(615))).getMessage());
        assertEquals(616, loads(SpikingCompiler.compile(network, chip(616))).getFirst().bytes());
    }
}
