package metronome.core.rival;

import java.util.Arrays;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.tensor.Tensor;

/**
 * The synapses of a layer, followed from the spike on. Immutable. Inputs are numbered channel-major, and so are neurons in
 * spikes; but a layer keeps what it knows of its neurons in slots, the channels of a place together in blocks, one for each group:
 * what a spike reaches with one tap is a block.
 */
final class Synapses {
    private final Shape input;
    private final Shape output;
    private final Window window;
    private final int inputs;
    private final int outputs;
    /** [in, kernel row, kernel column, out / groups]: what a spike meets lies together. */
    private final double[] weights;
    private final float[] bias;

    Synapses(Shape input, Shape output, Window window, Tensor weights, Tensor bias) {
        this(input, output, window, places(weights, window), bias.data());
    }

    private Synapses(Shape input, Shape output, Window window, double[] weights, float[] bias) {
        this.input = input;
        this.output = output;
        this.window = window;
        this.inputs = input.channels() / window.groups();
        this.outputs = output.channels() / window.groups();
        this.weights = weights;
        this.bias = bias;
    }

    private static double[] places(Tensor weights, Window window) {
        int taps = window.height() * window.width();
        int outputs = weights.extent(0) / window.groups();
        int inputs = weights.size() / weights.extent(0) / taps;
        double[] placed = new double[weights.size()];
        for (int i = 0; i < placed.length; i++) {
            int out = i / (inputs * taps);
            int in = out / outputs * inputs + i / taps % inputs;
            placed[(in * taps + i % taps) * outputs + out % outputs] = weights.data()[i];
        }
        return placed;
    }

    /** The same with the magnitudes of the weights. */
    Synapses magnitudes() {
        return new Synapses(input, output, window, Arrays.stream(weights).map(Math::abs).toArray(), bias);
    }

    int neurons() {
        return output.size();
    }

    /** Slots of a block. */
    int outputs() {
        return outputs;
    }

    /** How many blocks there are. */
    int blocks() {
        return neurons() / outputs;
    }

    /** The neuron that a slot is of. */
    int neuron(int slot) {
        return channel(slot) * output.height() * output.width() + slot / output.channels();
    }

    private int channel(int slot) {
        return slot % output.channels();
    }

    double bias(int slot) {
        return bias[channel(slot)];
    }

    /** The values of slots in the order of neurons. */
    double[] byNeuron(double[] slots) {
        double[] values = new double[slots.length];
        for (int slot = 0; slot < slots.length; slot++) {
            values[neuron(slot)] = slots[slot];
        }
        return values;
    }

    /**
     * Adds an input's weights to what they reach, and marks it; says how many synapses that were.
     *
     * @param factor of the weights
     * @param to of each slot
     * @param reached of each block becomes the step
     */
    int add(int spike, double factor, double[] to, int[] reached, int step) {
        int pixels = input.height() * input.width();
        int channel = spike / pixels;
        int y = spike % pixels / input.width();
        int x = spike % input.width();
        int count = 0;
        for (int ky = 0; ky < window.height(); ky++) {
            int row = reached(y, ky, output.height());
            for (int kx = 0; row >= 0 && kx < window.width(); kx++) {
                int column = reached(x, kx, output.width());
                if (column >= 0) {
                    int block = (row * output.width() + column) * window.groups() + channel / inputs;
                    add(((channel * window.height() + ky) * window.width() + kx) * outputs, factor, to, block * outputs);
                    reached[block] = step;
                    count += outputs;
                }
            }
        }
        return count;
    }

    private void add(int weight, double factor, double[] to, int slot) {
        for (int o = 0; o < outputs; o++) {
            to[slot + o] += factor * weights[weight + o];
        }
    }

    /** The output row or column that a tap leads to; -1 if there is none. */
    private int reached(int in, int tap, int extent) {
        int distance = in + window.padding() - tap * window.dilation();
        return distance < 0 || distance % window.stride() != 0 || distance / window.stride() >= extent ? -1
                : distance / window.stride();
    }

    /** The sums of each slot for an image, biases included, zeros skipped; tallies the products. */
    double[] sums(float[] image, Tally tally) {
        double[] sums = new double[neurons()];
        Arrays.setAll(sums, this::bias);
        int[] reached = new int[blocks()];
        long products = 0;
        for (int i = 0; i < image.length; i++) {
            products += image[i] == 0 ? 0 : add(i, image[i], sums, reached, 0);
        }
        tally.both(products, products, 0);
        return sums;
    }
}
