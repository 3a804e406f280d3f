package metronome.traces.soak;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import metronome.core.data.IdxReader;
import metronome.core.json.JsonParser;
import metronome.core.network.NetworkFile;
import metronome.core.network.Shape;
import metronome.core.numpy.Npy;
import metronome.core.numpy.Npz;
import metronome.core.onnx.OnnxFile;
import metronome.core.safetensors.Safetensors;
import metronome.core.spiking.PlainFile;
import metronome.core.spiking.SpikingFile;
import metronome.isa.assembly.Assembler;
import metronome.isa.program.ProgramFile;
import metronome.isa.target.ScaleSimReader;
import metronome.isa.target.TargetReader;
import metronome.traces.analysis.TraceAnalysis;
import metronome.traces.scalesim.TopologyReader;
import metronome.traces.sensor.Binning;
import metronome.traces.sensor.SensorFile;
import metronome.traces.sensor.SensorFormat;
import metronome.traces.trace.TraceReader;
import metronome.traces.trace.TraceSummary;
import metronome.traces.view.TracePage;
import metronome.traces.view.TraceStats;
import metronome.traces.workload.LayerTable;
import metronome.traces.workload.SpikeTable;
import metronome.traces.workload.SpikeTensors;
import metronome.traces.workload.SpikeTrainCsv;

/** The readers that are soaked, a line each. */
public final class SoakReaders {
    private static final int NEURONS = 6;
    private static final int LAST_STEP = 4;
    private static final int BINS = 64;

    private SoakReaders() {
    }

    /** {@return all of them} */
    public static List<SoakReader> all() {
        return List.of(
                new SoakReader("onnx", NetworkSamples::onnx, (bytes, _) -> OnnxFile.parse(bytes, "soak", Optional.empty())),
                new SoakReader("safetensors", NetworkSamples::safetensors, (bytes, _) -> Safetensors.parse(bytes)),
                new SoakReader("network", NetworkSamples::network, (bytes, _) -> NetworkFile.parse(bytes, "soak")),
                file("spiking", NetworkSamples::spiking, SpikingFile::read),
                file("plain", NetworkSamples::plain, PlainFile::read),
                file("npy", SampleFiles::npy, Npy::read),
                file("npz", SampleFiles::npz, Npz::read),
                file("idx", SampleFiles::idx, path -> IdxReader.samples(path, SampleFiles.labels(path), 10)),
                text("json", SampleFiles::json, JsonParser::parse),
                text("target", SampleFiles::target, text -> TargetReader.parse(text, "soak")),
                text("scale-sim", SampleFiles::scaleSim, text -> ScaleSimReader.parse(text, "soak")),
                new SoakReader("program", SampleFiles::program, (bytes, _) -> ProgramFile.decode(bytes)),
                text("assembly", SampleFiles::assembly, Assembler::assemble),
                file("spike-train", SampleFiles::spikeTrain, path -> SpikeTrainCsv.read(path, NEURONS, LAST_STEP)),
                // A block holds columns of numbers, of which those that repeat take next to no room in the file.
                file("trace", TraceSamples::all, SoakReaders::readTrace).allowing(1 << 16, 32 << 20),
                new SoakReader("trace-sealed", TraceSamples::all, (bytes, scratch) -> readTrace(Files.write(scratch, Sealing.sealed(bytes))))
                        .allowing(1 << 16, 32 << 20),
                text("topology", SampleFiles::topology, text -> TopologyReader.parse(text, "soak")),
                file("nmnist", RecordingSamples::nmnist, path -> binned(path, SensorFormat.NMNIST)),
                file("aedat2", RecordingSamples::aedat2, path -> binned(path, SensorFormat.AEDAT)),
                file("aedat3", RecordingSamples::aedat3, path -> binned(path, SensorFormat.AEDAT)),
                file("sensor-zip", RecordingSamples::zip, path -> SensorFile.read(path, RecordingSamples.ENTRY, SensorFormat.NMNIST,
                        binning())),
                file("spike-tensors", RecordingSamples::tensors, SpikeTensors::read),
                file("spike-table", RecordingSamples::table, path -> SpikeTable.read(path, List.of(Shape.vector(NEURONS), Shape.vector(2)))),
                text("layers", RecordingSamples::layers, text -> LayerTable.parse(text, "soak", "small")));
    }

    private static Binning binning() {
        return new Binning(new Binning.Grid(1000, OptionalInt.empty(), OptionalLong.empty(), Optional.empty(), Binning.Polarity.CHANNELS));
    }

    private static void binned(Path file, SensorFormat format) {
        Binning binning = binning();
        SensorFile.read(file, format, binning);
        binning.result();
    }

    private static void readTrace(Path file) {
        try (TraceReader trace = TraceReader.open(file)) {
            TraceSummary.of(trace).text();
            trace.header().instructions();
            trace.blocks().forEach(block -> trace.read(block, _ -> { }));
            TraceAnalysis analysis = TraceAnalysis.of(trace, BINS);
            TraceStats.text(analysis);
            TracePage.of(new LinkedHashMap<>(Map.of("soak", analysis)), "soak");
        }
    }

    private static SoakReader text(String name, Supplier<List<byte[]>> samples, Consumer<String> reads) {
        return new SoakReader(name, samples, (bytes, _) -> reads.accept(new String(bytes, StandardCharsets.UTF_8)));
    }

    private static SoakReader file(String name, Supplier<List<byte[]>> samples, Consumer<Path> reads) {
        return new SoakReader(name, samples, (bytes, scratch) -> reads.accept(Files.write(scratch, bytes)));
    }
}
