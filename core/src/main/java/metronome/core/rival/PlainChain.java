package metronome.core.rival;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import metronome.core.io.DataException;
import metronome.core.network.Network;
import metronome.core.network.Node;
import metronome.core.network.Operator;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.spiking.EventKind;
import metronome.core.spiking.FixedWeights;
import metronome.core.spiking.PlainLayer;
import metronome.core.spiking.PlainNeuron;
import metronome.core.tensor.Tensor;

/** Makes the layers of a {@link PlainRival}. */
final class PlainChain {
    private final RivalNetwork rival;
    private final boolean rate;
    private final int levels;
    private final int steps;
    private final int weightBits;
    /** The greatest potential. */
    private final int most;

    PlainChain(RivalNetwork rival, int levels, int steps, int weightBits, int potentialBits) {
        this.rival = rival;
        this.rate = rival.coding() == Coding.RATE;
        this.levels = levels;
        this.steps = steps;
        this.weightBits = weightBits;
        this.most = (int) ((1L << potentialBits - 1) - 1);
    }

    /** A layer of weights as the network has it. */
    private record Weighted(String name, Shape in, Shape out, Window window, Tensor weights, Tensor bias, boolean first, boolean last,
            boolean announces) {
        float greatest() {
            float greatest = 0;
            for (float weight : weights.data()) {
                greatest = Math.max(greatest, Math.abs(weight));
            }
            return greatest;
        }

        /** The most that all inputs together can add to a neuron, up or down. */
        double drive() {
            int each = weights.size() / weights.extent(0);
            double most = 0;
            for (int o = 0; o < weights.extent(0); o++) {
                double sum = Math.abs(bias.data()[o]);
                for (int i = 0; i < each; i++) {
                    sum += Math.abs(weights.data()[o * each + i]);
                }
                most = Math.max(most, sum);
            }
            return most;
        }
    }

    static boolean isPool(Network network, PlainLayer layer) {
        return network.nodes().stream().anyMatch(n -> n.name().equals(layer.name()) && n.operator() instanceof Operator.MaxPool);
    }

    List<PlainLayer> layers() {
        Network network = rival.network();
        List<PlainLayer> layers = new ArrayList<>();
        for (Node node : network.nodes()) {
            if (network.readers(node.name()).size() > 1) {
                throw new DataException("node " + node.name() + ": is read by several nodes, plain networks are chains");
            }
            Shape in = network.shapes().get(node.inputs().getFirst());
            Shape out = network.shapes().get(node.name());
            boolean first = layers.isEmpty();
            boolean last = node == network.nodes().getLast();
            boolean announces = announces(node);
            switch (node.operator()) {
                case Operator.Convolution(Window window, Tensor weights, Tensor bias) ->
                    layers.add(synapses(new Weighted(node.name(), in, out, window, weights, bias, first, last, announces)));
                case Operator.Dense(Tensor weights, Tensor bias) ->
                    layers.add(synapses(new Weighted(node.name(), in, out, Window.covering(in), weights, bias, first, last, announces)));
                case Operator.AveragePool pool -> {
                    Operator.Convolution c = pool.asConvolution(in.channels());
                    layers.add(synapses(new Weighted(node.name(), in, out, c.window(), c.weights(), c.bias(), first, last, announces)));
                }
                case Operator.MaxPool(Window window) -> layers.add(announces ? driven(node.name(), in, out, window) : either(node.name(), in, out, window));
                case Operator.Rectifier _ -> { }
                case Operator.Concat _, Operator.Add _, Operator.BatchNormalisation _, Operator.Staircase _ ->
                    throw new DataException("node " + node.name() + ": plain networks are chains of layers of weights and pools");
            }
        }
        return layers;
    }

    /** Whether somebody waits for the neurons of a node: the next layer of weights, if it fires, that is, if another one follows. */
    private boolean announces(Node node) {
        List<Node> nodes = rival.network().nodes();
        return rival.coding() == Coding.FIRST_SPIKE_DYNAMIC
                && nodes.subList(nodes.indexOf(node) + 1, nodes.size()).stream().filter(PlainChain::isWeighted).count() > 1;
    }

