package metronome.core.tensor;

/** Means over sliding windows of [feature, lane], {@link Kernels#LANES} samples side by side. */
public final class Averages {
    private static final int LANES = Kernels.LANES;

    private Averages() {
    }

    /**
     * Computes the mean of each window, cells of the padding counted as zeros.
     *
     * @param s extents; as many channels in as out
     * @param in [channels, input rows, input columns, lanes]
     * @param out [channels, output rows, output columns, lanes], overwritten
     */
    public static void forward(Sliding s, float[] in, float[] out) {
        java.util.Arrays.fill(out, 0);
        float share = 1f / (s.kernelHeight() * s.kernelWidth());
        int to = 0;
        for (int c = 0; c < s.channels(); c++) {
            for (int y = 0; y < s.outHeight(); y++) {
                for (int x = 0; x < s.outWidth(); x++, to += LANES) {
                    window(s, in, c, y * s.stride() - s.padding(), x * s.stride() - s.padding(), out, to);
                    for (int lane = 0; lane < LANES; lane++) {
                        out[to + lane] *= share;
                    }
                }
            }
        }
    }

    /**
     * Computes the gradient of the input: each output's is shared out evenly among the cells of its window.
     *
     * @param s extents; as many channels in as out
     * @param outGradient [channels, output rows, output columns, lanes]
     * @param inGradient [channels, input rows, input columns, lanes], overwritten
     */
    public static void backward(Sliding s, float[] outGradient, float[] inGradient) {
        java.util.Arrays.fill(inGradient, 0);
        float share = 1f / (s.kernelHeight() * s.kernelWidth());
        new Cells(s).forEach((in, out) -> {
            for (int lane = 0; lane < LANES; lane++) {
                inGradient[in + lane] += share * outGradient[out + lane];
            }
        });
    }

    private static void window(Sliding s, float[] in, int channel, int top, int left, float[] out, int to) {
        for (int row = Math.max(0, top); row < Math.min(s.height(), top + s.kernelHeight()); row++) {
            for (int column = Math.max(0, left); column < Math.min(s.width(), left + s.kernelWidth()); column++) {
                int from = ((channel * s.height() + row) * s.width() + column) * LANES;
                for (int lane = 0; lane < LANES; lane++) {
                    out[to + lane] += in[from + lane];
                }
            }
        }
    }
}
