package metronome.core.calibration;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import metronome.core.code.TemporalCode;
import metronome.core.network.Network;
import metronome.core.network.Node;
import metronome.core.network.Operator;
import metronome.core.network.Shape;
import metronome.core.tensor.Tensor;

/**
 * Folds the scales of activations into weights. Each channel has a scale, since branches that are stacked bring their own:
 * a weight is multiplied by the scale of the channel that it reads and divided by that of the layer that it feeds.
 */
final class Rescaling {
    private final Network network;
    private final Map<String, Double> scales;
    private final Optional<TemporalCode> code;
    /** Of each node that has been seen: what one in each channel of its new values stands for. */
    private final Map<String, double[]> units = new HashMap<>();
    private final Map<String, Operator> changed = new LinkedHashMap<>();

    Rescaling(Network network, Map<String, Double> scales, Optional<TemporalCode> code) {
        this.network = network;
        this.scales = scales;
        this.code = code;
    }

    Network run(double unit) {
        units.put(Network.INPUT, units(unit, network.input().channels()));
        for (Node node : network.nodes()) {
            units.put(node.name(), units(node));
        }
        return network.with(changed);
    }

    private double[] units(Node node) {
        double[] before = node.inputs().stream().map(units::get).flatMapToDouble(Arrays::stream).toArray();
        return switch (node.operator()) {
            case Operator.Convolution c when handsOn(c, before.length) -> before;
            case Operator.Convolution layer -> convolution(node, layer, before);
            case Operator.AveragePool pool when network.readers(node.name()).isEmpty() ->
                convolution(node, pool.asConvolution(before.length), before);
            case Operator.Dense(Tensor weights, Tensor bias) -> {
                double after = after(node);
                Shape input = network.shapes().get(node.inputs().getFirst());
                changed.put(node.name(), new Operator.Dense(scaled(weights, before, input.height() * input.width(), 1, after),
                        divided(bias, after)));
                yield units(after, bias.size());
            }
            case Operator.Rectifier(float ceiling) -> {
                changed.put(node.name(), code.<Operator>map(Operator.Staircase::new)
                        .orElseGet(() -> new Operator.Rectifier((float) (ceiling / before[0]))));
                yield before;
            }
            case Operator.MaxPool _, Operator.AveragePool _, Operator.Concat _, Operator.Staircase _ -> before;
            case Operator.Add _, Operator.BatchNormalisation _ -> throw new IllegalArgumentException(
                    "node " + node.name() + ": must be folded into layers of weights first");
        };
    }

    private double[] convolution(Node node, Operator.Convolution layer, double[] before) {
        double after = after(node);
        changed.put(node.name(), new Operator.Convolution(layer.window(), scaled(layer.weights(), before,
                layer.window().height() * layer.window().width(), layer.window().groups(), after),
                divided(layer.bias(), after)));
        return units(after, layer.bias().size());
    }

    /** A layer of nothing but ones passes its values on; so it leaves their scale too, and no value is rounded twice. */
    private static boolean handsOn(Operator.Convolution layer, int channels) {
        return layer.window().groups() == channels && layer.weights().size() == channels
                && IntStream.range(0, channels)
                        .allMatch(i -> layer.weights().data()[i] == 1 && layer.bias().data()[i] == 0);
    }

    /** The scale of the rectifier behind a layer; 1 behind the last. */
    private double after(Node node) {
        List<Node> readers = network.readers(node.name());
        return readers.stream().filter(reader -> reader.operator() instanceof Operator.Rectifier).findFirst()
                .map(reader -> scales.get(reader.name())).orElse(1.0);
    }

    private static double[] units(double scale, int channels) {
        double[] units = new double[channels];
        Arrays.fill(units, scale);
        return units;
    }

    private static Tensor scaled(Tensor weights, double[] before, int area, int groups, double after) {
        float[] scaled = weights.data().clone();
        int inputs = scaled.length / weights.extent(0) / area;
        for (int i = 0; i < scaled.length; i++) {
            int group = i / area / inputs / (weights.extent(0) / groups);
            scaled[i] = (float) (scaled[i] * (before[group * inputs + i / area % inputs] / after));
        }
        return Tensor.of(scaled, weights.shape());
    }

    private static Tensor divided(Tensor bias, double by) {
        float[] divided = bias.data().clone();
        for (int i = 0; i < divided.length; i++) {
            divided[i] = (float) (divided[i] * (1 / by));
        }
        return Tensor.of(divided, bias.shape());
    }
}
