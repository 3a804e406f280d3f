package metronome.traces.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import metronome.core.io.DataException;
import metronome.traces.sensor.Binning;
import metronome.traces.sensor.Recording;
import metronome.traces.sensor.Sensor;
import metronome.traces.sensor.SensorFile;
import metronome.traces.sensor.SensorFormat;
import metronome.traces.trace.TracedNetwork;
import metronome.traces.workload.SpikeTrace;

/** Recordings of event cameras as spikes of an input layer. */
final class SensorImport {
    private static final Option<String> ENTRY = Option.of("--entry", "NAME", "", Value.text(), "the file is a zip archive: which recording in it");
    private static final Option<Integer> STEP = Option.of("--step-us", "N", "1000", Value.whole(1, 1_000_000_000),
            "length of a step").in("microseconds");
    private static final Option<Integer> LAST_STEP = Option.of("--last-step", "T", "", Value.whole(0, Binning.MOST_STEP),
            "the trace has the steps 0 to T and leaves out what is later; that of the last event if not given");
    private static final Option<Integer> START = Option.of("--start-us", "N", "", Value.whole(0, Integer.MAX_VALUE),
            "time at which step 0 begins, what is earlier is left out; that of the first event if not given").in("microseconds");
    private static final Option<Binning.Size> SIZE = Option.of("--size", "HxW", "", size(),
            "rows and columns of neurons, which must divide those of the camera: blocks of pixels become one");
    private static final Option<Binning.Polarity> POLARITY = Option.of("--polarity", "HOW", "channels", Value.constant(Binning.Polarity.class),
            "channel 0 for what became darker and 1 for what became brighter, or one channel for both");
    static final Option<Sensor> CAMERA = Option.of("--camera", "NAME", "", camera(),
            "of aedat: whose events they are, where the header of the file names no camera that is known");
    static final List<Option<?>> OPTIONS = List.of(ENTRY, CAMERA, STEP, LAST_STEP, START, SIZE, POLARITY);

    private SensorImport() {
    }

    private static Value<Binning.Size> size() {
        return new Value<>("ROWSxCOLUMNS, whole numbers from 1 on", text -> {
            String[] parts = text.split("x", -1);
            if (parts.length != 2) {
                throw new IllegalArgumentException(text);
            }
            return new Binning.Size(Value.positive(parts[0]), Value.positive(parts[1]));
        }, List.of());
    }

    private static Value<Sensor> camera() {
        return new Value<>("one of " + String.join(", ", Sensor.families()) + ", perhaps with letters behind it",
                text -> Sensor.named(text).orElseThrow(IllegalArgumentException::new), Sensor.families());
    }

    static SpikeTrace.Spikes spikes(Arguments arguments, Path file, ImportSource source, Console console) {
        Binning binning = new Binning(new Binning.Grid(arguments.get(STEP), optional(arguments.find(LAST_STEP)),
                arguments.find(START).map(OptionalLong::of).orElse(OptionalLong.empty()), arguments.find(SIZE), arguments.get(POLARITY)));
        SensorFormat format = source == ImportSource.NMNIST ? SensorFormat.NMNIST : SensorFormat.aedat(arguments.find(CAMERA));
        Recording recording = arguments.find(ENTRY).map(entry -> SensorFile.read(file, entry, format, binning))
                .orElseGet(() -> SensorFile.read(file, format, binning));
        Binning.Result result = result(binning, file);
        remark(console, recording, result);
        String name = arguments.find(ENTRY).orElse(file.getFileName().toString());
        return new SpikeTrace.Spikes(recording.format(), name, result.train().lastStep(),
                List.of(new TracedNetwork.Layer("input", result.shape())), 1, _ -> List.of(result.train()));
    }

    private static OptionalInt optional(Optional<Integer> value) {
        return value.map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    private static Binning.Result result(Binning binning, Path file) {
        try {
            return binning.result();
        } catch (DataException e) {
            throw e.in(file.toString());
        }
    }

    private static void remark(Console console, Recording recording, Binning.Result r) {
        recording.notes().forEach(note -> console.remark("note: " + note));
        recording.leftOut().forEach((kind, count) -> console.remark(String.format(Locale.ROOT, "left out: %,d %s", count, kind)));
        console.remark(String.format(Locale.ROOT, "%s: %,d events from %,d to %,d us: %,d spikes, %,d events merged into them, %,d before step "
                + "0, %,d after the last step%s", recording.format(), r.events(), r.first(), r.last(), r.train().spikes(), r.merged(),
                r.before(), r.after(), r.disordered() == 0 ? "" : String.format(Locale.ROOT, "; %,d are earlier than the one before them",
                        r.disordered())));
    }
}
