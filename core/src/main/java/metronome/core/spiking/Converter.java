package metronome.core.spiking;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import metronome.core.code.Rounding;
import metronome.core.code.TemporalCode;
import metronome.core.code.Ticking;
import metronome.core.code.ZeroPolicy;
import metronome.core.io.DataException;
import metronome.core.network.Network;
import metronome.core.network.Node;
import metronome.core.network.Operator;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.tensor.Tensor;

/**
 * Turns a network that was trained with the staircase activation into a spiking one that fires exactly as it computes
 * (Zhang et al., AAAI 2019: retrain with the activation that the neurons induce, then negate the weights).
 */
public final class Converter {
    /** R and theta differ by the margin; below this share of theta a double no longer tells firing steps apart. */
    private static final double MIN_RELATIVE_MARGIN = 1e-9;

    private final Network network;
    private final SequencedMap<String, Shape> shapes;
    private final PoolCircuit circuit;
    private final List<SpikingLayer> layers = new ArrayList<>();
    private final Set<String> sums = new HashSet<>();
    private TemporalCode code;

    private Converter(Network network, PoolCircuit circuit) {
        this.network = network;
        this.shapes = network.shapes();
        this.circuit = circuit;
    }

    /**
     * {@return the spiking network}
     *
     * <p>The network is made of convolutions, dense layers, pools and concatenations. Each layer with synapses, which
     * average pools are too, but the last is followed by a {@link Operator.Staircase}, all of one code; max-pools and concatenations come after it.
     *
     * @param network trained with the staircase
     * @param ticking drive of every output window
     * @param pool circuit for every max-pool; {@link PoolCircuit#COUNTER} needs {@link ZeroPolicy#FLOOR}
     * @param readout {@link Readout#LAST_SPIKE} ticks the last layer too
     * @throws DataException naming the node that cannot be converted, with advice
     */
    public static SpikingNetwork convert(Network network, Ticking ticking, PoolCircuit pool, Readout readout) {
        Converter converter = new Converter(network, pool);
        try {
            converter.run();
            return converter.finish(ticking, readout);
        } catch (DataException e) {
            throw e.in("network " + network.name());
        }
    }

    private void run() {
        for (Node node : network.nodes()) {
            requireReader(node);
            add(node);
        }
    }

    private List<Node> readers(Node node) {
        return network.nodes().stream().filter(other -> other.inputs().contains(node.name())).toList();
    }

    private void requireReader(Node node) {
        if (node != network.nodes().getLast() && readers(node).isEmpty()) {
            throw refusal(node, "nothing reads it, though it is not the last node; take it out");
        }
    }

    private void add(Node node) {
        Shape input = shapes.get(node.inputs().getFirst());
        Shape output = shapes.get(node.name());
        switch (node.operator()) {
            case Operator.Convolution(Window window, Tensor weights, Tensor bias) ->
                synapses(node, input, output, window, weights, bias);
            case Operator.Dense(Tensor weights, Tensor bias) ->
                synapses(node, input, output, Window.covering(input), weights, bias);
            case Operator.MaxPool(Window window) ->
                layers.add(new SpikingLayer.Pool(node.name(), input, output, window, circuit));
            case Operator.AveragePool pool -> {
                Operator.Convolution mean = pool.asConvolution(input.channels());
                synapses(node, input, output, mean.window(), mean.weights(), mean.bias());
            }
            case Operator.Concat _ -> { }
            case Operator.Add _, Operator.BatchNormalisation _ -> throw refusal(node, "must be folded into layers of weights "
                    + "before the conversion");
            case Operator.Rectifier _ -> throw refusal(node, "a rectifier cannot be converted without loss; retrain the "
                    + "network with the staircase activation first");
            case Operator.Staircase(TemporalCode staircase) -> staircase(node, staircase);
        }
    }

    private void synapses(Node node, Shape input, Shape output, Window window, Tensor weights, Tensor bias) {
        requireStaircase(node);
        sums.add(node.name());
        Tensor kernel = Tensor.of(negated(node, weights),
                output.channels(), input.channels() / window.groups(), window.height(), window.width());
        layers.add(new SpikingLayer.Synapses(node.name(), input, output, window, kernel,
                Tensor.of(negated(node, bias), bias.size())));
    }

    private void requireStaircase(Node node) {
        for (Node next : readers(node)) {
            if (!(next.operator() instanceof Operator.Staircase) && !(next.operator() instanceof Operator.Rectifier)) {
                throw refusal(node, "must be followed by a staircase, is followed by " + next.name()
                        + (next.operator() instanceof Operator.MaxPool
                        ? "; move the max-pool behind the staircase, which gives the same values"
                        : "; retrain the network with a staircase there"));
            }
        }
    }

    private void staircase(Node node, TemporalCode staircase) {
        if (!sums.contains(node.inputs().getFirst())) {
            throw refusal(node, "a staircase must follow a convolution, a dense layer or an average pool");
        }
        if (code != null && !code.equals(staircase)) {
            throw refusal(node, "all staircases must have one code: " + staircase + ", expected " + code);
        }
        code = staircase;
    }

    private SpikingNetwork finish(Ticking ticking, Readout readout) {
        Node last = network.nodes().getLast();
        if (code == null) {
            throw refusal(last, "no staircase in the network gives a temporal code; retrain it with the staircase first");
        }
        boolean ticked = last.operator() instanceof Operator.Staircase;
        if (!ticked && !sums.contains(last.name())) {
            throw refusal(last, "the last layer must be a convolution or a dense layer");
        }
        if (readout == Readout.POTENTIAL && ticked) {
            throw refusal(last, "the read-out by potential takes the last layer's sums; drop its staircase or read out "
                    + "the last spike");
        }
        requireCounting();
        requireMeans();
        requireMargin(ticking);
        return new SpikingNetwork(network.name(), code, ticking, readout, network.input(), layers,
                Wiring.of(network));
    }

    private void requireCounting() {
        if (code.zeros() == ZeroPolicy.SILENT && circuit == PoolCircuit.COUNTER) {
            layers.stream().filter(SpikingLayer.Pool.class::isInstance).findFirst().ifPresent(layer -> {
                throw new DataException("node " + layer.name() + ": a counting max-pool waits for every input, so it "
                        + "needs the zero policy floor; take the reset circuit or retrain with floor");
            });
        }
    }

    private void requireMeans() {
        if (code.rounding() == Rounding.CEIL) {
            network.nodes().stream().filter(n -> n.operator() instanceof Operator.AveragePool).findFirst().ifPresent(n -> {
                throw refusal(n, "the mean of equal values lies on a boundary of the rounding ceil; take half-step");
            });
        }
    }

    private void requireMargin(Ticking ticking) {
        if (!(code.margin() > MIN_RELATIVE_MARGIN * ticking.threshold()) || code.margin() < Double.MIN_NORMAL) {
            throw new DataException("threshold " + ticking.threshold() + " drowns the margin " + code.margin()
                    + " of the code; take a lower threshold, fewer steps or a longer time constant");
        }
    }

    private static float[] negated(Node node, Tensor tensor) {
        float[] values = new float[tensor.size()];
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(tensor.data()[i])) {
                throw refusal(node, "weights and bias must be finite: " + tensor.data()[i] + " at index " + i);
            }
            values[i] = 0 - tensor.data()[i];
        }
        return values;
    }

    private static DataException refusal(Node node, String reason) {
        return new DataException("node " + node.name() + ": " + reason);
    }
}
