package metronome.hwmodel.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.SplittableRandom;
import metronome.hwmodel.soak.RandomCase;
import metronome.isa.program.Program;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Does a run leave nothing behind that a later one on the same machine could see, though its memory is used again? */
class LaterRunsTest {
    private static final long SEED = 31;

    @ParameterizedTest
    @EnumSource
    void runsAreAlikeWhateverCameBefore(Engine engine) {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 60; i++) {
            RandomCase c = RandomCase.of(random);
            Program program = c.compile();
            Machine machine = new Machine(program, c.target(), engine);
            int[] other = c.input().clone();
            for (int neuron = 0; neuron < other.length; neuron++) {
                other[neuron] = random.nextInt(program.map().steps() + 1);
            }
            ChipState first = machine.stateAfter(c.input(), Long.MAX_VALUE);
            machine.stateAfter(other, Long.MAX_VALUE);
            machine.stateAfter(other, first.counts().cycles() / 2);
            assertEquals(Optional.empty(), first.difference(machine.stateAfter(c.input(), Long.MAX_VALUE)),
                    "seed " + SEED + ", case " + i);
        }
    }
}
