package metronome.traces.trace;

import java.nio.file.Path;
import java.util.Optional;
import metronome.hwmodel.machine.Machine;
import metronome.hwmodel.probe.ChipEvent;
import metronome.hwmodel.probe.Probe;
import metronome.traces.run.Parallel;
import metronome.traces.run.Watcher;

/** Records traces; the bytes do not depend on engines and threads. */
public final class TraceRecorder {
    private TraceRecorder() {
    }

    /**
     * Records the images that a header announces.
     *
     * @param file the destination
     * @param header what is recorded of the subject
     * @param subject network and images
     * @param machine with the network's program; empty to take the oracle's spikes
     * @param threads at least 1; they share images, or a single one
     * @param watcher is told of each image
     */
    public static void record(Path file, TraceHeader header, TraceSubject subject, Optional<Machine> machine, int threads,
            Watcher watcher) {
        Optional<Machine> sharing = header.images() == 1 ? machine.map(m -> m.withThreads(threads)) : machine;
        try (TraceWriter out = TraceWriter.create(file, header)) {
            Parallel.map("recording", header.images(), threads, watcher, i -> {
                try (TraceWriter.Image image = out.image(header.firstImage() + i)) {
                    sharing.ifPresentOrElse(m -> subject.run(m.withProbe(new Probe(header.streams(), header.windowCycles(), image)), i),
                            () -> simulate(subject, i, image));
                    image.end();
                }
                return i;
            });
            out.finish();
        }
    }

    private static void simulate(TraceSubject subject, int number, TraceWriter.Image image) {
        subject.simulate(number, image);
        for (int layer = 0; layer < subject.spiking().layers().size(); layer++) {
            image.accept(new ChipEvent.LayerTime(0, layer, 0));
        }
    }
}
