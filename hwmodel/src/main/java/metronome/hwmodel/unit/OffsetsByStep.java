package metronome.hwmodel.unit;

import java.util.Arrays;
import jdk.incubator.vector.ShortVector;
import metronome.core.code.TemporalCode;
import metronome.core.network.Shape;
import metronome.hwmodel.memory.EventList;

/** Finds the offsets in a tile that have a step, which is known of each: in blocks of vectors, all of them for each step. */
final class OffsetsByStep {
    private static final int BLOCK = Long.SIZE;
    private static final int LANES = Lanes.SHORTS.length();
    /** So many offsets of a block are written without asking how many there are. */
    private static final int AT_ONCE = 4;
    /** Columns that are turned from (channel, column) to (column, channel) together, so that they stay in the fastest cache. */
    private static final int COLUMNS = 16;
    /** Behind the last offset, up to a whole block: no step. */
    private static final short NOBODY = TemporalCode.SILENT - 1;

    private short[] steps = new short[0];
    private int[] found = new int[0];
    private int blocks;

    /**
     * Takes the steps of a tile's neurons.
     *
     * @param record steps by neuron (channel, row, column); {@link TemporalCode#SILENT} for none
     * @param shape of the neurons
     * @param tile which of them
     */
    void take(int[] record, Shape shape, Tile tile) {
        begin(tile.size());
        for (int row = tile.firstRow(); row < tile.endRow(); row++) {
            for (int column = tile.firstColumn(); column < tile.endColumn(); column += COLUMNS) {
                int columns = Math.min(COLUMNS, tile.endColumn() - column);
                for (int c = 0; c < tile.channels(); c++) {
                    int neuron = ((tile.firstChannel() + c) * shape.height() + row) * shape.width() + column;
                    turn(record, neuron, columns, tile.offset(row, column) + c, tile.channels());
                }
            }
        }
    }

    private void turn(int[] record, int from, int count, int to, int apart) {
        for (int i = 0; i < count; i++) {
            steps[to + i * apart] = (short) record[from + i];
        }
    }

    /**
     * Takes steps.
     *
     * @param byOffset the steps; {@link TemporalCode#SILENT} for none
     * @param count how many
     */
    void take(int[] byOffset, int count) {
        begin(count);
        for (int i = 0; i < count; i++) {
            steps[i] = (short) byOffset[i];
        }
    }

    private void begin(int count) {
        blocks = Math.ceilDiv(count, BLOCK);
        if (steps.length < blocks * BLOCK) {
            steps = new short[blocks * BLOCK];
            found = new int[steps.length + AT_ONCE];
        }
        Arrays.fill(steps, count, blocks * BLOCK, NOBODY);
    }

    /** {@return how many have a step, or {@link TemporalCode#SILENT}} */
    int count(int step) {
        int count = 0;
        for (int block = 0; block < blocks; block++) {
            count += Long.bitCount(bits(block * BLOCK, (short) step));
        }
        return count;
    }

    /** Appends those that have a step to a list, ascending. */
    void list(int step, EventList to) {
        int count = 0;
        for (int block = 0; block < blocks; block++) {
            count = append(bits(block * BLOCK, (short) step), block * BLOCK, count);
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

    /** A bit for each offset of a block that has a step. */
    private long bits(int first, short step) {
        long bits = 0;
        for (int i = 0; i < BLOCK; i += LANES) {
            bits |= ShortVector.fromArray(Lanes.SHORTS, steps, first + i).eq(step).toLong() << i;
        }
        return bits;
    }
}
