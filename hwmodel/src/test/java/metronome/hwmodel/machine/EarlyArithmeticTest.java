package metronome.hwmodel.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import metronome.core.spiking.SpikeTrain;
import metronome.hwmodel.soak.RandomCase;
import metronome.hwmodel.unit.Sharing;
import metronome.isa.compiler.SpikingCompiler;
import metronome.isa.program.Program;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Does the arithmetic of a window begin before its instruction, and only once? */
class EarlyArithmeticTest {
    private static final int CASES = 100;
    /** Few windows are told of too early, because a semaphore for which they wait was above zero for somebody else. */
    private static final double MOST_IN_VAIN = 0.02;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {41, 42})
    void theSameIsComputedEarlier(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int earlier = 0;
        int works = 0;
        int inVain = 0;
        for (int i = 0; i < CASES; i++) {
            RandomCase c = RandomCase.of(random);
            Program program = SpikingCompiler.compile(c.network(), c.target());
            List<Integer> asTheyCome = works(program, c, false);
            List<Integer> foreseen = works(program, c, true);
            earlier += foreseen.equals(asTheyCome) ? 0 : 1;
            works += asTheyCome.size();
            inVain += foreseen.size() - asTheyCome.size();
        }
        System.out.println("EarlyArithmeticTest seed " + seed + ": " + earlier + " of " + CASES + " begin earlier, " + inVain + " of "
                + works + " works in vain");
        assertTrue(earlier > CASES / 25, earlier + " begin earlier");
        assertEquals(0, inVain, MOST_IN_VAIN * works, "works begun in vain");
    }

    /** How many tasks the works have that are shared out, in the order in which they begin. */
    private static List<Integer> works(Program program, RandomCase c, boolean goesOn) {
        Recording recording = new Recording(goesOn, new ArrayList<>());
        Chip chip = new Chip(ProgramImage.of(program), c.target(), Engine.FAST.dataPath(recording),
                ProgramImage.of(program).memory());
        HostMemory.putSpikes(chip.memory(), program.map(), SpikeTrain.of(c.input(), program.map().steps()));
        new FastEngine(chip).run(Long.MAX_VALUE);
        return recording.begun();
    }

    /** Does all when it is waited for, whatever it says. */
    private record Recording(boolean goesOn, List<Integer> begun) implements Sharing {
        @Override
        public Runnable begin(int tasks, Supplier<IntConsumer> worker) {
            begun.add(tasks);
            return Sharing.NONE.begin(tasks, worker);
        }
    }
}
