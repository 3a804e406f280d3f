package metronome.hwmodel.soak;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.SplittableRandom;
import metronome.core.code.Rounding;
import metronome.core.code.TemporalCode;
import metronome.core.code.ZeroPolicy;
import metronome.core.io.DataException;
import metronome.core.network.Network;
import metronome.core.network.NetworkBuilder;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.spiking.FiringRecord;
import metronome.core.spiking.FixedNetwork;
import metronome.core.spiking.FixedSimulator;
import metronome.core.spiking.Readout;
import metronome.core.spiking.SyntheticNetwork;
import metronome.hwmodel.machine.Engine;
import metronome.hwmodel.machine.Machine;
import metronome.hwmodel.machine.MachineRun;
import metronome.isa.compiler.LayerSchedule;
import metronome.isa.compiler.Partition;
import metronome.isa.compiler.SpikePlacement;
import metronome.isa.compiler.SpikingCompiler;
import metronome.isa.instruction.StoreOperation;
import metronome.isa.program.Program;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import metronome.isa.target.TargetRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Are spikes the same wherever they wait for their readers, and does the spike buffer never overflow? */
class SpillTest {
    private static final int CASES = 150;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {71, 72, 73, 74, 75, 76})
    void spikesEqualTheOraclesWhereverTheyWait(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int spilt = 0;
        int refused = 0;
        for (int i = 0; i < CASES; i++) {
            FixedNetwork network = random.nextBoolean() ? RandomNetwork.chain(random) : RandomNetwork.branches(random);
            Target target = RandomTarget.of(random, network)
                    .with(TargetField.POTENTIALS, "" + random.nextInt(40, 300))
                    .with(TargetField.POOL_ENTRIES, "" + random.nextInt(16, 200));
            int[] input = RandomCase.input(random, network);
            FiringRecord expected = new FixedSimulator(network, TargetRules.leakPolicy(target)).run(input);
            for (SpikePlacement placement : SpikePlacement.values()) {
                Target small = placement == SpikePlacement.CHIP ? target : tight(random, network, target, placement);
                String where = "seed " + seed + ", case " + i + ", " + placement + " " + network + small.texts();
                Optional<Program> program = compiled(network, small, placement, where);
                refused += program.isEmpty() ? 1 : 0;
                spilt += program.isPresent() && spills(program.get()) ? 1 : 0;
                program.ifPresent(p -> check(expected, network, p, small, input, where));
            }
        }
        System.out.println("SpillTest seed " + seed + ": " + spilt + " spilt, " + refused + " refused");
        assertTrue(spilt > CASES, spilt + " programs spill");
        assertTrue(refused < CASES / 2, refused + " refused");
    }

    /** A target whose spike buffer has hardly more blocks than the program needs. */
    private static Target tight(SplittableRandom random, FixedNetwork network, Target target, SpikePlacement placement) {
        int fits = target.count(TargetField.SPIKE_BLOCKS);
        int least = 4;
        while (fits - least > 1) {
            int middle = (fits + least) / 2;
            if (compiled(network, target.with(TargetField.SPIKE_BLOCKS, "" + middle), placement, "").isPresent()) {
                fits = middle;
            } else {
                least = middle;
            }
        }
        return target.with(TargetField.SPIKE_BLOCKS, "" + (fits + random.nextInt(1 + fits / 2)));
    }

    private static Optional<Program> compiled(FixedNetwork network, Target target, SpikePlacement placement, String where) {
        try {
            return Optional.of(SpikingCompiler.compile(network, target, placement, Partition.AUTO, LayerSchedule.AUTO));
        } catch (DataException e) {
            boolean known = e.getMessage().contains("(spikes.blocks)") || e.getMessage().contains("let them go to DRAM");
            assertTrue(known, where + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    private static boolean spills(Program program) {
        return program.cores().getFirst().stream().filter(i -> i.operation() instanceof StoreOperation.StoreSpikes).count() > 1;
    }

    private static void check(FiringRecord expected, FixedNetwork network, Program program, Target target, int[] input,
            String where) {
        MachineRun run;
        try {
            run = new Machine(program, target, Engine.all()).run(input);
        } catch (DataException e) {
            throw new AssertionError(where, e);
        }
        int layers = network.layers().size();
        for (int layer = 0; layer < layers; layer++) {
            if (layer < layers - 1 || network.readout() == Readout.LAST_SPIKE) {
                assertArrayEquals(expected.steps()[layer], run.steps()[layer + 1], where + " layer " + layer);
            }
        }
        assertEquals(expected.winner(), run.result(), where);
    }

    /** AlexNet's layers in small. */
    private static Network alexnet() {
        Window pool = Window.square(3, 2);
        return NetworkBuilder.chain("alexnet-small", new Shape(3, 67, 67))
                .convolution("conv1", 8, Window.square(11, 4)).rectifier("r1").maxPool("pool1", pool)
                .convolution("conv2", 16, new Window(5, 5, 1, 2).grouped(2)).rectifier("r2").maxPool("pool2", pool)
                .convolution("conv3", 24, new Window(3, 3, 1, 1)).rectifier("r3")
                .convolution("conv4", 24, new Window(3, 3, 1, 1).grouped(2)).rectifier("r4")
                .convolution("conv5", 16, new Window(3, 3, 1, 1).grouped(2)).rectifier("r5").maxPool("pool5", pool)
                .dense("fc6", 48).rectifier("r6").dense("fc7", 48).rectifier("r7").dense("fc8", 10).build();
    }

    private static SyntheticNetwork small(int steps) {
        return SyntheticNetwork.of(alexnet(), new SyntheticNetwork.Settings(1,
                new TemporalCode(3, steps, Rounding.HALF_STEP, ZeroPolicy.SILENT), 0.5, 24));
    }

    @Test
    void aSmallAlexNetRunsWhereverItsSpikesWait() {
        SyntheticNetwork made = small(12);
        FiringRecord expected = new FixedSimulator(made.network()).run(made.image());
        Target target = Target.preset().with(TargetField.POTENTIALS, "300").with(TargetField.WEIGHT_BYTES, "8192");
        for (SpikePlacement placement : SpikePlacement.values()) {
            Target chip = placement == SpikePlacement.AUTO ? target.with(TargetField.SPIKE_BLOCKS, "340") : target;
            Program program = SpikingCompiler.compile(made.network(), chip, placement, Partition.AUTO, LayerSchedule.AUTO);
            assertEquals(placement != SpikePlacement.CHIP, spills(program), placement.toString());
            assertEquals(placement == SpikePlacement.CHIP ? 1 : 67, program.map().inputBands().size());
            check(expected, made.network(), program, chip, made.image(), placement.toString());
        }
    }

    @Test
    void aProgramsSizeDoesNotGrowWithTheSteps() {
        assertEquals(SpikingCompiler.compile(small(6).network(), Target.preset(), SpikePlacement.DRAM, Partition.AUTO, LayerSchedule.AUTO).instructions(),
                SpikingCompiler.compile(small(60).network(), Target.preset(), SpikePlacement.DRAM, Partition.AUTO, LayerSchedule.AUTO).instructions());
    }

    @Test
    void whatDoesNotFitIsRefusedWithNeedAndField() {
        SyntheticNetwork made = small(12);
        Target target = Target.preset().with(TargetField.SPIKE_BLOCKS, "20");
        assertEquals("layer conv1: the 13467 spikes that may reach it and the 1800 that it may emit need 977 blocks of the "
                + "spike buffer to stay on the chip, the target has 20 (spikes.blocks)", refusal(made, target,
                SpikePlacement.CHIP));
        assertEquals("layer conv1: the 13467 spikes that may reach it and the 1800 that it may emit need 35 blocks of the "
                + "spike buffer, a tile at a time, the target has 20 (spikes.blocks)", refusal(made, target,
                SpikePlacement.AUTO));
    }

    private static String refusal(SyntheticNetwork made, Target target, SpikePlacement placement) {
        return assertThrows(DataException.class, () -> SpikingCompiler.compile(made.network(), target, placement, Partition.AUTO, LayerSchedule.AUTO))
                .getMessage();
    }
}
