package metronome.hwmodel.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.stream.LongStream;
import metronome.hwmodel.soak.Divergence;
import metronome.hwmodel.soak.EngineSoak;
import metronome.hwmodel.soak.RandomCase;
import metronome.hwmodel.soak.Runner;
import metronome.isa.compiler.SpikingCompiler;
import metronome.isa.target.TargetField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Does the fast engine give what the reference engine gives, and would the soak see it if not? */
class EngineAgreementTest {
    private static final int CASES = 100;

    @ParameterizedTest(name = "seeds from {0}")
    @ValueSource(longs = {31000, 32000, 33000})
    void randomCasesRunAlike(long seed) {
        EngineSoak soak = new EngineSoak(Runner.of(Engine.REFERENCE), Runner.of(Engine.FAST));
        for (long i = seed; i < seed + CASES; i++) {
            assertEquals(Optional.empty(), soak.check(i));
        }
    }

    /** A runner whose pipeline has one stage more stands for a faulty engine. */
    @Test
    void aFaultIsFoundTakenApartAndLocated() {
        Runner reference = Runner.of(Engine.REFERENCE);
        Runner faulty = (program, c, cycles) -> {
            int stages = Math.min(32, c.target().count(TargetField.PIPELINE) + 1);
            RandomCase slower = new RandomCase(c.network(), c.target().with(TargetField.PIPELINE, "" + stages), c.input());
            return reference.stateAfter(SpikingCompiler.compile(slower.network(), slower.target()),
                    slower, cycles);
        };
        EngineSoak soak = new EngineSoak(reference, faulty);
        Divergence found = LongStream.range(0, 20).mapToObj(soak::check).flatMap(Optional::stream).findFirst()
                .orElseThrow();
        assertTrue(found.difference().startsWith("lif: "), found.toString());
        assertEquals(1, found.smallest().network().layers().size(), found.toString());
        assertTrue(found.cycle() > 0, found.toString());
        ChipState before = reference.stateAfter(
                SpikingCompiler.compile(found.smallest().network(), found.smallest().target()),
                found.smallest(), found.cycle());
        assertEquals(found.cycle(), before.counts().cycles());
    }
}
