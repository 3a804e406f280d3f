package metronome.core.spiking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.IntPredicate;
import metronome.core.code.TemporalCode;
import metronome.core.code.TickVariant;
import metronome.core.code.ZeroPolicy;
import metronome.core.network.Network;
import metronome.core.network.Node;
import metronome.core.network.Shape;

/** Counts the operations of one image at a time by the rule of docs/operations.md. Immutable. */
final class OperationCounter {
    private final SpikingNetwork network;
    private final SpikingSimulator simulator;
    private final DirectInference inference;
    private final List<Node> nodes;
    private final Map<String, FanOut> fanOuts = new HashMap<>();
    private final Map<String, PoolFanOut> poolFanOuts = new HashMap<>();

    OperationCounter(Network dnn, SpikingNetwork network) {
        this.network = network;
        this.simulator = new SpikingSimulator(network);
        this.inference = new DirectInference(dnn);
        this.nodes = dnn.nodes().stream().filter(node -> Wiring.isLayer(node.operator())).toList();
        requireSameShapes(dnn);
        for (SpikingLayer layer : network.layers()) {
            switch (layer) {
                case SpikingLayer.Synapses s ->
                    fanOuts.put(s.name(), new FanOut(s.input(), s.output(), s.window()));
                case SpikingLayer.Pool p ->
                    poolFanOuts.put(p.name(), new PoolFanOut(p.input(), p.output(), p.window()));
            }
        }
    }

    private void requireSameShapes(Network dnn) {
        List<Shape> expected = network.layers().stream().map(SpikingLayer::output).toList();
        List<Shape> actual = nodes.stream().map(node -> dnn.shapes().get(node.name())).toList();
        if (!dnn.input().equals(network.input()) || !expected.equals(actual)) {
            throw new IllegalArgumentException("DNN and TDSNN must have the same layers: " + actual + ", " + expected);
        }
    }

    OperationCount count(float[] image) {
        int[] spikes = simulator.encode(image);
        FiringRecord record = simulator.run(spikes);
        SequencedMap<String, double[]> activations = inference.run(image);
        List<OperationCount.Layer> layers = new ArrayList<>();
        for (int l = 0; l < nodes.size(); l++) {
            int[] arriving = network.wiring().arriving(l, spikes, record.steps());
            layers.add(switch (network.layers().get(l)) {
                case SpikingLayer.Synapses s ->
                    synapses(s, l, activations.get(nodes.get(l).inputs().getFirst()), arriving, record.steps()[l]);
                case SpikingLayer.Pool p -> pool(p, arriving, record.steps()[l]);
            });
        }
        return new OperationCount(1, layers);
    }

    private boolean last(int l) {
        return l == network.layers().size() - 1;
    }

    private OperationCount.Layer synapses(SpikingLayer.Synapses layer, int l, double[] activations, int[] arriving,
            int[] fired) {
        long neurons = layer.output().size();
        long dense = neurons * (layer.weights().size() / layer.output().channels());
        long skipping = fanOut(layer, i -> activations[i] != 0);
        long comparisons = last(l) ? neurons - 1 : neurons;
        long synaptic = fanOut(layer, i -> arriving[i] != TemporalCode.SILENT);
        Operations common = new Operations(0, synaptic + neurons, last(l) ? neurons - 1 : 0);
        long arrivals = ArrivalSteps.ofSynapses(fanOuts.get(layer.name()), layer, arriving, steps());
        return new OperationCount.Layer(layer.name(), new Operations(dense, dense, comparisons),
                new Operations(skipping, skipping, comparisons),
                common.plus(new Operations(neurons * steps(), 0, 0)).plus(clockWindow(fired)),
                common.plus(new Operations(arrivals, 0, 0)).plus(eventWindow(fired)));
    }

    private long fanOut(SpikingLayer.Synapses layer, IntPredicate present) {
        FanOut fanOut = fanOuts.get(layer.name());
        int pixels = layer.input().height() * layer.input().width();
        long sum = 0;
        for (int i = 0; i < layer.input().size(); i++) {
            sum += present.test(i) ? fanOut.synapses(i % pixels) : 0;
        }
        return sum;
    }

    private OperationCount.Layer pool(SpikingLayer.Pool layer, int[] arriving, int[] fired) {
        long inputs = Arrays.stream(poolFanOuts.get(layer.name()).inputs()).asLongStream().sum();
        long neurons = layer.output().size();
        Operations dnn = new Operations(0, 0, inputs - neurons);
        return switch (layer.circuit()) {
            case COUNTER -> {
                Operations counting = new Operations(0, inputs, inputs);
                yield new OperationCount.Layer(layer.name(), dnn, dnn, counting, counting);
            }
            case RESET -> {
                Operations pulse =
                        new Operations(0, network.ticking().variant() == TickVariant.C ? 0 : neurons, 0);
                long arrivals = ArrivalSteps.ofPool(poolFanOuts.get(layer.name()), layer.output().size(), arriving, steps());
                yield new OperationCount.Layer(layer.name(), dnn, dnn,
                        pulse.plus(new Operations(neurons * steps(), 0, 0)).plus(clockWindow(fired)),
                        pulse.plus(new Operations(arrivals, 0, 0)).plus(eventWindow(fired)));
            }
        };
    }

    private int steps() {
        return network.code().steps();
    }

    private long firstTick() {
        return network.ticking().variant() == TickVariant.B ? 0 : 1;
    }

    private long silentChecks(int[] fired) {
        return network.code().zeros() == ZeroPolicy.SILENT ? fired.length : 0;
    }

    /** Every neuron at every step of the output window. */
    private Operations clockWindow(int[] fired) {
        long updates = (long) fired.length * steps();
        return new Operations(updates, updates + firstTick() * fired.length,
                updates + fired.length + silentChecks(fired));
    }

    /** Every neuron until it fires; one that is silent only has its check. */
    private Operations eventWindow(int[] fired) {
        long updates = 0;
        long firing = 0;
        for (int step : fired) {
            updates += Math.max(step, 0);
            firing += step == TemporalCode.SILENT ? 0 : 1;
        }
        return new Operations(updates, updates + firstTick() * firing, updates + firing + silentChecks(fired));
    }
}
