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
import metronome.core.spiking.FixedWeights;
import metronome.core.spiking.PlainLayer;
import metronome.core.spiking.PlainNetwork;
import metronome.core.spiking.PlainNeuron;
import metronome.core.spiking.PlainReadout;
import metronome.core.spiking.SpikeTrain;
import metronome.core.tensor.Tensor;

/**
 * Rate coding in the plain modes of the LIF array: weights in integers, neurons with soft reset and without leak, each
 * layer's threshold the integer that stands for 1. What the array does not have is replaced: pixels are spike trains instead of
 * currents, a max-pool neuron fires when an input of its window does, and the last layer fires too and is read out by the
 * number of its spikes.
 */
public final class PlainRates {
    private static final int MOST_STEPS = 1000;

    private PlainRates() {
    }

    /**
     * {@return a rate-coded network in integers}
     *
     * @param rival a chain under {@link Coding#RATE}, the outputs of its last layer mostly at most 1
     * @param steps how many, in [1, 1001]
     * @param weightBits in [2, 16]
     * @param potentialBits in [16, 32]
     * @throws DataException naming a node that the plain modes cannot express
     */
    public static PlainNetwork of(RivalNetwork rival, int steps, int weightBits, int potentialBits) {
        if (rival.coding() != Coding.RATE || steps < 1 || steps > MOST_STEPS + 1) {
            throw new IllegalArgumentException("rates, and steps in [1, 1001]: " + rival.coding() + ", " + steps);
        }
        Network network = rival.network();
        List<PlainLayer> layers = new ArrayList<>();
        for (Node node : network.nodes()) {
            if (network.readers(node.name()).size() > 1) {
                throw new DataException("node " + node.name() + ": is read by several nodes, plain networks are chains");
            }
            Shape in = network.shapes().get(node.inputs().getFirst());
            Shape out = network.shapes().get(node.name());
            switch (node.operator()) {
                case Operator.Convolution(Window window, Tensor weights, Tensor bias) ->
                    layers.add(synapses(node.name(), in, out, window, weights, bias, weightBits, potentialBits));
                case Operator.Dense(Tensor weights, Tensor bias) ->
                    layers.add(synapses(node.name(), in, out, Window.covering(in), weights, bias, weightBits, potentialBits));
                case Operator.AveragePool pool -> {
                    Operator.Convolution c = pool.asConvolution(in.channels());
                    layers.add(synapses(node.name(), in, out, c.window(), c.weights(), c.bias(), weightBits, potentialBits));
                }
                case Operator.MaxPool(Window window) -> layers.add(either(node.name(), in, out, window));
                case Operator.Rectifier _ -> { }
                case Operator.Concat _, Operator.Add _, Operator.BatchNormalisation _, Operator.Staircase _ ->
                    throw new DataException("node " + node.name() + ": plain networks are chains of layers of weights and pools");
            }
        }
        return new PlainNetwork(network.name(), steps - 1, weightBits, potentialBits, PlainReadout.SPIKES, network.input(), layers);
    }

    private static PlainLayer synapses(String name, Shape in, Shape out, Window window, Tensor weights, Tensor bias,
            int weightBits, int potentialBits) {
        double greatest = 0;
        for (float weight : weights.data()) {
            greatest = Math.max(greatest, Math.abs(weight));
        }
        // A threshold of a quarter of the range leaves room for what exceeds it in a step.
        double one = Math.min(greatest == 0 ? 1 : ((1 << weightBits - 1) - 1) / greatest, (1 << potentialBits - 3) - 1);
        int threshold = (int) Math.max(1, Math.round(one));
        int[] biases = new int[bias.size()];
        Arrays.setAll(biases, i -> (int) Math.round(bias.data()[i] * one));
        boolean none = Arrays.stream(biases).allMatch(b -> b == 0);
        return new PlainLayer(name, in, out, window, FixedWeights.of(IntStream.range(0, weights.size())
                .map(i -> (int) Math.round(weights.data()[i] * one)).toArray()), none ? new int[0] : biases, 0,
                neuron(threshold, PlainNeuron.Reset.SUBTRACT));
    }

    private static PlainLayer either(String name, Shape in, Shape out, Window window) {
        int[] ones = new int[in.channels() * window.height() * window.width()];
        Arrays.fill(ones, 1);
        return new PlainLayer(name, in, out, window.grouped(in.channels()), FixedWeights.of(ones), new int[0], 0,
                neuron(1, PlainNeuron.Reset.VALUE));
    }

    private static PlainNeuron neuron(int threshold, PlainNeuron.Reset reset) {
        return new PlainNeuron(PlainNeuron.Current.PULSE, PlainNeuron.LeakOrder.NONE, 0, threshold, false, reset, 0,
                false, PlainNeuron.Comparison.EACH_STEP, 0);
    }

    /**
     * {@return an image as spike trains: each pixel an integrate-and-fire neuron that its value drives}
     *
     * @param image values in [0, 1]
     * @param steps at least 1
     */
    public static SpikeTrain input(float[] image, int steps) {
        double[] potentials = new double[image.length];
        int[][] spikes = new int[steps][];
        for (int k = 0; k < steps; k++) {
            spikes[k] = IntStream.range(0, image.length).filter(i -> {
                potentials[i] += image[i];
                boolean fires = potentials[i] >= 1 - RivalSimulator.ROUNDING;
                potentials[i] -= fires ? 1 : 0;
                return fires;
            }).toArray();
        }
        return new SpikeTrain(spikes);
    }

    /**
     * {@return the class after each step: the output with most spikes so far, among equals the first}
     *
     * @param output spikes of the last layer
     * @param outputs how many neurons it has
     */
    public static int[] classes(SpikeTrain output, int outputs) {
        int[] counts = new int[outputs];
        int[] classes = new int[output.neurons().length];
        for (int k = 0; k < classes.length; k++) {
            for (int neuron : output.neurons()[k]) {
                counts[neuron]++;
            }
            int winner = 0;
            for (int i = 1; i < outputs; i++) {
                winner = counts[i] > counts[winner] ? i : winner;
            }
            classes[k] = winner;
        }
        return classes;
    }
}
