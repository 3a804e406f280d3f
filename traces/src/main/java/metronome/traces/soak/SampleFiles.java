package metronome.traces.soak;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import metronome.core.code.Rounding;
import metronome.core.code.TemporalCode;
import metronome.core.code.Ticking;
import metronome.core.code.ZeroPolicy;
import metronome.core.network.Network;
import metronome.core.network.NetworkBuilder;
import metronome.core.network.NetworkFile;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.onnx.OnnxBuilder;
import metronome.core.safetensors.Safetensors;
import metronome.core.spiking.Converter;
import metronome.core.spiking.FixedSimulator;
import metronome.core.spiking.PlainFile;
import metronome.core.spiking.PlainRandom;
import metronome.core.spiking.PoolCircuit;
import metronome.core.spiking.Readout;
import metronome.core.spiking.SpikeTrain;
import metronome.core.spiking.SpikingFile;
import metronome.core.tensor.Tensor;
import metronome.hwmodel.machine.Machine;
import metronome.hwmodel.probe.EventStream;
import metronome.hwmodel.soak.RandomCase;
import metronome.isa.assembly.Disassembler;
import metronome.isa.program.Program;
import metronome.isa.program.ProgramFile;
import metronome.isa.target.Target;
import metronome.isa.target.TargetRules;
import metronome.isa.target.TargetWriter;
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

/** Small valid files of every kind. */
final class SampleFiles {
    private static final TemporalCode CODE = new TemporalCode(3, 12, Rounding.HALF_STEP, ZeroPolicy.FLOOR);

    private SampleFiles() {
    }

    static List<byte[]> onnx() {
        byte[] chain = OnnxBuilder.opset(13).input("x", 0, 2, 6, 6).floats("w", new float[36], 2, 2, 3, 3).floats("b", new float[2], 2)
                .floats("d", new float[72], 18, 4).vector("s", -1, 18)
                .node("Conv", "x w b", "c", OnnxBuilder.integers("pads", 0, 0, 1, 1), OnnxBuilder.text("auto_pad", "NOTSET"))
                .node("Relu", "c", "r").node("MaxPool", "r", "p", OnnxBuilder.integers("kernel_shape", 2, 2),
                        OnnxBuilder.integers("strides", 2, 2), OnnxBuilder.integer("ceil_mode", 1))
                .node("Reshape", "p s", "f").node("Gemm", "f d", "y", OnnxBuilder.decimal("alpha", 1)).output("y").bytes();
        byte[] branches = OnnxBuilder.opset(9).input("x", 1, 4, 4, 2).floats("n", new float[] {1, 2}, 2).floats("k", new float[] {1}, 1)
                .vector("v", 0, 1).node("Transpose", "x", "t", OnnxBuilder.integers("perm", 0, 3, 1, 2))
                .node("BatchNormalization", "t n n n n", "a").node("Clip", "a", "b", OnnxBuilder.decimal("min", 0), OnnxBuilder.decimal("max", 6))
                .node("Add", "a b", "c").node("Concat", "c b", "e", OnnxBuilder.integer("axis", 1)).node("Mul", "e k", "m")
                .node("AveragePool", "m", "g", OnnxBuilder.integers("kernel_shape", 2, 2)).node("QuantizeLinear", "g k", "q")
                .node("DequantizeLinear", "q k", "u").node("GlobalAveragePool", "u", "z").node("Squeeze", "z", "o")
                .node("Softmax", "o", "y").output("y").bytes();
        return List.of(chain, branches);
    }

    static List<byte[]> safetensors() {
        return List.of(new Safetensors(new LinkedHashMap<>(Map.of("w", Tensor.zeros(2, 3), "b", Tensor.zeros(3))),
                new LinkedHashMap<>(Map.of("format", "pt"))).bytes());
    }

    private static NetworkBuilder builder() {
        return NetworkBuilder.chain("sample", new Shape(1, 6, 6)).convolution("c", 2, new Window(3, 3, 1, 1)).staircase("s", CODE);
    }

    static List<byte[]> network() {
        Network branches = NetworkBuilder.chain("b", new Shape(1, 6, 6)).convolution("c", 2, new Window(3, 3, 1, 1)).rectifier("r")
                .averagePool("p", new Window(3, 3, 1, 1)).concat("j", "r", "p").dense("d", 3).build();
        return List.of(NetworkFile.bytes(builder().maxPool("p", Window.square(2, 2)).dense("d", 3).build()), NetworkFile.bytes(branches));
    }

    static List<byte[]> spiking() {
        Network network = builder().maxPool("p", Window.square(2, 2)).dense("d", 3).build();
        return List.of(written(file -> SpikingFile.write(
                Converter.convert(network, Ticking.DEFAULT, PoolCircuit.COUNTER, Readout.POTENTIAL), file)));
    }

    static List<byte[]> plain() {
        return List.of(written(file -> PlainFile.write(PlainRandom.dense(1, 2, 6, 4, 0.2, 20).network(), file)));
    }

