package metronome.core.calibration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import metronome.core.io.DataException;
import metronome.core.network.Inference;
import metronome.core.network.Network;
import metronome.core.network.Node;
import metronome.core.network.Operator;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.tensor.Kernels;
import metronome.core.tensor.Tensor;

/**
 * Gives layers of weights without a rectifier behind them one, without changing what the network computes: a layer that only
 * layers of weights read is split by sign into two channels for each, one of the positive part and one of the negative,
 * which its readers take off; a layer that max-pools read, whose maximum a negative part would not survive, is raised by a
 * constant instead, and the readers of the pools take it off in their biases.
 *
 * @param network with a rectifier behind every layer of weights but the last
 * @param split names of layers that were split by sign
 * @param raised names of layers that were raised by a constant, so that their small values are coded less finely
 */
public record SignedLayers(Network network, List<String> split, List<String> raised) {
    /** Copies the lists. */
    public SignedLayers {
        split = List.copyOf(split);
        raised = List.copyOf(raised);
    }

    /**
     * {@return the network with rectifiers everywhere}
     *
     * @param folded a {@link metronome.core.network.Folding folded} one
     * @param inputs [count, ...] of it, by which a raise is measured
     * @param threads at least 1
     * @throws DataException naming a layer for which there is no way, with advice
     */
    public static SignedLayers of(Network folded, Tensor inputs, int threads) {
        Network network = folded;
        List<String> split = new ArrayList<>();
        List<String> raised = new ArrayList<>();
        for (Node before : folded.nodes()) {
            Node node = network.nodes().stream().filter(n -> n.name().equals(before.name())).findFirst().orElseThrow();
            List<Node> readers = network.readers(node.name());
            if (!isLayer(node) || readers.isEmpty() || readers.stream().allMatch(SignedLayers::isActivation)) {
                continue;
            }
            if (readers.stream().allMatch(SignedLayers::isLayer)) {
                network = new Splitting(network, node.name()).run();
                split.add(node.name());
            } else if (onlyPooled(network, node)) {
                network = raised(network, node, -lowest(folded, node.name(), inputs, threads));
                raised.add(node.name());
            } else {
                throw new DataException("node " + node.name() + ": has signed values that " + readers.getFirst().name()
                        + " reads; put a rectifier behind it and retrain");
            }
        }
        return new SignedLayers(network, split, raised);
    }

    static boolean isLayer(Node node) {
        return node.operator() instanceof Operator.Convolution || node.operator() instanceof Operator.Dense;
    }

    private static boolean isActivation(Node node) {
        return node.operator() instanceof Operator.Rectifier || node.operator() instanceof Operator.Staircase;
    }

    /** Whether only max-pools read it, and only layers without padding read those. */
    private static boolean onlyPooled(Network network, Node node) {
        return network.readers(node.name()).stream().allMatch(pool -> pool.operator() instanceof Operator.MaxPool
                && !network.readers(pool.name()).isEmpty()
                && network.readers(pool.name()).stream().allMatch(SignedLayers::isUnpadded));
    }

    private static boolean isUnpadded(Node node) {
        return node.operator() instanceof Operator.Dense
                || node.operator() instanceof Operator.Convolution c && c.window().padding() == 0;
    }

    private static float lowest(Network network, String node, Tensor inputs, int threads) {
        int index = network.nodes().stream().map(Node::name).toList().indexOf(node);
        float[] lowest = new float[(inputs.extent(0) + Kernels.LANES - 1) / Kernels.LANES];
        Inference.of(network).visit(inputs, threads, (first, count, activations) -> {
            float[] values = activations.get(index + 1);
            for (int i = 0; i < values.length; i++) {
                lowest[first / Kernels.LANES] = Math.min(lowest[first / Kernels.LANES],
                        i % Kernels.LANES < count ? values[i] : 0);
            }
        });
        float least = 0;
        for (float low : lowest) {
            least = Math.min(least, low);
        }
        return least;
    }

    /** The layer with a bias that is higher, a rectifier behind it, and what reads its pools with biases that make up for it. */
    private static Network raised(Network network, Node layer, float by) {
        Map<String, Operator> changed = new HashMap<>();
        changed.put(layer.name(), moved(layer.operator(), bias -> filled(bias, by)));
        for (Node pool : network.readers(layer.name())) {
            for (Node reader : network.readers(pool.name())) {
                changed.put(reader.name(), moved(reader.operator(), bias -> sums(reader.operator(), bias.size(), -by)));
            }
        }
        return withRectifier(network.with(changed), layer.name());
    }

    @FunctionalInterface
    private interface Change {
        float[] of(Tensor bias);
    }

    private static float[] filled(Tensor bias, float by) {
        float[] filled = new float[bias.size()];
        java.util.Arrays.fill(filled, by);
        return filled;
    }

    private static float[] sums(Operator operator, int outputs, float by) {
        Tensor weights = operator instanceof Operator.Dense d ? d.weights() : ((Operator.Convolution) operator).weights();
        double[] sums = new double[outputs];
        for (int i = 0; i < weights.size(); i++) {
            sums[i / (weights.size() / outputs)] += weights.data()[i];
        }
        float[] change = new float[outputs];
        for (int i = 0; i < outputs; i++) {
            change[i] = (float) (by * sums[i]);
        }
        return change;
    }

    private static Operator moved(Operator operator, Change change) {
        return switch (operator) {
            case Operator.Convolution(Window window, Tensor weights, Tensor bias) ->
                new Operator.Convolution(window, weights, plus(bias, change.of(bias)));
            case Operator.Dense(Tensor weights, Tensor bias) -> new Operator.Dense(weights, plus(bias, change.of(bias)));
            case Operator other -> other;
        };
    }

    private static Tensor plus(Tensor bias, float[] change) {
        for (int i = 0; i < change.length; i++) {
            change[i] += bias.data()[i];
        }
        return Tensor.of(change, bias.shape());
    }

    /** The network with a rectifier directly behind a node, which all its readers read instead. */
    static Network withRectifier(Network network, String layer) {
        String rectifier = layer + "_positive";
        List<Node> nodes = new ArrayList<>();
        for (Node node : network.nodes()) {
            nodes.add(new Node(node.name(), node.operator(),
                    node.inputs().stream().map(name -> name.equals(layer) ? rectifier : name).toList()));
            if (node.name().equals(layer)) {
                nodes.add(new Node(rectifier, new Operator.Rectifier(), List.of(layer)));
            }
        }
        return new Network(network.name(), network.input(), nodes);
    }

    /** Splits one layer by sign. */
    private record Splitting(Network network, String layer) {
        Network run() {
            List<Node> nodes = new ArrayList<>();
            for (Node node : network.nodes()) {
                Operator operator = node.name().equals(layer) ? outputs(node.operator())
                        : node.inputs().contains(layer) ? Signs.inputs(node, network.shapes().get(layer)) : node.operator();
                nodes.add(new Node(node.name(), operator, node.inputs()));
            }
            return withRectifier(new Network(network.name(), network.input(), nodes), layer);
        }

        private static Operator outputs(Operator operator) {
            return switch (operator) {
                case Operator.Convolution(Window window, Tensor weights, Tensor bias) when window.groups() == 1 ->
                    new Operator.Convolution(window, Signs.both(weights), Signs.both(bias));
                case Operator.Dense(Tensor weights, Tensor bias) ->
                    new Operator.Dense(Signs.both(weights), Signs.both(bias));
                case Operator _ -> throw new DataException("groups of signed channels cannot be split by sign; put a rectifier "
                        + "behind them and retrain");
            };
        }
    }
}
