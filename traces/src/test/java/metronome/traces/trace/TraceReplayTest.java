package metronome.traces.trace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import metronome.core.io.DataException;
import metronome.core.spiking.FixedSimulator;
import metronome.core.spiking.LeakPolicy;
import metronome.core.spiking.PlainNeuron;
import metronome.hwmodel.count.Counts;
import metronome.hwmodel.energy.EnergyEstimator;
import metronome.hwmodel.machine.Machine;
import metronome.hwmodel.probe.ChipEvent;
import metronome.hwmodel.probe.EventStream;
import metronome.hwmodel.soak.PlainCase;
import metronome.hwmodel.soak.RandomCase;
import metronome.hwmodel.soak.RandomTarget;
import metronome.isa.compiler.PlainCompiler;
import metronome.isa.compiler.SpikingCompiler;
import metronome.isa.program.Program;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import metronome.isa.target.TargetRules;
import metronome.traces.run.Watcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Do the spikes of a trace, on any target, cost what a full run there costs, event for event? */
class TraceReplayTest {
    private static final int WINDOW = 64;
    @TempDir
    private Path folder;

    private static TraceHeader header(TraceSubject subject, Program program, Target target, int images) {
        return new TraceHeader(TraceHeader.Source.MACHINE, subject.spiking(), Optional.of(TracedHardware.of(program, target)), EnumSet.allOf(EventStream.class), WINDOW, 0, images, new TraceHeader.Provenance("0", 1, "test"));
    }

