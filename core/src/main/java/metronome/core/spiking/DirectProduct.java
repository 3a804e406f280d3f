package metronome.core.spiking;

import metronome.core.network.Operator;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.tensor.Tensor;

/** A convolution in double precision, written as its definition: each output gathers its inputs. */
final class DirectProduct {
    private final Shape input;
    private final Shape output;
    private final Window window;
    /** [in of a group][kernel row][kernel column][out]. */
    private final double[] weights;
    private final double[] bias;

    /** The product that a convolution or a dense layer computes. */
    static DirectProduct of(Operator operator, Shape input, Shape output) {
        return switch (operator) {
            case Operator.Convolution(Window window, Tensor weights, Tensor bias) ->
                new DirectProduct(input, output, window, weights.data(), bias.data());
            case Operator.Dense(Tensor weights, Tensor bias) ->
                new DirectProduct(input, output, Window.covering(input), weights.data(), bias.data());
            case Operator.AveragePool pool -> of(pool.asConvolution(input.channels()), input, output);
            case Operator.MaxPool _, Operator.Concat _, Operator.Add _, Operator.BatchNormalisation _, Operator.Rectifier _,
                    Operator.Staircase _ ->
                throw new IllegalArgumentException("no synapses: " + operator);
        };
    }

    /** Takes weights [out, in / groups, kernel height, kernel width] and bias [out]. */
    DirectProduct(Shape input, Shape output, Window window, float[] weights, float[] bias) {
        this.input = input;
        this.output = output;
        this.window = window;
        this.weights = new double[weights.length];
        int taps = weights.length / output.channels();
        for (int i = 0; i < weights.length; i++) {
            this.weights[i % taps * output.channels() + i / taps] = weights[i];
        }
        this.bias = new double[bias.length];
        for (int i = 0; i < bias.length; i++) {
            this.bias[i] = bias[i];
        }
    }

    /** The sums of every output in channel-major order. */
    double[] apply(double[] values) {
        double[] sums = new double[output.size()];
        double[] pixel = new double[output.channels()];
        for (int p = 0; p < output.height() * output.width(); p++) {
            System.arraycopy(bias, 0, pixel, 0, pixel.length);
            gather(values, p / output.width(), p % output.width(), pixel);
            for (int c = 0; c < pixel.length; c++) {
                sums[c * output.height() * output.width() + p] = pixel[c];
            }
        }
        return sums;
    }

    private void gather(double[] values, int y, int x, double[] pixel) {
        int inputs = input.channels() / window.groups();
        for (int c = 0; c < input.channels(); c++) {
            for (int ky = 0; ky < window.height(); ky++) {
                int row = y * window.stride() - window.padding() + ky * window.dilation();
                for (int kx = 0; row >= 0 && row < input.height() && kx < window.width(); kx++) {
                    int column = x * window.stride() - window.padding() + kx * window.dilation();
                    if (column >= 0 && column < input.width()) {
                        add(values[(c * input.height() + row) * input.width() + column],
                                ((c % inputs * window.height() + ky) * window.width() + kx) * pixel.length, c / inputs, pixel);
                    }
                }
            }
        }
    }

    private void add(double value, int weight, int group, double[] pixel) {
        if (value != 0) {
            int outputs = pixel.length / window.groups();
            for (int o = group * outputs; o < (group + 1) * outputs; o++) {
                pixel[o] += value * weights[weight + o];
            }
        }
    }
}
