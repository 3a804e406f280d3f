package metronome.hwmodel.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.stream.LongStream;
import metronome.hwmodel.soak.Divergence;
import metronome.hwmodel.soak.EngineSoak;
import metronome.hwmodel.soak.PlainCase;
import metronome.hwmodel.soak.RandomCase;
import metronome.hwmodel.soak.Runner;
import metronome.hwmodel.soak.SoakCase;
import metronome.isa.target.TargetField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Does the fast engine give what the reference engine gives, and would the soak see it if not? */
class EngineAgreementTest {
    private static final int CASES = 100;

    @ParameterizedTest(name = "{1}, seeds from {0}")
    @CsvSource({"31000, ONCE", "32000, ONCE", "33000, ANY", "34000, PLAIN"})
    void randomCasesRunAlike(long seed, SoakCase.Kind kind) {
        EngineSoak soak = new EngineSoak(Runner.of(Engine.REFERENCE), Runner.of(Engine.FAST), kind);
        for (long i = seed; i < seed + CASES; i++) {
            assertEquals(Optional.empty(), soak.check(i));
        }
    }

    /** The arithmetic of a window is then under way while the machine is moved, also when the run ends in its midst. */
    @Test
    void threadsChangeNothing() {
        Runner shared = (program, c) -> new Machine(program, c.target(), Engine.FAST).withThreads(2);
        EngineSoak soak = new EngineSoak(Runner.of(Engine.REFERENCE), shared, SoakCase.Kind.ONCE);
        for (long i = 35_000; i < 35_000 + CASES; i++) {
            assertEquals(Optional.empty(), soak.check(i));
        }
    }

    /** A runner whose pipeline has one stage more stands for a faulty engine. */
    @ParameterizedTest
    @EnumSource(names = {"ONCE", "PLAIN"})
    void aFaultIsFoundTakenApartAndLocated(SoakCase.Kind kind) {
        Runner reference = Runner.of(Engine.REFERENCE);
        Runner faulty = (_, c) -> {
            int stages = Math.min(32, c.target().count(TargetField.PIPELINE) + 1);
            SoakCase slower = c.on(c.target().with(TargetField.PIPELINE, "" + stages));
            return reference.machine(slower.compile(), slower);
        };
        EngineSoak soak = new EngineSoak(reference, faulty, kind);
        Divergence found = LongStream.range(0, 20).mapToObj(soak::check).flatMap(Optional::stream).findFirst()
                .orElseThrow();
        assertTrue(found.difference().startsWith("lif: "), found.toString());
        int layers = switch (found.smallest()) {
            case RandomCase once -> once.network().layers().size();
            case PlainCase plain -> plain.network().layers().size();
        };
        assertEquals(1, layers, found.toString());
        assertTrue(found.cycle() > 0, found.toString());
        ChipState before = found.smallest().stateAfter(reference.machine(found.smallest().compile(), found.smallest()),
                found.cycle());
        assertEquals(found.cycle(), before.counts().cycles());
    }
}
