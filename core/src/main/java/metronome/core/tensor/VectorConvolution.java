package metronome.core.tensor;

import java.util.Arrays;
import metronome.core.tensor.Tile.Block;

/**
 * Convolution without an unfolded copy of its input: since samples lie side by side, every tap of every place is already a
 * row of whole vectors.
 */
final class VectorConvolution implements ConvolutionKernel {
    private static final int LANES = Kernels.LANES;
    private static final int ROWS = Tile.ROWS;

    private final Sliding s;
    private final Taps forward;
    private final Taps backward;

    VectorConvolution(Sliding sliding) {
        s = sliding;
        forward = Taps.forward(s);
        backward = Taps.backward(s);
    }

    @Override
    public void forward(float[] weights, float[] bias, float[] input, float[] output) {
        float[] panels = new float[roundUp(s.outputs()) * s.taps()];
        for (int o = 0; o < s.outputs(); o++) {
            for (int t = 0; t < s.taps(); t++) {
                panels[(o / ROWS * s.taps() + t) * ROWS + o % ROWS] = weights[o * s.taps() + t];
            }
        }
        float[] start = new float[roundUp(s.outputs()) * LANES];
        for (int o = 0; o < s.outputs(); o++) {
            Arrays.fill(start, o * LANES, (o + 1) * LANES, bias[o]);
        }
        gather(forward, panels, s.taps(), start, padded(input), output, s.outputs());
    }

    @Override
    public void backwardInput(float[] weights, float[] outputGradient, float[] inputGradient) {
        int area = s.kernelHeight() * s.kernelWidth();
        int taps = s.outputs() * area;
        float[] panels = new float[roundUp(s.channels()) * taps];
        for (int o = 0; o < s.outputs(); o++) {
            for (int c = 0; c < s.channels(); c++) {
                for (int k = 0; k < area; k++) {
                    panels[(c / ROWS * taps + o * area + k) * ROWS + c % ROWS] =
                            weights[(o * s.channels() + c) * area + k];
                }
            }
        }
        gather(backward, panels, taps, new float[roundUp(s.channels()) * LANES], outputGradient, inputGradient,
                s.channels());
    }

    /** All features of all places; panels are [feature / 8][tap][feature % 8]. */
    private static void gather(Taps taps, float[] panels, int depth, float[] start, float[] from, float[] to,
            int features) {
        int places = taps.base().length;
        float[] edge = new float[ROWS * LANES];
        for (int p = 0; p < places; p++) {
            int[] weights = taps.weights().get(taps.kinds()[p]);
            int[] offsets = taps.offsets().get(taps.kinds()[p]);
            for (int f = 0; f < features; f += ROWS) {
                boolean whole = features - f >= ROWS;
                Block result = whole ? new Block(to, (f * places + p) * LANES, places * LANES) : new Block(edge, 0, LANES);
                Tile.gather(weights, offsets, weights.length, panels, f * depth, from, taps.base()[p],
                        new Block(start, f * LANES, LANES), result);
                for (int r = 0; !whole && r < features - f; r++) {
                    System.arraycopy(edge, r * LANES, to, ((f + r) * places + p) * LANES, LANES);
                }
            }
        }
    }

    @Override
    public void backwardWeights(float[] input, float[] outputGradient, float[] weightGradient, float[] biasGradient) {
        new OuterSums(s, forward, padded(input), outputGradient).addTo(weightGradient, biasGradient);
    }

    private static int roundUp(int features) {
        return (features + ROWS - 1) / ROWS * ROWS;
    }

    private float[] padded(float[] input) {
        if (s.padding() == 0) {
            return input;
        }
        int width = s.width() + 2 * s.padding();
        int height = s.height() + 2 * s.padding();
        float[] padded = new float[s.channels() * height * width * LANES];
        for (int row = 0; row < s.channels() * s.height(); row++) {
            int y = row / s.height() * height + row % s.height() + s.padding();
            System.arraycopy(input, row * s.width() * LANES, padded, (y * width + s.padding()) * LANES,
                    s.width() * LANES);
        }
        return padded;
    }
}
