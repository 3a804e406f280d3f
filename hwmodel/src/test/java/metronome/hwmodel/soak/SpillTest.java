package metronome.hwmodel.soak;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.SplittableRandom;
import metronome.core.io.DataException;
import metronome.core.spiking.FiringRecord;
import metronome.core.spiking.FixedNetwork;
import metronome.core.spiking.FixedSimulator;
import metronome.core.spiking.Readout;
import metronome.hwmodel.machine.Machine;
import metronome.hwmodel.machine.MachineRun;
import metronome.isa.compiler.SpikePlacement;
import metronome.isa.compiler.SpikingCompiler;
import metronome.isa.instruction.Operation;
import metronome.isa.program.Program;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Are spikes the same wherever they wait for their readers, and does the spike buffer never overflow? */
class SpillTest {
    private static final int CASES = 150;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {71, 72, 73, 74})
    void spikesEqualTheOraclesWhereverTheyWait(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int spilt = 0;
        int refused = 0;
        for (int i = 0; i < CASES; i++) {
            FixedNetwork network = random.nextBoolean() ? RandomCase.network(random) : RandomCase.branches(random);
            Target target = RandomCase.target(random, network)
                    .with(TargetField.POTENTIALS, "" + random.nextInt(40, 300))
                    .with(TargetField.POOL_ENTRIES, "" + random.nextInt(16, 200));
            int[] input = RandomCase.input(random, network);
            FiringRecord expected = new FixedSimulator(network).run(input);
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
            return Optional.of(SpikingCompiler.compile(network, target, placement));
        } catch (DataException e) {
            boolean known = e.getMessage().contains("(spikes.blocks)") || e.getMessage().contains("let them go to DRAM");
            assertTrue(known, where + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    private static boolean spills(Program program) {
        return program.code().stream().filter(i -> i.operation() instanceof Operation.StoreSpikes).count() > 1;
    }

    private static void check(FiringRecord expected, FixedNetwork network, Program program, Target target, int[] input,
            String where) {
        MachineRun run;
        try {
            run = new Machine(program, target).run(input);
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
}
