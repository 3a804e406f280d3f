package metronome.core.network;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.DoubleStream;
import metronome.core.code.TemporalCode;
import metronome.core.tensor.Tensor;

/** A network in double precision, straight from the definitions, to check by. */
public final class Reference {
    private Reference() {
    }

    /**
     * {@return the outputs}
     *
     * @param network what to run
     * @param image its input
     */
    public static double[] run(Network network, byte[] image) {
        double[] values = new double[image.length];
        float[] pixels = StaircaseLevels.pixels(network);
        for (int i = 0; i < values.length; i++) {
            values[i] = pixels[image[i] & 0xff];
        }
        Map<String, double[]> all = new HashMap<>();
        all.put(Network.INPUT, values);
        for (Node node : network.nodes()) {
            double[] in = node.inputs().stream().flatMapToDouble(n -> DoubleStream.of(all.get(n))).toArray();
            values = run(node.operator(), network.shapes().get(node.inputs().getFirst()),
                    network.shapes().get(node.name()), in);
            all.put(node.name(), values);
        }
        return values;
    }

    private static double[] run(Operator operator, Shape in, Shape out, double[] x) {
        double[] y = new double[out.size()];
        switch (operator) {
            case Operator.Dense(Tensor w, Tensor b) -> {
                for (int o = 0; o < y.length; o++) {
                    y[o] = b.data()[o];
                    for (int i = 0; i < x.length; i++) {
                        y[o] += w.data()[o * x.length + i] * x[i];
                    }
                }
            }
            case Operator.Convolution(Window window, Tensor w, Tensor b) -> {
                for (int i = 0; i < y.length; i++) {
                    y[i] = convolve(window, w, in, out, x, i) + b.data()[i / (out.height() * out.width())];
                }
            }
            case Operator.MaxPool(Window window) -> {
                for (int i = 0; i < y.length; i++) {
                    y[i] = most(window, in, out, x, i);
                }
            }
            case Operator.AveragePool(Window window) -> {
                Tensor ones = Tensor.zeros(1, 1, window.height(), window.width());
                java.util.Arrays.fill(ones.data(), 1f / (window.height() * window.width()));
                int area = in.height() * in.width();
                Shape plane = new Shape(1, in.height(), in.width());
                for (int i = 0; i < y.length; i++) {
                    int c = i / (out.height() * out.width());
                    y[i] = convolve(window, ones, plane, new Shape(1, out.height(), out.width()),
                            java.util.Arrays.copyOfRange(x, c * area, (c + 1) * area), i % (out.height() * out.width()));
                }
            }
            case Operator.Concat _ -> System.arraycopy(x, 0, y, 0, x.length);
            case Operator.Add _ -> java.util.Arrays.setAll(y, i -> {
                double sum = 0;
                for (int j = i; j < x.length; j += y.length) {
                    sum += x[j];
                }
                return sum;
            });
            case Operator.BatchNormalisation(Tensor mean, Tensor variance, Tensor scale, Tensor shift, double epsilon) -> {
                int area = out.height() * out.width();
                java.util.Arrays.setAll(y, i -> (x[i] - mean.data()[i / area])
                        / Math.sqrt(variance.data()[i / area] + epsilon) * scale.data()[i / area] + shift.data()[i / area]);
            }
            case Operator.Rectifier(float ceiling) -> java.util.Arrays.setAll(y, i -> Math.clamp(x[i], 0, ceiling));
            case Operator.Staircase(TemporalCode code) -> java.util.Arrays.setAll(y, i -> code.activation(x[i]));
        }
        return y;
    }

    private static double convolve(Window window, Tensor w, Shape in, Shape out, double[] x, int i) {
        int o = i / (out.height() * out.width());
        int top = i / out.width() % out.height() * window.stride() - window.padding();
        int left = i % out.width() * window.stride() - window.padding();
        double sum = 0;
        int perGroup = in.channels() / window.groups();
        int firstChannel = o / (out.channels() / window.groups()) * perGroup;
        for (int c = 0; c < perGroup; c++) {
            for (int ky = 0; ky < window.height(); ky++) {
                for (int kx = 0; kx < window.width(); kx++) {
                    int row = top + ky * window.dilation();
                    int column = left + kx * window.dilation();
                    if (row >= 0 && row < in.height() && column >= 0 && column < in.width()) {
                        sum += w.data()[((o * perGroup + c) * window.height() + ky) * window.width() + kx]
                                * x[((firstChannel + c) * in.height() + row) * in.width() + column];
                    }
                }
            }
        }
        return sum;
    }

    private static double most(Window window, Shape in, Shape out, double[] x, int i) {
        int c = i / (out.height() * out.width());
        int top = i / out.width() % out.height() * window.stride() - window.padding();
        int left = i % out.width() * window.stride() - window.padding();
        double most = Double.NEGATIVE_INFINITY;
        for (int row = Math.max(0, top); row < Math.min(in.height(), top + window.height()); row++) {
            for (int column = Math.max(0, left); column < Math.min(in.width(), left + window.width()); column++) {
                most = Math.max(most, x[(c * in.height() + row) * in.width() + column]);
            }
        }
        return most;
    }
}