    static List<byte[]> npy() {
        byte[] header = ("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }" + " ".repeat(58) + "\n")
                .getBytes(StandardCharsets.US_ASCII);
        return List.of(ByteBuffer.allocate(10 + header.length + 24).order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) header.length).put(header).array());
    }

    static List<byte[]> npz() {
        return List.of(packed(out -> {
            ZipOutputStream zip = new ZipOutputStream(out);
            for (String name : List.of("w.npy", "b.npy")) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(npy().getFirst());
                zip.closeEntry();
            }
            zip.finish();
        }));
    }

    static List<byte[]> idx() {
        byte[] images = ByteBuffer.allocate(16 + 8).putInt(0x803).putInt(2).putInt(2).putInt(2).array();
        return List.of(images, packed(out -> {
            try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                gzip.write(images);
            }
        }));
    }

    /** Labels for the images of {@link #idx}, beside them. */
    static Path labels(Path images) {
        try {
            return Files.write(images.resolveSibling(images.getFileName() + "-labels"),
                    ByteBuffer.allocate(10).putInt(0x801).putInt(2).array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<byte[]> json() {
        return List.of(bytes("{\"a\": [1, -2.5e3, true, null, \"x\\u00e9\\n\"], \"b\": {\"c\": {}}}"));
    }

    static List<byte[]> target() {
        return List.of(bytes(TargetWriter.text(Target.preset())),
                bytes("{\"name\": \"mine\", \"base\": \"edge\", \"clock_MHz\": 250, \"lif\": {\"lanes\": 128, \"banks\": 128}}"));
    }

    static List<byte[]> scaleSim() {
        return List.of(bytes("""
                [general]
                run_name = mine
                [architecture_presets]
                ArrayHeight: 8
                ArrayWidth: 4
                IfmapSramSzkB: 64
                FilterSramSzkB: 64
                OfmapSramSzkB: 64
                IfmapOffset: 0
                FilterOffset: 10000000
                OfmapOffset: 20000000
                Dataflow : ws
                Bandwidth : 10
                [run_presets]
                InterfaceBandwidth: CALC
                """));
    }

    private static Program compiled() {
        return RandomCase.of(new SplittableRandom(3)).compile();
    }

    static List<byte[]> program() {
        return List.of(ProgramFile.encode(compiled()));
    }

    static List<byte[]> assembly() {
        return List.of(bytes(Disassembler.disassemble(compiled())));
    }

    static List<byte[]> spikeTrain() {
        return List.of(bytes("step,neuron\n0,5\n0,1\n3,2\n4,0\n"));
    }

    static List<byte[]> trace() {
        RandomCase c = RandomCase.of(new SplittableRandom(3));
        TraceSubject.Once subject = new TraceSubject.Once(new FixedSimulator(c.network(), TargetRules.leakPolicy(c.target())), "soak",
                _ -> c.input());
        TracedHardware hardware = TracedHardware.of(c.compile(), c.target());
        TraceHeader.Provenance provenance = new TraceHeader.Provenance("0", 3, "soak readers");
        return List.of(
                written(file -> TraceRecorder.record(file, new TraceHeader(TraceHeader.Source.MACHINE, subject.spiking(),
                        Optional.of(hardware), EnumSet.allOf(EventStream.class), 500, 0, 2, provenance), subject,
                        Optional.of(new Machine(c.compile(), c.target())), 1, Watcher.NONE)),
                written(file -> TraceRecorder.record(file, new TraceHeader(TraceHeader.Source.ORACLE, subject.spiking(),
                        Optional.empty(), EnumSet.of(EventStream.SPIKES), 0, 0, 2, provenance), subject, Optional.empty(), 1,
                        Watcher.NONE)),
                written(file -> {
                    TraceRecorder.record(file, new TraceHeader(TraceHeader.Source.MACHINE, subject.spiking(), Optional.of(hardware),
                            EnumSet.of(EventStream.SPIKES, EventStream.STALLS), 500, 0, 2, provenance), subject,
                            Optional.of(new Machine(c.compile(), c.target())), 1, Watcher.NONE);
                    cut(file);
                }),
                written(file -> SpikeTrace.write(file, new SpikeTrace.Spikes("soak", "soak", 4, List.of(
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

    static List<byte[]> topology() {
        return List.of(bytes("""
                Layer name, IFMAP Height, IFMAP Width, Filter Height, Filter Width, Channels, Num Filter, Strides,
                Conv1, 34, 34, 3, 3, 3, 8, 1,
                FC, 1, 1, 1, 1, 64, 10, 1,
                """), bytes("Layer, M, N, K,\ng1, 16, 32, 8,\n"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @FunctionalInterface
    private interface Filling {
        void write(OutputStream out) throws IOException;
    }

    private static byte[] packed(Filling filling) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            filling.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return out.toByteArray();
    }

    private static byte[] written(Consumer<Path> write) {
        try {
            Path file = Files.createTempFile("metronome-soak", ".sample");
            try {
                write.accept(file);
                return Files.readAllBytes(file);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
