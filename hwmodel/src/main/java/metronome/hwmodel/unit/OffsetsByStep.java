package metronome.hwmodel.unit;

import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import metronome.core.code.TemporalCode;
import metronome.core.network.Shape;
import metronome.hwmodel.memory.EventList;

/**
 * Finds the offsets in a tile that have a step, which is known of each: in blocks of vectors, all of them for each step. Looks at the
 * codes of one span of {@link FiringRecord} at a time.
 */
final class OffsetsByStep {
    private static final int BLOCK = Long.SIZE;
    private static final int LANES = Lanes.BYTES.length();
    /** So many offsets of a block are written without asking how many there are. */
    private static final int AT_ONCE = 4;

    private byte[] codes = new byte[0];
    private int[] found = new int[0];
    private int blocks;

    /**
     * Takes the steps of a tile's neurons.
     *
     * @param record of all layers
     * @param layer of the tile
     * @param tile which neurons
     * @param span of the steps that will be looked for
     */
    void take(FiringRecord record, int layer, Tile tile, int span) {
        Shape shape = record.shapes().get(layer);
        byte[] from = record.codes(layer, span);
        begin(tile.size());
        boolean whole = tile.channels() == shape.channels();
        int run = whole ? tile.columns() * tile.channels() : tile.channels();
        for (int row = tile.firstRow(); row < tile.endRow(); row++) {
            for (int column = tile.firstColumn(); column < tile.endColumn(); column += run / tile.channels()) {
                int first = (row * shape.width() + column) * shape.channels() + tile.firstChannel();
                System.arraycopy(from, first, codes, tile.offset(row, column), run);
            }
        }
    }

    /**
     * Takes steps.
     *
     * @param byOffset the steps; {@link TemporalCode#SILENT} for none
     * @param count how many
     * @param span of the steps that will be looked for
     */
    void take(int[] byOffset, int count, int span) {
        begin(count);
        for (int i = 0; i < count; i++) {
            codes[i] = FiringRecord.code(byOffset[i], span);
        }
    }

    private void begin(int count) {
        blocks = Math.ceilDiv(count, BLOCK);
        if (codes.length < blocks * BLOCK) {
            codes = new byte[blocks * BLOCK];
            found = new int[codes.length + AT_ONCE];
        }
        Arrays.fill(codes, count, blocks * BLOCK, FiringRecord.OTHER);
    }

    /** {@return how many have a step of the span, or {@link TemporalCode#SILENT}} */
    int count(int step) {
        int count = 0;
        for (int block = 0; block < blocks; block++) {
            count += Long.bitCount(bits(block * BLOCK, FiringRecord.code(step)));
        }
        return count;
    }

    /** Appends those that have a step of the span to a list, ascending. */
    void list(int step, EventList to) {
        byte code = FiringRecord.code(step);
        int count = 0;
        for (int block = 0; block < blocks; block++) {
            count = append(bits(block * BLOCK, code), block * BLOCK, count);
        }
        to.addAll(found, 0, count);
    }

    /** Appends the offsets of the bits that are set; what is written behind the last is written over. */
    private int append(long set, int first, int count) {
        long bits = set;
        for (int i = 0; i < AT_ONCE; i++) {
            found[count + i] = first + Long.numberOfTrailingZeros(bits);
            bits &= bits - 1;
        }
        for (int at = count + AT_ONCE; bits != 0; at++) {
            found[at] = first + Long.numberOfTrailingZeros(bits);
            bits &= bits - 1;
        }
        return count + Long.bitCount(set);
    }

    /** A bit for each offset of a block that has a code. */
    private long bits(int first, byte code) {
        long bits = 0;
        for (int i = 0; i < BLOCK; i += LANES) {
            bits |= ByteVector.fromArray(Lanes.BYTES, codes, first + i).eq(code).toLong() << i;
        }
        return bits;
    }
}
