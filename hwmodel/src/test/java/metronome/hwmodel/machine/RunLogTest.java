package metronome.hwmodel.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.dram.CommandObserver;
import metronome.hwmodel.probe.EventStream;
import metronome.hwmodel.probe.Probe;
import metronome.hwmodel.soak.RandomCase;
import metronome.hwmodel.unit.UnitLog;
import metronome.isa.program.ProgramMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Is a log made only of what somebody asks for? */
class RunLogTest {
    private static final ProgramMap MAP = RandomCase.of(new SplittableRandom(1)).compile().map();

    private static RunLog log(Set<EventStream> streams) {
        return RunLog.of(Optional.of(new Probe(streams, 10, _ -> { })), MAP);
    }

    @Test
    void allRunsToWhichNobodyListensShareOneLog() {
        RunLog none = RunLog.of(Optional.empty(), MAP);
        assertSame(none, RunLog.of(Optional.empty(), MAP));
        assertSame(none, log(Set.of()));
        assertFalse(none.on());
        assertSame(none.units(0), none.units(1));
        assertSame(UnitLog.NONE, none.units(0).apply(Component.LIF));
        assertSame(CommandObserver.NONE, none.commands());
        assertSame(EventDigest.of(Optional.empty(), 2), EventDigest.of(Optional.of(new Probe(Set.of(), 10, _ -> { })), 1));
    }

    @ParameterizedTest
    @EnumSource
    void unitsAndDramAreAskedForTheirStreamsOnly(EventStream stream) {
        RunLog log = log(EnumSet.of(stream));
        boolean ofUnits = EnumSet.of(EventStream.SPIKES, EventStream.INSTRUCTIONS, EventStream.STALLS).contains(stream);
        assertTrue(log.on());
        assertEquals(!ofUnits, log.units(0).apply(Component.LIF) == UnitLog.NONE);
        assertEquals(stream != EventStream.DRAM, log.commands() == CommandObserver.NONE);
        if (ofUnits) {
            assertNotSame(log.units(0).apply(Component.LIF), log.units(0).apply(Component.LIF));
        }
    }
}
