package metronome.traces.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import metronome.core.network.Shape;
import metronome.traces.report.TextTable;
import metronome.traces.trace.TraceHeader;
import metronome.traces.trace.TracedNetwork;
import metronome.traces.workload.LayerSpikes;
import metronome.traces.workload.NetworkSpikes;
import metronome.traces.workload.SpikeTable;
import metronome.traces.workload.SpikeTensors;
import metronome.traces.workload.SpikeTrace;

/** Makes a trace of spikes from elsewhere. */
final class TraceImportCommand {
    private static final Option<ImportSource> FROM = Option.of("--from", "FORMAT", "", Value.constant(ImportSource.class),
            "what the file is: lines image,layer,neuron,step; an archive of 0/1 arrays, one a layer; a recording of an event camera");
    private static final Option<List<Shape>> SHAPES = Option.of("--shapes", "CxHxW,...", "", Value.several(Value.shape()),
            "of csv: the shape of each layer, the input first");
    private static final Option<Path> OUT = Option.of("--output,-o", "FILE.mtt", "import.mtt", Value.path(), "where the trace goes");

    private TraceImportCommand() {
    }

    static Command command() {
        List<Option<?>> options = new ArrayList<>(List.of(FROM, SHAPES));
        options.addAll(SensorImport.OPTIONS);
        options.add(OUT);
        return new Simple(new Synopsis("trace import", "makes a trace of spikes from elsewhere", List.of(
                "docs/formats.md describes each format. Its neurons may spike many times. A trace of a camera has one layer, the input: "
                + "time is cut into steps, and several events of a pixel within a step are one spike. simulate --input takes the first "
                + "layer of a trace as the input of a plain network."),
                List.of(Operand.of("FILE", "what was recorded, of a camera also a zip archive with --entry")), options,
                List.of("trace import nmnist-small.zip --from nmnist --entry 60001.bs2 --step-us 5000 -o seven.mtt",
                        "trace import walk.aedat --from aedat --size 32x32 --step-us 2000 --last-step 99 -o walk.mtt",
                        "trace import old.aedat --from aedat --camera DAVIS240 -o old.mtt",
                        "trace import vgg9_cifar10.npz --from npz -o vgg9.mtt",
                        "trace import spikes.csv --from csv --shapes 1x28x28,10x1x1")), TraceImportCommand::run);
    }

    private static void run(Arguments arguments, Console console) {
        ImportSource source = arguments.get(FROM);
        refuse(arguments, source == ImportSource.CSV, "only for csv", List.of(SHAPES));
        refuse(arguments, source.sensor(), "only for recordings of cameras", SensorImport.OPTIONS);
        refuse(arguments, source == ImportSource.AEDAT, "only for aedat", List.of(SensorImport.CAMERA));
        Shared.requireOtherTrace(arguments, arguments.get(OUT));
        SpikeTrace.Spikes spikes = spikes(arguments, source, console);
        SpikeTrace.write(arguments.get(OUT), spikes,
                new TraceHeader.Provenance(Version.text(), 0, arguments.effective(List.of(OUT))));
        console.out().print(summary(spikes));
    }

    private static void refuse(Arguments arguments, boolean fits, String why, List<Option<?>> options) {
        options.stream().filter(option -> !fits && arguments.given(option)).findFirst().ifPresent(option -> {
            throw new UsageException(option.name() + " is " + why);
        });
    }

    private static SpikeTrace.Spikes spikes(Arguments arguments, ImportSource source, Console console) {
        Path file = Path.of(arguments.operand(0));
        return switch (source) {
            case CSV -> table(file, SpikeTable.read(file, arguments.get(SHAPES)));
            case NPZ -> tensors(file, SpikeTensors.read(file));
            case AEDAT, NMNIST -> SensorImport.spikes(arguments, file, source, console);
        };
    }

    private static SpikeTrace.Spikes table(Path file, SpikeTable table) {
        List<TracedNetwork.Layer> layers = IntStream.range(0, table.shapes().size())
                .mapToObj(l -> new TracedNetwork.Layer(l == 0 ? "input" : "layer" + l, table.shapes().get(l))).toList();
        return new SpikeTrace.Spikes(NetworkSpikes.name(file), file.getFileName().toString(), table.lastStep(), layers, table.images(),
                i -> IntStream.range(0, layers.size()).mapToObj(l -> table.train(i, l, table.lastStep())).toList());
    }

    private static SpikeTrace.Spikes tensors(Path file, List<LayerSpikes> layers) {
        int last = layers.stream().mapToInt(layer -> layer.train().lastStep()).max().orElseThrow();
        return new SpikeTrace.Spikes(NetworkSpikes.name(file), file.getFileName().toString(), last,
                layers.stream().map(layer -> SpikeTrace.layer(layer, last)).toList(), 1,
                _ -> layers.stream().map(LayerSpikes::train).toList());
    }

    private static String summary(SpikeTrace.Spikes spikes) {
        long[] sums = new long[spikes.layers().size()];
        for (int i = 0; i < spikes.images(); i++) {
            for (int l = 0; l < sums.length; l++) {
                sums[l] += spikes.trains().apply(i).get(l).spikes();
            }
        }
        TextTable table = new TextTable("layer", "shape", ">steps", ">spikes", ">of neurons a step");
        for (int l = 0; l < sums.length; l++) {
            TracedNetwork.Layer layer = spikes.layers().get(l);
            int steps = layer.steps().orElse(spikes.lastStep() + 1);
            table.row(layer.name(), layer.shape().toString(), Integer.toString(steps), String.format(Locale.ROOT, "%,d", sums[l]),
                    String.format(Locale.ROOT, "%.2f %%", 100.0 * sums[l] / spikes.images() / layer.shape().size() / steps));
        }
        return spikes.network() + ": steps 0 to " + spikes.lastStep() + ", images: " + spikes.images() + "\n" + table;
    }
}
