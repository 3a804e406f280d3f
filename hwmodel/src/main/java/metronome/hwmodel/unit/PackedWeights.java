package metronome.hwmodel.unit;

/**
 * The weights of a tile's channels, arranged for the kernel: channels are cut into chunks of 64 lanes or, at the end, fewer, and what a chunk
 * needs lies together, one row of lanes for each input channel and tap. So a chunk's weights stay in the second-level
 * cache while the positions of a tile pass by.
 */
final class PackedWeights {
    /** The widest chunk. */
    static final int MOST_LANES = 64;
    private static final int LEAST_LANES = WindowKernel.LANES;

    private int rows;
    private int channels;
    private int chunks;
    private int[] firstChannel = new int[0];
    private int[] lanes = new int[0];
    private int[] base = new int[0];
    private byte[] bytes = new byte[0];

    /** Plans the chunks of so many channels from one on, of so many input channels times taps. */
    void plan(int from, int end, int rows) {
        this.rows = rows;
        channels = end;
        chunks = 0;
        int most = (end - from) / MOST_LANES + 3;
        if (lanes.length < most) {
            firstChannel = new int[most];
            lanes = new int[most];
            base = new int[most];
        }
        int size = 0;
        for (int channel = from; channel < end; channel += lanes[chunks - 1]) {
            firstChannel[chunks] = channel;
            lanes[chunks] = lanesFor(end - channel);
            base[chunks] = size;
            size += rows * lanes[chunks++];
        }
        if (bytes.length < size) {
            bytes = new byte[size];
        }
    }

    /** The widest chunk that leaves less than a vector empty. */
    private static int lanesFor(int left) {
        int lanes = MOST_LANES;
        while (lanes > LEAST_LANES && left + LEAST_LANES <= lanes) {
            lanes /= 2;
        }
        return lanes;
    }

    /**
     * Copies some rows of all chunks.
     *
     * @param weights where rows of all the tile's channels lie one after the other
     * @param first the first weight
     * @param stride channels of the tile
     * @param from first row
     * @param to one past the last row
     */
    void copy(byte[] weights, int first, int stride, int from, int to) {
        for (int chunk = 0; chunk < chunks; chunk++) {
            int width = realLanes(chunk);
            int source = first + firstChannel[chunk];
            for (int row = from; row < Math.min(to, rows); row++) {
                int at = source + row * stride;
                System.arraycopy(weights, at, bytes, base[chunk] + row * lanes[chunk],
                        Math.clamp(weights.length - at, 0, width));
            }
        }
    }

    int chunks() {
        return chunks;
    }

    int rows() {
        return rows;
    }

    /** The first channel of a chunk, counted from the tile's first. */
    int firstChannel(int chunk) {
        return firstChannel[chunk];
    }

    /** Lanes of a chunk: 64, or half of that as often as a vector allows. */
    int lanes(int chunk) {
        return lanes[chunk];
    }

    /** Lanes of a chunk that hold a channel. */
    int realLanes(int chunk) {
        return Math.min(lanes[chunk], channels - firstChannel[chunk]);
    }

    /** Where a chunk's rows begin in {@link #bytes}. */
    int base(int chunk) {
        return base[chunk];
    }

    /** The rows of all chunks; shared. */
    byte[] bytes() {
        return bytes;
    }
}
