package metronome.hwmodel.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.SplittableRandom;
import metronome.isa.compiler.SpikingCompiler;
import metronome.isa.program.Program;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Does the fast engine give what the reference engine gives? */
class EngineAgreementTest {
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {31, 32, 33})
    void randomProgramsRunAlike(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 100; i++) {
            RandomCase c = RandomCase.of(random);
            String where = "seed " + seed + ", case " + i + " " + c.network().layers() + c.target().texts();
            Program program = SpikingCompiler.compile(c.network(), c.target());
            MachineRun expected = new Machine(program, c.target(), Engine.REFERENCE).run(c.input());
            MachineRun actual = new Machine(program, c.target(), Engine.FAST).run(c.input());
            ReplayTest.assertEqualCounts(expected.counts(), actual.counts(), where);
            assertArrayEquals(expected.steps(), actual.steps(), where);
            assertArrayEquals(expected.output(), actual.output(), where);
        }
    }
}
