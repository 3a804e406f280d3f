package metronome.hwmodel.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Collections;
import java.util.Random;
import java.util.SplittableRandom;
import metronome.core.spiking.SpikeTrain;
import metronome.hwmodel.soak.RandomCase;
import metronome.hwmodel.unit.Sharing;
import metronome.isa.compiler.SpikingCompiler;
import metronome.isa.program.Program;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TIME-2: is a run the same in whatever order the components are moved within a cycle? */
class ComponentOrderTest {
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {21, 22})
    void orderWithinACycleDoesNotMatter(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 100; i++) {
            RandomCase c = RandomCase.of(random);
            Program program = SpikingCompiler.compile(c.network(), c.target());
            MachineRun expected = run(program, c, new Random(0), false);
            MachineRun shuffled = run(program, c, new Random(seed + i), true);
            String where = "seed " + seed + ", case " + i;
            ReplayTest.assertEqualCounts(expected.counts(), shuffled.counts(), where);
            assertArrayEquals(expected.steps(), shuffled.steps(), where);
        }
    }

    private static MachineRun run(Program program, RandomCase c, Random order, boolean shuffle) {
        Chip chip = new Chip(ProgramImage.of(program), c.target(), Engine.REFERENCE.dataPath(Sharing.NONE),
                ProgramImage.of(program).memory());
        if (shuffle) {
            Collections.shuffle(chip.components(), order);
        }
        HostMemory.putSpikes(chip.memory(), program.map(), SpikeTrain.of(c.input(), program.map().steps()));
        new ReferenceEngine(chip).run(Long.MAX_VALUE);
        return chip.result(c.input());
    }
}
