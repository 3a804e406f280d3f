package metronome.core.network;

import java.util.ArrayList;
import java.util.List;
import metronome.core.tensor.Tensor;

/**
 * Makes an average pool part of the dense layer that alone reads it: the layer then reads what the pool read, which saves a
 * window of latency and the rounding of the means to spikes, for more weights.
 */
final class Means {
    private Means() {
    }

    static Network of(Network network) {
        List<Node> nodes = new ArrayList<>();
        for (Node node : network.nodes()) {
            List<Node> readers = network.readers(node.name());
            boolean merged = node.operator() instanceof Operator.AveragePool && readers.size() == 1
                    && readers.getFirst().operator() instanceof Operator.Dense;
            if (!merged) {
                nodes.add(merged(network, node));
            }
        }
        return new Network(network.name(), network.input(), nodes);
    }

    /** The node, with the mean before it taken in if there is one to take. */
    private static Node merged(Network network, Node node) {
        return network.nodes().stream().filter(n -> node.inputs().contains(n.name()) && network.readers(n.name()).size() == 1)
                .filter(n -> n.operator() instanceof Operator.AveragePool && node.operator() instanceof Operator.Dense)
                .findFirst().map(pool -> new Node(node.name(), merged(network, pool, (Operator.Dense) node.operator()),
                        pool.inputs())).orElse(node);
    }

    private static Operator merged(Network network, Node pool, Operator.Dense dense) {
        Window window = ((Operator.AveragePool) pool.operator()).window();
        Shape in = network.shapes().get(pool.inputs().getFirst());
        Shape out = network.shapes().get(pool.name());
        Tensor weights = Tensor.zeros(dense.bias().size(), in.size());
        float share = 1f / (window.height() * window.width());
        for (int i = 0; i < dense.weights().size(); i++) {
            int cell = i % out.size();
            int top = cell / out.width() % out.height() * window.stride() - window.padding();
            int left = cell % out.width() * window.stride() - window.padding();
            int plane = i / out.size() * in.size() + cell / (out.height() * out.width()) * in.height() * in.width();
            for (int y = Math.max(0, top); y < Math.min(in.height(), top + window.height()); y++) {
                for (int x = Math.max(0, left); x < Math.min(in.width(), left + window.width()); x++) {
                    weights.data()[plane + y * in.width() + x] += share * dense.weights().data()[i];
                }
            }
        }
        return new Operator.Dense(weights, dense.bias());
    }
}
