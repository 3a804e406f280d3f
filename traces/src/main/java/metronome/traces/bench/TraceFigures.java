package metronome.traces.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import metronome.core.spiking.FixedSimulator;
import metronome.hwmodel.machine.Machine;
import metronome.hwmodel.probe.ChipEvent;
import metronome.hwmodel.probe.EventStream;
import metronome.hwmodel.probe.Probe;
import metronome.isa.compiler.SpikingCompiler;
import metronome.isa.program.Program;
import metronome.isa.target.Target;
import metronome.traces.run.Untrained;
import metronome.traces.trace.TraceHeader;
import metronome.traces.trace.TraceReader;
import metronome.traces.trace.TraceSubject;
import metronome.traces.trace.TraceWriter;
import metronome.traces.trace.TracedHardware;

/** How fast the spikes of a large network are written to a trace and read from it, and how large it is. */
public final class TraceFigures {
    /** Cycle, layer, neuron and step of a spike, as a program that keeps them in arrays would. */
    private static final int SPIKE_BYTES = 8 + 4 + 4 + 4;
    private static final double SILENT = 0.5;
    private static final double MEGA = 1e6;

    private TraceFigures() {
    }

    /**
     * {@return the figures}
     *
     * @param target the chip
     * @param seed of weights and image
     */
    public static List<Figure> of(Target target, long seed) {
        String what = "the spikes of one image of vgg16 on target " + target.name() + ", half of the activations zero";
        return List.of(
                new Figure("trace-write", "MB/s", what + ", written to a trace by one thread; a spike in memory counts as " + SPIKE_BYTES
                        + " bytes", "100", () -> new Trial(target, seed, Trial::write)),
                new Figure("trace-read", "MB/s", what + ", read from a trace by one thread, counted likewise", "100",
                        () -> new Trial(target, seed, Trial::read)),
                new Figure("trace-bytes", "bytes/spike", what + ", in the file", "2 or less; below 1",
                        () -> new Trial(target, seed, Trial::bytes)));
    }

    /** Spikes in memory, and a file of them. */
    private static final class Trial implements Figure.Trial {
        private final TraceHeader header;
        private final List<ChipEvent> spikes = new ArrayList<>();
        private final Measure measure;

        private interface Measure {
            double of(Trial trial, Path file) throws IOException;
        }

        Trial(Target target, long seed, Measure measure) {
            this.measure = measure;
            Untrained network = Untrained.of("vgg16", target, seed, SILENT);
            Program program = SpikingCompiler.compile(network.made().network(), target);
            TraceSubject subject = new TraceSubject.Once(new FixedSimulator(network.made().network()), "random", network::image);
            header = new TraceHeader(TraceHeader.Source.MACHINE, subject.spiking(), Optional.of(TracedHardware.of(program, target)), EnumSet.of(EventStream.SPIKES), Probe.USUAL_WINDOW_CYCLES, 0, 1, new TraceHeader.Provenance("bench", seed, "bench"));
            subject.run(new Machine(program, target).withProbe(new Probe(header.streams(), header.windowCycles(), spikes::add)), 0);
            spikes.removeIf(e -> e.stream() != EventStream.SPIKES);
        }

        @Override
        public double value() {
            try {
                Path file = Files.createTempFile("metronome-bench", ".mtt");
                try {
                    return measure.of(this, file);
                } finally {
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private double write(Path file) {
            return spikes.size() * SPIKE_BYTES / MEGA / Figure.seconds(() -> writeTo(file));
        }

        private void writeTo(Path file) {
            try (TraceWriter out = TraceWriter.create(file, header); TraceWriter.Image image = out.image(0)) {
                spikes.forEach(image);
                image.end();
                out.finish();
            }
        }

        private double read(Path file) {
            writeTo(file);
            long[] sum = new long[1];
            double seconds = Figure.seconds(() -> {
                try (TraceReader in = TraceReader.open(file)) {
                    in.blocks().forEach(block -> in.read(block, event -> sum[0] += event.layer()));
                }
            });
            if (sum[0] != spikes.stream().mapToLong(ChipEvent::layer).sum()) {
                throw new IllegalStateException("the spikes were not read as they were written");
            }
            return spikes.size() * SPIKE_BYTES / MEGA / seconds;
        }

        private double bytes(Path file) throws IOException {
            writeTo(file);
            return (double) Files.size(file) / spikes.size();
        }

        @Override
        public String note() {
            return String.format(Locale.ROOT, "%,d spikes", spikes.size());
        }
    }
}
