package metronome.traces.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import metronome.hwmodel.probe.ChipEvent;
import metronome.hwmodel.probe.EventStream;
import metronome.traces.trace.TraceBlock;
import metronome.traces.trace.TraceReader;

/**
 * Weights that were hardly trained and what a run makes of them, made once for all tests.
 *
 * @param weights directory of train
 * @param out directory of run
 * @param json what run printed
 */
record Workshop(Path weights, Path out, String json) {
    static final String[] RUN = {"run", "--images-functional", "6", "--images-machine", "2"};

    private static final class Holder {
        static final Workshop ONE = make();
    }

    static Workshop shared() {
        return Holder.ONE;
    }

    private static Workshop make() {
        try {
            Path directory = Files.createTempDirectory("metronome-test");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
            Path weights = directory.resolve("weights");
            Shell.good("train", "--epochs", 0, "--retraining-epochs", 0, "--images", 64, "--threads", 2, "-o", weights);
            Path out = directory.resolve("out");
            return new Workshop(weights, out, Shell.good(words(RUN, "--weights", weights, "-o", out, "--json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Object[] words(String[] first, Object... rest) {
        return Stream.concat(Stream.of(first), Stream.of(rest)).toArray();
    }

    Path file(String name) {
        return out.resolve(name);
    }

    /** The events of a trace in its order. */
    static List<ChipEvent> events(Path trace) {
        List<ChipEvent> events = new ArrayList<>();
        try (TraceReader in = TraceReader.open(trace)) {
            in.blocks().forEach(block -> in.read(block, events::add));
        }
        return events;
    }

    /** The spikes of a trace: image, layer, neuron, step. */
    static Set<String> spikes(Path trace) {
        Set<String> spikes = new TreeSet<>();
        try (TraceReader in = TraceReader.open(trace)) {
            for (TraceBlock block : in.blocks(EventStream.SPIKES).toList()) {
                in.read(block, event -> {
                    ChipEvent.Spike spike = (ChipEvent.Spike) event;
                    spikes.add(block.image() + "," + spike.layer() + "," + spike.neuron() + "," + spike.step());
                });
            }
        }
        return spikes;
    }

    /** The bytes of every file of a directory, by name. */
    static Map<String, String> bytes(Path directory) throws IOException {
        Map<String, String> bytes = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                bytes.put(file.getFileName().toString(), metronome.traces.run.Hashes.of(Files.readAllBytes(file)));
            }
        }
        return bytes;
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(java.util.Comparator.reverseOrder()).forEach(f -> f.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
