package metronome.hwmodel.unit;

import java.util.Arrays;
import jdk.incubator.vector.ShortVector;

/**
 * The arithmetic of a whole window on a tile, with vectors; its scalar twin is {@link ComputedNeurons}. For each output
 * position the potentials stay in the fastest cache from the first step to the last: leak, then the sum of the weights of all
 * events of a step that meet there, formed in 16 bits, then the shift.
 *
 * <p>Sums are the same in any order unless a potential saturates on the way; where it might, the result is not valid.
 */
final class WindowKernel {
    /** Lanes that are added at once; chunks of channels are multiples of it. */
    static final int LANES = Lanes.SHORTS.length();
    /** So many weights of 8 bits add up to no more than 16 bits hold. */
    private static final int MOST_ADDENDS = 255;
    private static final int GREATEST_WEIGHT = 128;

    private final Job job;
    private final int[] buffer = new int[PackedWeights.MOST_LANES];
    private final short[] sums = new short[PackedWeights.MOST_LANES];
    private final int[] cells;
    private final int[] taps;
    /** Where the weights begin of the events of a step that meet at the position. */
    private int[] addends = new int[MOST_ADDENDS];
    private int meeting;
    /** No potential of the position is further from zero. */
    private long bound;
    private boolean valid = true;

    /**
     * What is to be computed.
     *
     * @param tile whose potentials
     * @param events the events of one group
     * @param leaks for each step whether potentials leak before it
     * @param weights of the group
     * @param shift left shift of a weight
     * @param leak lambda in Q0.16
     * @param most the greatest potential
     * @param from potentials before
     * @param to potentials after
     */
    record Job(Tile tile, CellEvents events, boolean[] leaks, PackedWeights weights, int shift, int leak, int most,
            int[] from, int[] to) {
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

    /** Computes a chunk of the channels of an output row. */
    void row(int row, int chunk) {
        Tile tile = job.tile();
        int lanes = job.weights().lanes(chunk);
        int real = job.weights().realLanes(chunk);
        Arrays.fill(buffer, 0);
        for (int column = 0; column < tile.geometry().outWidth(); column++) {
            int position = tile.base() + tile.offset(row, column) + job.weights().firstChannel(chunk);
            System.arraycopy(job.from(), position, buffer, 0, real);
            position(findCells(row, column, chunk), lanes);
            System.arraycopy(buffer, 0, job.to(), position, real);
            Arrays.fill(buffer, real, lanes, 0);
        }
    }

    /** The cells of an output's window that hold events, and where their tap's weights lie. */
    private int findCells(int row, int column, int chunk) {
        Geometry g = job.tile().geometry();
        int count = 0;
        for (int ky = 0; ky < g.kernelHeight(); ky++) {
            int inRow = row * g.stride() - g.padding() + ky * g.dilation();
            for (int kx = 0; kx < g.kernelWidth() && inRow >= 0 && inRow < g.inHeight(); kx++) {
                int inColumn = column * g.stride() - g.padding() + kx * g.dilation();
                if (inColumn >= 0 && inColumn < g.inWidth()) {
                    int cell = job.events().first(inRow, inColumn);
                    cells[count] = cell;
                    taps[count] = job.weights().base(chunk) + (ky * g.kernelWidth() + kx) * job.weights().lanes(chunk);
                    count += job.events().empty(cell) ? 0 : 1;
                }
            }
        }
        return count;
    }

    /** Lets the potentials of a position live through the window. */
    private void position(int count, int lanes) {
        bound = greatest(lanes);
        for (int s = 0; s < job.events().steps(); s++) {
            if (job.leaks()[s]) {
                LeakKernel.leak(buffer, 0, lanes, job.leak());
                bound = (bound * job.leak() >> 16) + 1;
            }
            gather(s, count, lanes);
            for (int from = 0; from < meeting; from += MOST_ADDENDS) {
                int to = Math.min(meeting, from + MOST_ADDENDS);
                add(from, to, lanes);
                flush(from, to, lanes);
            }
        }
    }

    /** Finds where the weights begin of all events of a step that meet at the position. */
    private void gather(int step, int count, int lanes) {
        int[] ends = job.events().ends();
        int[] rows = job.events().rows();
        meeting = 0;
        for (int t = 0; t < count; t++) {
            int from = ends[cells[t] + step];
            int to = ends[cells[t] + step + 1];
            if (addends.length < meeting + to - from) {
                addends = Arrays.copyOf(addends, 2 * (meeting + to - from));
            }
            for (int at = from; at < to; at++) {
                addends[meeting++] = rows[at] * lanes + taps[t];
            }
        }
    }

    /**
     * Adds the weights of some events to the sums, four events at a time. The sums are in an array, not in variables that a
     * loop carries: such a vector is kept in a register or boxed as the compiler's luck has it.
     */
    private void add(int from, int to, int lanes) {
        byte[] weights = job.weights().bytes();
        int i = from;
        for (; i + 3 < to; i += 4) {
            addFour(weights, addends[i], addends[i + 1], addends[i + 2], addends[i + 3], lanes);
        }
        if (i + 1 < to) {
            addTwo(weights, addends[i], addends[i + 1], lanes);
            i += 2;
        }
        if (i < to) {
            addOne(weights, addends[i], lanes);
        }
    }

    private void addFour(byte[] weights, int a, int b, int c, int d, int lanes) {
        for (int lane = 0; lane < lanes; lane += LANES) {
            ShortVector.fromArray(Lanes.SHORTS, sums, lane)
                    .add(Lanes.widened(weights, a + lane).add(Lanes.widened(weights, b + lane)))
                    .add(Lanes.widened(weights, c + lane).add(Lanes.widened(weights, d + lane))).intoArray(sums, lane);
        }
    }

    private void addTwo(byte[] weights, int a, int b, int lanes) {
        for (int lane = 0; lane < lanes; lane += LANES) {
            ShortVector.fromArray(Lanes.SHORTS, sums, lane)
                    .add(Lanes.widened(weights, a + lane).add(Lanes.widened(weights, b + lane))).intoArray(sums, lane);
        }
    }

    private void addOne(byte[] weights, int a, int lanes) {
        for (int lane = 0; lane < lanes; lane += LANES) {
            ShortVector.fromArray(Lanes.SHORTS, sums, lane).add(Lanes.widened(weights, a + lane)).intoArray(sums, lane);
        }
    }

    private int greatest(int lanes) {
        int greatest = 0;
        for (int i = 0; i < lanes; i++) {
            greatest = Math.max(greatest, Math.abs(buffer[i]));
        }
        return greatest;
    }

    /** Adds the sums of some events to the potentials and clears them. */
    private void flush(int from, int to, int lanes) {
        long most = (long) (to - from) * GREATEST_WEIGHT << job.shift();
        if (bound + most > job.most()) {
            bound = greatest(lanes);
            valid &= bound + most <= job.most() || fits(from, to, lanes);
        }
        bound = Math.min(bound + most, job.most() + 1L);
        int shift = job.shift();
        for (int i = 0; i < lanes; i++) {
            buffer[i] += sums[i] << shift;
        }
        Arrays.fill(sums, (short) 0);
    }

    /** Whether no potential leaves its range, in whatever order the weights of some events are added to it. */
    private boolean fits(int from, int to, int lanes) {
        byte[] weights = job.weights().bytes();
        for (int lane = 0; lane < lanes; lane++) {
            long up = buffer[lane];
            long down = buffer[lane];
            for (int i = from; i < to; i++) {
                long weight = (long) weights[addends[i] + lane] << job.shift();
                up += Math.max(weight, 0);
                down += Math.min(weight, 0);
            }
            if (up > job.most() || down < -job.most() - 1) {
                return false;
            }
        }
        return true;
    }
}
