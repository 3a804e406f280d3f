package metronome.core.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import metronome.core.tensor.Tensor;

/**
 * Turns a network into one of the same function in which every sum is a layer of weights: normalisations become part of
 * the layer before them (or of that behind them, at the head of a network), a mean becomes part of the dense layer behind it
 * ({@link Means}), and a residual addition becomes one convolution over the stacked inputs of its summands
 * ({@link Residual}). It is what conversion to spikes begins with.
 */
public final class Folding {
    private final Network network;
    private final Map<String, String> renamed = new HashMap<>();
    private final Map<String, Operator> changed = new HashMap<>();

    private Folding(Network network) {
        this.network = network;
    }

    /**
     * {@return the network without normalisations, additions and means before dense layers, as far as they can be folded; those that cannot are left,
     * and the conversion says why}
     *
     * @param network any
     */
    public static Network of(Network network) {
        return Residual.of(Means.of(normalisations(network)));
    }

    /**
     * {@return the network without those normalisations that a layer beside them can take over}
     *
     * @param network any
     */
    public static Network normalisations(Network network) {
        return new Folding(network).run();
    }

    private Network run() {
        for (Node node : network.nodes()) {
            if (node.operator() instanceof Operator.BatchNormalisation n && !foldBack(node, n)) {
                foldForward(node, n);
            }
        }
        List<Node> kept = new ArrayList<>();
        for (Node node : network.nodes()) {
            if (!renamed.containsKey(node.name())) {
                kept.add(new Node(node.name(), changed.getOrDefault(node.name(), node.operator()),
                        node.inputs().stream().map(this::name).toList()));
            }
        }
        return new Network(network.name(), network.input(), kept);
    }

    private String name(String input) {
        String name = input;
        while (renamed.containsKey(name)) {
            name = renamed.get(name);
        }
        return name;
    }

    /** Into the layer of weights that nothing else reads. */
    private boolean foldBack(Node node, Operator.BatchNormalisation n) {
        String source = name(node.inputs().getFirst());
        if (network.readers(node.inputs().getFirst()).size() != 1 || source.equals(Network.INPUT)) {
            return false;
        }
        Optional<Operator> scaled = switch (operator(source)) {
            case Operator.Convolution(Window window, Tensor weights, Tensor bias) ->
                Optional.of(new Operator.Convolution(window, outputs(n, weights), shifted(n, bias)));
            case Operator.Dense(Tensor weights, Tensor bias) ->
                Optional.of(new Operator.Dense(outputs(n, weights), shifted(n, bias)));
            case Operator.MaxPool _, Operator.AveragePool _, Operator.Concat _, Operator.Add _,
                    Operator.BatchNormalisation _, Operator.Rectifier _, Operator.Staircase _ -> Optional.empty();
        };
        scaled.ifPresent(operator -> {
            changed.put(source, operator);
            renamed.put(node.name(), source);
        });
        return scaled.isPresent();
    }

    /** Into all layers of weights that read it; a padding of zeros behind it would not be one any more. */
    private void foldForward(Node node, Operator.BatchNormalisation n) {
        Map<String, Operator> folded = new HashMap<>();
        if (network.readers(node.name()).isEmpty()) {
            return;
        }
        int area = network.shapes().get(node.name()).size() / n.mean().size();
        for (Node reader : network.readers(node.name())) {
            switch (operator(reader.name())) {
                case Operator.Dense(Tensor weights, Tensor bias) -> folded.put(reader.name(),
                        new Operator.Dense(inputs(n, weights, area, 1), biased(n, weights, bias, area, 1)));
                case Operator.Convolution(Window window, Tensor weights, Tensor bias) when window.padding() == 0
                        || shiftless(n) -> folded.put(reader.name(), new Operator.Convolution(window,
                                inputs(n, weights, window.height() * window.width(), window.groups()),
                                biased(n, weights, bias, window.height() * window.width(), window.groups())));
                case Operator _ -> {
                    return;
                }
            }
        }
        changed.putAll(folded);
        renamed.put(node.name(), node.inputs().getFirst());
    }

    private Operator operator(String node) {
        return changed.getOrDefault(node, network.nodes().stream().filter(other -> other.name().equals(node)).findFirst()
                .orElseThrow().operator());
    }

    private static boolean shiftless(Operator.BatchNormalisation n) {
        for (int c = 0; c < n.mean().size(); c++) {
            if (n.offset(c) != 0) {
                return false;
            }
        }
        return true;
    }

    private static Tensor outputs(Operator.BatchNormalisation n, Tensor weights) {
        float[] scaled = weights.data().clone();
        int taps = scaled.length / weights.extent(0);
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = (float) (scaled[i] * n.factor(i / taps));
        }
        return Tensor.of(scaled, weights.shape());
    }

    private static Tensor shifted(Operator.BatchNormalisation n, Tensor bias) {
        float[] shifted = bias.data().clone();
        for (int c = 0; c < shifted.length; c++) {
            shifted[c] = (float) (shifted[c] * n.factor(c) + n.offset(c));
        }
        return Tensor.of(shifted, bias.shape());
    }

    /** The input channel that a weight [out, in / groups, ...] reads. */
    private static int channel(Tensor weights, int weight, int area, int groups) {
        int inputs = weights.size() / weights.extent(0) / area;
        int out = weight / (inputs * area);
        return out / (weights.extent(0) / groups) * inputs + weight / area % inputs;
    }

    private static Tensor inputs(Operator.BatchNormalisation n, Tensor weights, int area, int groups) {
        float[] scaled = weights.data().clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = (float) (scaled[i] * n.factor(channel(weights, i, area, groups)));
        }
        return Tensor.of(scaled, weights.shape());
    }

    private static Tensor biased(Operator.BatchNormalisation n, Tensor weights, Tensor bias, int area, int groups) {
        float[] sums = new float[bias.size()];
        int taps = weights.size() / sums.length;
        for (int out = 0; out < sums.length; out++) {
            double sum = bias.data()[out];
            for (int i = out * taps; i < (out + 1) * taps; i++) {
                sum += weights.data()[i] * n.offset(channel(weights, i, area, groups));
            }
            sums[out] = (float) sum;
        }
        return Tensor.of(sums, bias.shape());
    }
}
