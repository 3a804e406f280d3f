package metronome.isa.compiler;

import java.util.ArrayList;
import java.util.List;
import metronome.core.io.DataException;
import metronome.core.network.Shape;

/**
 * How a layer is cut: blocks of output channels whose weights are in the scratchpad together, each cut into ranges of
 * output rows whose potentials are. Of all cuts that fit, the one with the fewest tiles, among those the one with the
 * fewest blocks, because every tile reads all input events and every block loads weights.
 *
 * @param blocks in the order of their channels
 */
record Tiling(List<Block> blocks) {
    /**
     * Output channels whose weights are loaded together.
     *
     * @param firstChannel the first
     * @param channels how many
     * @param rows cuts of the output rows
     */
    record Block(int firstChannel, int channels, List<Rows> rows) {
    }

    /**
     * Output rows whose potentials are in the array together.
     *
     * @param first the first
     * @param count how many
     */
    record Rows(int first, int count) {
    }

    /** What a tile may take. */
    interface Limits {
        /**
         * {@return bytes of the weights and biases of so many output channels}
         *
         * @param channels at least 1
         */
        long blockBytes(int channels);

        /** {@return bytes of half of the weight scratchpad: room for a block while the next one is loaded into the other} */
        long halfBytes();

        /** {@return bytes that there are for a block: half of the scratchpad, both halves if one channel needs more} */
        default long roomBytes() {
            return blockBytes(1) > halfBytes() ? 2 * halfBytes() : halfBytes();
        }

        /**
         * Refuses a layer of which not even one output channel fits.
         *
         * @param layer its name
         * @throws DataException with need and limit
         */
        default void checkOneChannel(String layer) {
            if (blockBytes(1) > roomBytes()) {
                throw new DataException("layer " + layer + ": weights and bias of one output channel take "
                        + blockBytes(1) + " bytes, the whole weight scratchpad has " + roomBytes() + " (weights.bytes)");
            }
        }

        /** {@return potentials that there are for a tile; any number where potentials are not kept} */
        long potentials();
    }

    /**
     * {@return the cut of a layer}
     *
     * @param layer its name, for messages
     * @param output shape of its neurons
     * @param limits what a tile may take
     * @throws DataException if one channel's weights or one row's potentials do not fit
     */
    static Tiling of(String layer, Shape output, Limits limits) {
        limits.checkOneChannel(layer);
        if (output.width() > limits.potentials()) {
            throw new DataException("layer " + layer + ": one output row of one channel has " + output.width()
                    + " potentials, the scratchpad " + limits.potentials() + " (lif.potentials)");
        }
        int bestBlocks = 0;
        int bestParts = 0;
        for (int blocks = 1; blocks <= output.channels(); blocks++) {
            if (bestBlocks > 0 && blocks >= bestBlocks * bestParts) {
                break;
            }
            int channels = ceilDiv(output.channels(), blocks);
            long rows = limits.potentials() / ((long) output.width() * channels);
            if (rows == 0 || limits.blockBytes(channels) > limits.roomBytes()) {
                continue;
            }
            int parts = ceilDiv(output.height(), (int) Math.min(rows, output.height()));
            if (bestBlocks == 0 || blocks * parts < bestBlocks * bestParts) {
                bestBlocks = blocks;
                bestParts = parts;
            }
        }
        return cut(output, bestBlocks, bestParts);
    }

    private static Tiling cut(Shape output, int blocks, int parts) {
        List<Rows> rows = new ArrayList<>();
        int perPart = ceilDiv(output.height(), parts);
        for (int first = 0; first < output.height(); first += perPart) {
            rows.add(new Rows(first, Math.min(perPart, output.height() - first)));
        }
        List<Block> cut = new ArrayList<>();
        int perBlock = ceilDiv(output.channels(), blocks);
        for (int first = 0; first < output.channels(); first += perBlock) {
            cut.add(new Block(first, Math.min(perBlock, output.channels() - first), rows));
        }
        return new Tiling(cut);
    }

    private static int ceilDiv(int a, int b) {
        return Math.ceilDiv(a, b);
    }
}
