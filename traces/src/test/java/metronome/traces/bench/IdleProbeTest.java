package metronome.traces.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Set;
import metronome.hwmodel.machine.Engine;
import metronome.hwmodel.machine.Machine;
import metronome.hwmodel.probe.EventStream;
import metronome.hwmodel.probe.Probe;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Does a probe that asks for no stream make a run allocate what it does not without one? */
class IdleProbeTest {
    private static final int WARM_UP_RUNS = 100;
    private static final int ROUNDS = 40;

    private static Machine probed(Machine machine, Set<EventStream> streams) {
        return machine.withProbe(new Probe(streams, 100, _ -> { }));
    }

    private static long allocated(Machine machine) {
        long before = ThreadUse.bytes();
        machine.run(ModelCopyTest.IMAGE);
        return ThreadUse.bytes() - before;
    }

    /** The least of many runs that take turns: what is left once classes are loaded and the compiler has done what it does. */
    private static long[] least(Machine... machines) {
        long[] least = new long[machines.length];
        java.util.Arrays.fill(least, Long.MAX_VALUE);
        for (int round = 0; round < WARM_UP_RUNS + ROUNDS; round++) {
            for (int i = 0; i < machines.length; i++) {
                long bytes = allocated(machines[i]);
                least[i] = round < WARM_UP_RUNS ? least[i] : Math.min(least[i], bytes);
            }
        }
        return least;
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsAllocatedForStreamsThatNobodyAsksFor(Engine engine) {
        Machine machine = new Machine(ModelCopyTest.PROGRAM, ModelCopyTest.TARGET, engine);
        long[] bytes = least(machine, probed(machine, Set.of()));
        assertEquals(bytes[0], bytes[1]);
    }

    /** What is measured is fine enough: the one stream that is told at the end, of four layers, is seen, and so is each other one. */
    @ParameterizedTest
    @EnumSource
    void whatIsAllocatedForAnyStreamIsSeen(EventStream stream) {
        Machine machine = new Machine(ModelCopyTest.PROGRAM, ModelCopyTest.TARGET, Engine.FAST);
        long[] bytes = least(machine, probed(machine, EnumSet.of(stream)));
        assertTrue(bytes[1] > bytes[0], bytes[0] + " and " + bytes[1]);
    }
}
