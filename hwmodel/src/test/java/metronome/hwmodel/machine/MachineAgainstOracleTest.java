package metronome.hwmodel.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import metronome.core.spiking.FiringRecord;
import metronome.core.spiking.FixedSimulator;
import metronome.core.spiking.Readout;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.soak.RandomCase;
import metronome.isa.assembly.Assembler;
import metronome.isa.assembly.Disassembler;
import metronome.isa.compiler.SpikingCompiler;
import metronome.isa.program.Program;
import metronome.isa.program.ProgramFile;
import metronome.isa.target.TargetRules;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Do the machine's spikes equal the functional model's, on random networks and random chips? */
class MachineAgainstOracleTest {
    private static final int CASES = 150;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void spikesAndClassEqualTheOracles(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < CASES; i++) {
            RandomCase c = RandomCase.of(random);
            String where = "seed " + seed + ", case " + i + ": " + c.network().layers() + " " + c.target().texts();
            FiringRecord expected = new FixedSimulator(c.network(), TargetRules.leakPolicy(c.target())).run(c.input());
            assertEquals(0, expected.saturations(), where);
            Program program = SpikingCompiler.compile(c.network(), c.target());
            MachineRun run = new Machine(program, c.target(), Engine.all()).run(c.input());
            assertSpikes(c, expected, run, where);
            assertEquals(expected.winner(), run.result(), where);
            assertCyclesAddUp(run, where);
            assertRoundTrips(program);
        }
    }

    private static void assertSpikes(RandomCase c, FiringRecord expected, MachineRun run, String where) {
        int layers = c.network().layers().size();
        for (int layer = 0; layer < layers; layer++) {
            if (layer < layers - 1 || c.network().readout() == Readout.LAST_SPIKE) {
                assertArrayEquals(expected.steps()[layer], run.steps()[layer + 1], where + " layer " + layer);
            }
        }
    }

    private static void assertCyclesAddUp(MachineRun run, String where) {
        for (Component unit : Component.values()) {
            if (unit.unit()) {
                assertTrue(run.counts().idleCycles(unit) >= 0, where + " " + unit);
            }
        }
        assertTrue(run.counts().total(Counter.POTENTIAL_READS) > 0, where);
    }

    private static void assertRoundTrips(Program program) {
        assertArrayEquals(ProgramFile.encode(program),
                ProgramFile.encode(Assembler.assemble(Disassembler.disassemble(program))));
    }
}
