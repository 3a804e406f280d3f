package metronome.traces.soak;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import metronome.core.network.Shape;
import metronome.core.spiking.FixedSimulator;
import metronome.core.spiking.SpikeTrain;
import metronome.hwmodel.machine.Machine;
import metronome.hwmodel.probe.EventStream;
import metronome.hwmodel.soak.RandomCase;
import metronome.isa.target.TargetRules;
import metronome.traces.edit.TraceCutter;
import metronome.traces.run.Watcher;
import metronome.traces.trace.Span;
import metronome.traces.trace.TraceHeader;
import metronome.traces.trace.TraceReader;
import metronome.traces.trace.TraceRecorder;
import metronome.traces.trace.TraceSelection;
import metronome.traces.trace.TraceSubject;
import metronome.traces.trace.TracedHardware;
import metronome.traces.trace.TracedNetwork;
import metronome.traces.workload.SpikeTrace;

/** Small valid traces: of the machine, of spikes alone, of which something was cut off, and of spikes from elsewhere. */
final class TraceSamples {
    private TraceSamples() {
    }

    static List<byte[]> all() {
        RandomCase c = RandomCase.of(new SplittableRandom(3));
        TraceSubject.Once subject = new TraceSubject.Once(new FixedSimulator(c.network(), TargetRules.leakPolicy(c.target())), "soak",
                _ -> c.input());
        TracedHardware hardware = TracedHardware.of(c.compile(), c.target());
        TraceHeader.Provenance provenance = new TraceHeader.Provenance("0", 3, "soak readers");
        return List.of(
                Scratch.written(file -> TraceRecorder.record(file, new TraceHeader(TraceHeader.Source.MACHINE, subject.spiking(),
                        Optional.of(hardware), EnumSet.allOf(EventStream.class), 500, 0, 2, provenance), subject,
                        Optional.of(new Machine(c.compile(), c.target())), 1, Watcher.NONE)),
                Scratch.written(file -> TraceRecorder.record(file, new TraceHeader(TraceHeader.Source.ORACLE, subject.spiking(),
                        Optional.empty(), EnumSet.of(EventStream.SPIKES), 0, 0, 2, provenance), subject, Optional.empty(), 1,
                        Watcher.NONE)),
                Scratch.written(file -> {
                    TraceRecorder.record(file, new TraceHeader(TraceHeader.Source.MACHINE, subject.spiking(), Optional.of(hardware),
                            EnumSet.of(EventStream.SPIKES, EventStream.STALLS), 500, 0, 2, provenance), subject,
                            Optional.of(new Machine(c.compile(), c.target())), 1, Watcher.NONE);
                    cut(file);
                }),
                Scratch.written(file -> SpikeTrace.write(file, new SpikeTrace.Spikes("soak", "soak", 4, List.of(
                        new TracedNetwork.Layer("input", new Shape(1, 2, 3)), new TracedNetwork.Layer("fc", Shape.vector(4), OptionalInt.of(2))), 1,
                        _ -> List.of(SpikeTrain.random(new SplittableRandom(4), 6, 4, 0.3), SpikeTrain.random(new SplittableRandom(5), 4, 1, 0.3))),
                        provenance)));
    }

    private static void cut(Path file) {
        try (TraceReader in = TraceReader.open(file)) {
            TraceCutter.cut(in, new TraceSelection(Optional.of(new Span(10, 2000)), List.of("0", "1"), Optional.of(new Span(1, 1)), Set.of()),
                    file);
        }
    }
}
