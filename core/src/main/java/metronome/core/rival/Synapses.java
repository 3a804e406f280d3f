package metronome.core.rival;

import java.util.Arrays;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.tensor.Tensor;

/** The synapses of a layer, followed from the spike on. Immutable; neurons and inputs are numbered channel-major. */
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

    double bias(int neuron) {
        return bias[neuron / (output.height() * output.width())];
    }

    /**
     * Adds an input's weights to what they reach, and marks it; says how many synapses that were.
     *
     * @param factor of the weights
     * @param to of each neuron
     * @param reached becomes the step
     */
    int add(int spike, double factor, double[] to, int[] reached, int step) {
        int pixels = input.height() * input.width();
        int channel = spike / pixels;
        int y = spike % pixels / input.width();
        int x = spike % input.width();
        int area = output.height() * output.width();
        int count = 0;
        for (int ky = 0; ky < window.height(); ky++) {
            int row = reached(y, ky, output.height());
            for (int kx = 0; row >= 0 && kx < window.width(); kx++) {
                int column = reached(x, kx, output.width());
                if (column >= 0) {
                    int weight = ((channel * window.height() + ky) * window.width() + kx) * outputs;
                    int neuron = channel / inputs * outputs * area + row * output.width() + column;
                    for (int o = 0; o < outputs; o++) {
                        to[neuron + o * area] += factor * weights[weight + o];
                        reached[neuron + o * area] = step;
                    }
                    count += outputs;
                }
            }
        }
        return count;
    }

    /** The output row or column that a tap leads to; -1 if there is none. */
    private int reached(int in, int tap, int extent) {
        int distance = in + window.padding() - tap * window.dilation();
        return distance < 0 || distance % window.stride() != 0 || distance / window.stride() >= extent ? -1
                : distance / window.stride();
    }

    /** The sums for an image, biases included, zeros skipped; tallies the products. */
    double[] sums(float[] image, Tally tally) {
        double[] sums = new double[neurons()];
        Arrays.setAll(sums, this::bias);
        int[] reached = new int[sums.length];
        long products = 0;
        for (int i = 0; i < image.length; i++) {
            products += image[i] == 0 ? 0 : add(i, image[i], sums, reached, 0);
        }
        tally.both(products, products, 0);
        return sums;
    }
}
