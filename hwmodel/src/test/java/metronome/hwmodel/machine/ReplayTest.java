package metronome.hwmodel.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import metronome.core.io.DataException;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Counts;
import metronome.hwmodel.count.Stall;
import metronome.hwmodel.soak.RandomCase;
import metronome.hwmodel.soak.RandomTarget;
import metronome.isa.compiler.SpikingCompiler;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Does a record of spikes give, on another chip, every count of a full run there? */
class ReplayTest {
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12})
    void replayOnAnotherTargetEqualsAFullRunThere(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 100; i++) {
            RandomCase c = RandomCase.of(random);
            Target other = RandomTarget.of(random, c.network());
            for (TargetField field : List.of(TargetField.LEAK, TargetField.POWER_ENTRIES)) {
                other = other.with(field, c.target().text(field));
            }
            String where = "seed " + seed + ", case " + i;
            int[][] record = new Machine(SpikingCompiler.compile(c.network(), c.target()), c.target()).run(c.input())
                    .steps();
            Machine machine = new Machine(SpikingCompiler.compile(c.network(), other), other, Engine.all());
            MachineRun full = machine.run(c.input());
            MachineRun replayed = machine.replay(record);
            assertEqualCounts(full.counts(), replayed.counts(), where);
            assertArrayEquals(full.steps(), replayed.steps(), where);
        }
    }

    static void assertEqualCounts(Counts expected, Counts actual, String where) {
        for (int layer = 0; layer < expected.layers(); layer++) {
            assertEquals(expected.cycles(layer), actual.cycles(layer), where + ", cycles of layer " + layer);
            for (Counter counter : Counter.values()) {
                assertEquals(expected.of(layer, counter), actual.of(layer, counter),
                        where + ", " + counter.label() + " of layer " + layer);
            }
        }
        for (Component unit : Component.values()) {
            assertEquals(expected.busyCycles(unit), actual.busyCycles(unit), where + ", busy " + unit);
            for (Stall cause : Stall.values()) {
                assertEquals(expected.stallCycles(unit, cause), actual.stallCycles(unit, cause),
                        where + ", " + unit + " " + cause);
            }
        }
    }

    @org.junit.jupiter.api.Test
    void aRecordOfAnotherShapeIsRefused() {
        RandomCase c = RandomCase.of(new SplittableRandom(5));
        Machine machine = new Machine(SpikingCompiler.compile(c.network(), c.target()), c.target());
        DataException e = assertThrows(DataException.class, () -> machine.replay(new int[][] {c.input()}));
        assertTrue(e.getMessage().startsWith("the record has 1 layers, the program "), e.getMessage());
        int[][] steps = machine.run(c.input()).steps();
        steps[0][0] = c.network().code().steps() + 1;
        assertThrows(DataException.class, () -> machine.replay(steps));
    }
}