    private static TraceHeader spikesOnly(TraceSubject subject, int images) {
        return new TraceHeader(TraceHeader.Source.ORACLE, subject.spiking(), Optional.empty(), Set.of(EventStream.SPIKES), 0, 0, images,
                new TraceHeader.Provenance("0", 1, "test"));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {31, 32})
    void aReplayRecordsWhatAFullRunRecords(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 50; i++) {
            RandomCase c = RandomCase.of(random);
            Target other = RandomTarget.of(random, c.network());
            for (TargetField field : List.of(TargetField.LEAK, TargetField.POWER_ENTRIES)) {
                other = other.with(field, c.target().text(field));
            }
            int[] reversed = new int[c.input().length];
            for (int n = 0; n < reversed.length; n++) {
                reversed[n] = c.input()[reversed.length - 1 - n];
            }
            FixedSimulator oracle = new FixedSimulator(c.network(), TargetRules.leakPolicy(c.target()));
            TraceSubject subject = new TraceSubject.Once(oracle, "random", image -> image == 0 ? c.input() : reversed);
            Optional<Machine> recording = i % 2 == 0 ? Optional.empty()
                    : Optional.of(new Machine(SpikingCompiler.compile(c.network(), c.target()), c.target()));
            assertReplayed(subject, recording.isEmpty() ? spikesOnly(subject, 2)
                    : header(subject, SpikingCompiler.compile(c.network(), c.target()), c.target(), 2), recording,
                    SpikingCompiler.compile(c.network(), other), other, "seed " + seed + ", case " + i);
        }
    }

    @Test
    void soItIsWithNeuronsThatSpikeSeveralTimes() throws Exception {
        long seed = 33;
        SplittableRandom random = new SplittableRandom(seed);
        int replayed = 0;
        for (int i = 0; i < 60; i++) {
            PlainCase c = PlainCase.of(random);
            Target other = PlainCase.target(random, c.network());
            if (c.network().layers().stream().anyMatch(layer -> layer.neuron().comparison() == PlainNeuron.Comparison.EACH_EVENT)) {
                continue;
            }
            TraceSubject subject = new TraceSubject.Plain(c.network(), "random", c.input());
            assertReplayed(subject, spikesOnly(subject, 1), Optional.empty(), PlainCompiler.compile(c.network(), other), other,
                    "seed " + seed + ", case " + i);
            replayed++;
        }
        assertTrue(replayed > 10, replayed + " were replayed");
    }

    private void assertReplayed(TraceSubject subject, TraceHeader recorded, Optional<Machine> recording, Program program, Target target,
            String where) throws Exception {
        Path trace = folder.resolve("trace.mtt");
        TraceRecorder.record(trace, recorded, subject, recording, 1, Watcher.NONE);
        Machine machine = new Machine(program, target);
        TraceHeader full = header(subject, program, target, recorded.images());
        Path expected = folder.resolve("full.mtt");
        TraceRecorder.record(expected, full, subject, Optional.of(machine), 1, Watcher.NONE);
        Path again = folder.resolve("again.mtt");
        try (TraceReader in = TraceReader.open(trace)) {
            TraceReplay replay = new TraceReplay(in);
            replay.require(subject.spiking(), recorded.spikes().leak());
            Counts counts = replay.record(again, full, machine, 2, Watcher.NONE);
            assertArrayEquals(Files.readAllBytes(expected), Files.readAllBytes(again), where);
            Counts quiet = replay.run(machine, subject.spiking().once(), 1, Watcher.NONE);
            assertEquals(Optional.empty(), counts.difference(quiet), where);
            assertCosts(expected, quiet, target, where);
        }
    }

    /** Cycles and energy as in the events of the full run. */
    private static void assertCosts(Path full, Counts counts, Target target, String where) {
        Counts told = new Counts(counts.layers());
        try (TraceReader in = TraceReader.open(full)) {
            for (TraceBlock block : in.blocks()) {
                in.read(block, event -> {
                    switch (event) {
                        case ChipEvent.Actions a -> told.count(a.layer(), a.counter(), a.count());
                        case ChipEvent.LayerTime t -> told.spend(t.layer(), t.cycles());
                        default -> { }
                    }
                });
            }
        }
        assertEquals(told.cycles(), counts.cycles(), where);
        assertEquals(EnergyEstimator.estimate(target, told).total(), EnergyEstimator.estimate(target, counts).total(), where);
    }

    private static TraceSubject.Once once(RandomCase c) {
        return new TraceSubject.Once(new FixedSimulator(c.network(), TargetRules.leakPolicy(c.target())), "random", _ -> c.input());
    }

    @Test
    void whatDoesNotFitIsRefusedByName() throws Exception {
        RandomCase c = RandomCase.of(new SplittableRandom(5));
        TraceSubject subject = once(c);
        Path trace = folder.resolve("a.mtt");
        TraceRecorder.record(trace, spikesOnly(subject, 2), subject, Optional.empty(), 1, Watcher.NONE);
        TracedNetwork mine = subject.spiking();
        TracedNetwork other = new TracedNetwork(mine.network(), Optional.of("ab".repeat(32)), mine.dataset(), true, mine.steps(),
                mine.timeConstant(), mine.leak(), mine.layers());
        LeakPolicy another = mine.leak().lazy() ? LeakPolicy.EAGER : new LeakPolicy(4);
        try (TraceReader in = TraceReader.open(trace)) {
            TraceReplay replay = new TraceReplay(in);
            assertTrue(refusal(() -> replay.require(other, mine.leak())).startsWith("the trace is of another network: "));
            assertTrue(refusal(() -> replay.require(mine, another)).contains("they round differently"));
        }
        Files.write(trace, Arrays.copyOf(Files.readAllBytes(trace), (int) Files.size(trace) - 100));
        try (TraceReader in = TraceReader.open(trace)) {
            assertTrue(new TraceReplay(in).images() <= 2);
        }
        Path stalls = folder.resolve("b.mtt");
        Program program = SpikingCompiler.compile(c.network(), c.target());
        TraceHeader without = header(subject, program, c.target(), 1);
        TraceRecorder.record(stalls, new TraceHeader(without.source(), without.spikes(), without.hardware(), Set.of(EventStream.STALLS),
                WINDOW, 0, 1, without.provenance()), subject, Optional.of(new Machine(program, c.target())), 1, Watcher.NONE);
        try (TraceReader in = TraceReader.open(stalls)) {
            assertEquals("the trace has no spikes, only stalls, layers", refusal(() -> new TraceReplay(in)));
        }
    }

    private static String refusal(org.junit.jupiter.api.function.Executable work) {
        return assertThrows(DataException.class, work).getMessage();
    }

    @Test
    void aNeuronThatSpikesTwiceCannotBeReplayedAsOneThatSpikesOnce() {
        Path file = folder.resolve("twice.mtt");
        SmallTraces.write(file, SmallTraces.header(0, 1), List.of(List.of(new ChipEvent.Spike(0, 1, 7, 3), new ChipEvent.Spike(9, 1, 7, 5),
                new ChipEvent.LayerTime(0, 0, 0))));
        try (TraceReader in = TraceReader.open(file)) {
            RecordedSpikes spikes = new RecordedSpikes(in);
            assertTrue(refusal(() -> spikes.steps(0)).endsWith("image 0: neuron 7 of layer 1 spikes at steps 3 and 5, expected once"));
            assertEquals(2, spikes.trains(0).get(1).spikes());
        }
    }
}
