package metronome.hwmodel.unit;

/** The values of {@code pool.max}: the greatest byte of each window, taken as unsigned; cells outside the input count as none. */
final class BytePooling {
    private BytePooling() {
    }

    /** Pools an input in the order (row, column, channel) into an output in the same order. */
    static void maxima(Geometry g, int channels, byte[] bytes, int input, int output) {
        for (int row = 0; row < g.outHeight(); row++) {
            for (int column = 0; column < g.outWidth(); column++) {
                int to = output + (row * g.outWidth() + column) * channels;
                for (int channel = 0; channel < channels; channel++) {
                    bytes[to + channel] = (byte) maximum(g, channels, bytes, input + channel, row, column);
                }
            }
        }
    }

    private static int maximum(Geometry g, int channels, byte[] bytes, int input, int outRow, int outColumn) {
        int most = 0;
        int top = outRow * g.stride() - g.padding();
        int left = outColumn * g.stride() - g.padding();
        for (int row = Math.max(0, top); row < Math.min(top + g.kernelHeight(), g.inHeight()); row++) {
            for (int column = Math.max(0, left); column < Math.min(left + g.kernelWidth(), g.inWidth()); column++) {
                most = Math.max(most, bytes[input + (row * g.inWidth() + column) * channels] & 0xff);
            }
        }
        return most;
    }
}
