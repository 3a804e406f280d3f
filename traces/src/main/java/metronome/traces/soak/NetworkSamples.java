package metronome.traces.soak;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
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
import metronome.core.spiking.PlainFile;
import metronome.core.spiking.PlainRandom;
import metronome.core.spiking.PoolCircuit;
import metronome.core.spiking.Readout;
import metronome.core.spiking.SpikingFile;
import metronome.core.tensor.Tensor;

/** Small valid networks, in each format that they come in. */
final class NetworkSamples {
    private static final TemporalCode CODE = new TemporalCode(3, 12, Rounding.HALF_STEP, ZeroPolicy.FLOOR);

    private NetworkSamples() {
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
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("w", Tensor.zeros(2, 3));
        tensors.put("b", Tensor.zeros(3));
        return List.of(new Safetensors(tensors, new LinkedHashMap<>(Map.of("format", "pt"))).bytes());
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
        return List.of(Scratch.written(file -> SpikingFile.write(
                Converter.convert(network, Ticking.DEFAULT, PoolCircuit.COUNTER, Readout.POTENTIAL), file)));
    }

    static List<byte[]> plain() {
        return List.of(Scratch.written(file -> PlainFile.write(PlainRandom.dense(1, 2, 6, 4, 0.2, 20).network(), file)));
    }
}