    private static boolean isWeighted(Node node) {
        return switch (node.operator()) {
            case Operator.Convolution _, Operator.Dense _, Operator.AveragePool _ -> true;
            case Operator.MaxPool _, Operator.Rectifier _, Operator.Concat _, Operator.Add _, Operator.BatchNormalisation _,
                    Operator.Staircase _ -> false;
        };
    }

    private PlainLayer synapses(Weighted layer) {
        boolean waits = rival.coding() == Coding.FIRST_SPIKE_DYNAMIC && !layer.first() && !layer.last();
        int gain = layer.first() ? levels : 1;
        double one = one(layer, gain);
        int sign = layer.last() ? -1 : 1;
        float[] weights = layer.weights().data();
        int[] biases = new int[layer.bias().size()];
        Arrays.setAll(biases, i -> (int) Math.round(sign * layer.bias().data()[i] * one * gain));
        boolean none = Arrays.stream(biases).allMatch(b -> b == 0);
        int threshold = (int) Math.max(1, Math.round(one * gain * rival.unit()));
        return new PlainLayer(layer.name(), PlainLayer.sent(layer.in(), waits), PlainLayer.sent(layer.out(), layer.announces()), layer.window(),
                FixedWeights.of(IntStream.range(0, weights.length)
                .map(i -> (int) Math.round(sign * weights[i] * one)).toArray()), none ? new int[0] : biases, 0,
                layer.last() ? neuron(most, true, PlainNeuron.Reset.SUBTRACT, false, false) : neuron(threshold, false,
                        rate ? PlainNeuron.Reset.SUBTRACT : PlainNeuron.Reset.VALUE, layer.announces(), waits));
    }

    /**
     * The integer that stands for a weight of 1, as large as weights and potentials let it be: a threshold may take a quarter of the
     * range, a slope as much, so that it never saturates, and what adds up in the last layer half of it.
     */
    private double one(Weighted layer, int gain) {
        double greatest = layer.greatest();
        double room = layer.last() ? most / 2 / (gain * layer.drive() * steps)
                : most / 4 / (gain * (rate ? 1 : Math.max(rival.unit(), layer.drive())));
        return greatest == 0 ? 1 : Math.min(((1 << weightBits - 1) - 1) / greatest, room);
    }

    private PlainLayer either(String name, Shape in, Shape out, Window window) {
        int[] ones = new int[in.channels() * window.height() * window.width()];
        Arrays.fill(ones, 1);
        return pool(name, in, out, window.grouped(in.channels()), ones, 1, false);
    }

    /**
     * A max-pool whose neurons announce themselves: the potential of one is how many of its window are driven, which a spike raises above the
     * threshold, since it weighs more than all of the window.
     */
    private PlainLayer driven(String name, Shape in, Shape out, Window window) {
        int taps = window.height() * window.width();
        int spike = (1 << weightBits - 1) - 1;
        if (taps >= spike) {
            throw new DataException("node " + name + ": a max-pool of " + taps + " inputs that are waited for needs weights up to " + (taps + 1)
                    + ", but those of " + weightBits + " bits end at " + spike);
        }
        int[] weights = new int[in.channels() * EventKind.KINDS * taps];
        Arrays.setAll(weights, i -> switch (EventKind.of(i / taps)) {
            case SPIKE -> spike;
            case ANNOUNCEMENT -> 1;
            case WITHDRAWAL -> -1;
        });
        return pool(name, EventKind.all(in), EventKind.all(out), window.grouped(in.channels()), weights, spike, true);
    }

    private PlainLayer pool(String name, Shape in, Shape out, Window window, int[] weights, int threshold, boolean announces) {
        return new PlainLayer(name, in, out, window, FixedWeights.of(weights), new int[0], 0,
                new PlainNeuron(PlainNeuron.Current.PULSE, PlainNeuron.LeakOrder.NONE, 0, threshold, false, PlainNeuron.Reset.VALUE, 0, !rate,
                        PlainNeuron.Comparison.EACH_STEP, 0, announces, false));
    }

    private PlainNeuron neuron(int threshold, boolean strict, PlainNeuron.Reset reset, boolean announces, boolean waits) {
        return new PlainNeuron(rate ? PlainNeuron.Current.PULSE : PlainNeuron.Current.HELD, PlainNeuron.LeakOrder.NONE, 0, threshold,
                strict, reset, 0, !rate, PlainNeuron.Comparison.EACH_STEP, 0, announces, waits);
    }
}
