package metronome.hwmodel.unit;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The arithmetic of a whole window on a tile, with vectors; its scalar twin is {@link ComputedNeurons}. For each output
 * position the potentials stay in registers from the first step to the last: leak, then the sum of the weights of all
 * events of a step that meet there, formed in 16 bits, then the shift.
 *
 * <p>Sums are the same in any order unless a potential saturates on the way; where it might, the result is not valid.
 */
final class WindowKernel {
    /** Output channels that are worked on together. */
    static final int LANES = 32;
    private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_128;
    private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_256;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_256;
    /** So many weights of 8 bits add up to no more than 16 bits hold. */
    private static final int MOST_ADDENDS = 255;
    private static final int GREATEST_WEIGHT = 128;

    private final Job job;
    private final int[] buffer = new int[LANES];
    private final int[] cells;
    private final int[] taps;
    private boolean valid = true;

    /**
     * What is to be computed.
     *
     * @param tile whose potentials
     * @param events the events of one group
     * @param leaks for each step whether potentials leak before it
     * @param weights of the tile from its first, with {@link #LANES} bytes to spare
     * @param shift left shift of a weight
     * @param leak lambda in Q0.16
     * @param most the greatest potential
     * @param from potentials before
     * @param to potentials after
     */
    record Job(Tile tile, CellEvents events, boolean[] leaks, byte[] weights, int shift, int leak, int most, int[] from,
            int[] to) {
    }

    WindowKernel(Job job) {
        this.job = job;
        Geometry g = job.tile().geometry();
        this.cells = new int[g.kernelHeight() * g.kernelWidth()];
        this.taps = new int[g.kernelHeight() * g.kernelWidth()];
    }

    /** Whether no potential can have saturated in what was computed so far. */
    boolean valid() {
        return valid;
    }

    /** Computes an output row, of the channels from one to another, counted from the tile's first. */
    void row(int row, int firstChannel, int endChannel) {
        Tile tile = job.tile();
        for (int column = 0; column < tile.geometry().outWidth(); column++) {
            int count = findCells(row, column);
            int position = tile.base() + tile.offset(row, column);
            for (int channel = firstChannel; channel < endChannel; channel += LANES) {
                int lanes = Math.min(LANES, endChannel - channel);
                System.arraycopy(job.from(), position + channel, buffer, 0, lanes);
                chunk(count, channel);
                System.arraycopy(buffer, 0, job.to(), position + channel, lanes);
            }
        }
    }

    /** The cells of an output's window that hold events, and where their tap's weights lie. */
    private int findCells(int row, int column) {
        Geometry g = job.tile().geometry();
        int count = 0;
        for (int ky = 0; ky < g.kernelHeight(); ky++) {
            int inRow = row * g.stride() - g.padding() + ky * g.dilation();
            for (int kx = 0; kx < g.kernelWidth() && inRow >= 0 && inRow < g.inHeight(); kx++) {
                int inColumn = column * g.stride() - g.padding() + kx * g.dilation();
                if (inColumn >= 0 && inColumn < g.inWidth()) {
                    int cell = job.events().first(inRow, inColumn);
                    cells[count] = cell;
                    taps[count] = (ky * g.kernelWidth() + kx) * job.tile().channels();
                    count += job.events().empty(cell) ? 0 : 1;
                }
            }
        }
        return count;
    }

    private void chunk(int count, int channel) {
        IntVector v0 = IntVector.fromArray(INTS, buffer, 0);
        IntVector v1 = IntVector.fromArray(INTS, buffer, 8);
        IntVector v2 = IntVector.fromArray(INTS, buffer, 16);
        IntVector v3 = IntVector.fromArray(INTS, buffer, 24);
        int[] ends = job.events().ends();
        int[] events = job.events().weights();
        byte[] weights = job.weights();
        int steps = job.events().steps();
        for (int s = 0; s < steps; s++) {
            if (job.leaks()[s]) {
                v0 = LeakKernel.leaked(v0, job.leak());
                v1 = LeakKernel.leaked(v1, job.leak());
                v2 = LeakKernel.leaked(v2, job.leak());
                v3 = LeakKernel.leaked(v3, job.leak());
            }
            ShortVector a = ShortVector.zero(SHORTS);
            ShortVector b = ShortVector.zero(SHORTS);
            int addends = 0;
            for (int t = 0; t < count; t++) {
                int at = ends[cells[t] + s];
                int end = ends[cells[t] + s + 1];
                int offset = taps[t] + channel;
                while (at < end) {
                    int stop = Math.min(end, at + MOST_ADDENDS - addends);
                    addends += stop - at;
                    for (; at < stop; at++) {
                        int weight = events[at] + offset;
                        a = a.add(widened(weights, weight));
                        b = b.add(widened(weights, weight + 16));
                    }
                    if (addends == MOST_ADDENDS) {
                        check(addends, v0, v1, v2, v3);
                        v0 = v0.add(shifted(a, 0));
                        v1 = v1.add(shifted(a, 1));
                        v2 = v2.add(shifted(b, 0));
                        v3 = v3.add(shifted(b, 1));
                        a = ShortVector.zero(SHORTS);
                        b = ShortVector.zero(SHORTS);
                        addends = 0;
                    }
                }
            }
            if (addends > 0) {
                check(addends, v0, v1, v2, v3);
                v0 = v0.add(shifted(a, 0));
                v1 = v1.add(shifted(a, 1));
                v2 = v2.add(shifted(b, 0));
                v3 = v3.add(shifted(b, 1));
            }
        }
        v0.intoArray(buffer, 0);
        v1.intoArray(buffer, 8);
        v2.intoArray(buffer, 16);
        v3.intoArray(buffer, 24);
    }

    private static ShortVector widened(byte[] weights, int at) {
        return (ShortVector) ByteVector.fromArray(BYTES, weights, at)
                .convertShape(VectorOperators.B2S, SHORTS, 0);
    }

    private IntVector shifted(ShortVector sums, int part) {
        return ((IntVector) sums.convertShape(VectorOperators.S2I, INTS, part)).lanewise(VectorOperators.LSHL,
                job.shift());
    }

    /** Whether so many more weights could take a potential out of its range. */
    private void check(int addends, IntVector v0, IntVector v1, IntVector v2, IntVector v3) {
        long limit = job.most() - ((long) addends * GREATEST_WEIGHT << job.shift());
        IntVector greatest = v0.abs().max(v1.abs()).max(v2.abs().max(v3.abs()));
        valid &= limit >= 0 && !greatest.compare(VectorOperators.GT, (int) Math.max(0, limit)).anyTrue();
    }
}
