package metronome.hwmodel.unit;

import java.util.Arrays;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;

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
    private static final int PAIR = 2 * LANES;
    /** So many weights of 8 bits add up to no more than 16 bits hold. */
    private static final int MOST_ADDENDS = 255;
    private static final int GREATEST_WEIGHT = 128;

    private final Job job;
    private final int[] buffer = new int[PackedWeights.MOST_LANES];
    private final short[] sums = new short[PackedWeights.MOST_LANES];
    private final RowEvents events = new RowEvents();
    /** The segments of a position's window: input columns next to each other, and where weights begin for events of column 0. */
    private final int[] firsts;
    private final int[] ends;
    private final int[] bases;
    private int segments;
    /** How many events of a step meet at the position. */
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
        int segments = g.dilation() == 1 ? 1 : g.kernelWidth();
        this.firsts = new int[segments];
        this.ends = new int[segments];
        this.bases = new int[segments];
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
        events.gather(job.events(), tile.geometry(), row, lanes);
        for (int column = tile.firstColumn(); column < tile.endColumn(); column++) {
            int position = tile.base() + tile.offset(row, column) + job.weights().firstChannel(chunk);
            for (int lane = 0; lane < real; lane++) {
                buffer[place(lane)] = job.from()[position + lane];
            }
            findSegments(column, chunk);
            position(lanes);
            for (int lane = 0; lane < real; lane++) {
                job.to()[position + lane] = buffer[place(lane)];
            }
        }
    }

    /** Where the potential of a lane lies in the buffer: of each vector of sums, the even lanes come first. */
    private static int place(int lane) {
        return (lane & -LANES) + (lane & 1) * LANES / 2 + (lane & LANES - 1) / 2;
    }

    /** Finds the segments of an output's window: one, or with dilation each column of the kernel. */
    private void findSegments(int column, int chunk) {
        Geometry g = job.tile().geometry();
        int apart = g.dilation() == 1 ? g.kernelWidth() : 1;
        int left = column * g.stride() - g.padding();
        segments = 0;
        for (int kx = 0; kx < g.kernelWidth(); kx += apart) {
            int from = left + kx * g.dilation();
            firsts[segments] = Math.max(0, from);
            ends[segments] = Math.min(g.inWidth(), from + apart);
            bases[segments] = job.weights().base(chunk) + (kx - from) * job.weights().lanes(chunk);
            segments += firsts[segments] < ends[segments] ? 1 : 0;
        }
    }

    /** Lets the potentials of a position live through the window. */
    private void position(int lanes) {
        bound = greatest(lanes);
        for (int s = 0; s < job.events().steps(); s++) {
            if (job.leaks()[s]) {
                LeakKernel.leak(buffer, 0, lanes, job.leak());
                bound = (bound * job.leak() >> 16) + 1;
            }
            meeting = meeting(s);
            ruleOutSaturation(s, lanes);
            for (int t = 0; t < segments; t++) {
                add(events.begin(s, firsts[t]), events.begin(s, ends[t]), bases[t], lanes);
            }
        }
    }

    private int meeting(int step) {
        int sum = 0;
        for (int t = 0; t < segments; t++) {
            sum += events.begin(step, ends[t]) - events.begin(step, firsts[t]);
        }
        return sum;
    }

    /** Adds the weights of some events to the potentials. */
    private void add(int first, int end, int base, int lanes) {
        for (int from = first; from < end; from += MOST_ADDENDS) {
            sum(from, Math.min(end, from + MOST_ADDENDS), base, lanes);
            flush(lanes);
        }
    }

    /** Sums the weights of some events. */
    private void sum(int from, int to, int base, int lanes) {
        int lane = 0;
        for (; lane + PAIR <= lanes; lane += PAIR) {
            pair(from, to, base + lane, lane);
        }
        for (; lane < lanes; lane += LANES) {
            single(from, to, base + lane, lane);
        }
    }

    /** Two vectors of lanes, of which one register each holds the sums of every other event. */
    private void pair(int from, int to, int base, int lane) {
        byte[] weights = job.weights().bytes();
        int[] at = events.starts();
        ShortVector a = ShortVector.zero(Lanes.SHORTS);
        ShortVector b = a;
        ShortVector c = a;
        ShortVector d = a;
        int i = from;
        for (; i + 1 < to; i += 2) {
            a = a.add(Lanes.widened(weights, at[i] + base));
            b = b.add(Lanes.widened(weights, at[i] + base + LANES));
            c = c.add(Lanes.widened(weights, at[i + 1] + base));
            d = d.add(Lanes.widened(weights, at[i + 1] + base + LANES));
        }
        if (i < to) {
            a = a.add(Lanes.widened(weights, at[i] + base));
            b = b.add(Lanes.widened(weights, at[i] + base + LANES));
        }
        a.add(c).intoArray(sums, lane);
        b.add(d).intoArray(sums, lane + LANES);
    }

    private void single(int from, int to, int base, int lane) {
        byte[] weights = job.weights().bytes();
        int[] at = events.starts();
        ShortVector a = ShortVector.zero(Lanes.SHORTS);
        ShortVector b = a;
        int i = from;
        for (; i + 1 < to; i += 2) {
            a = a.add(Lanes.widened(weights, at[i] + base));
            b = b.add(Lanes.widened(weights, at[i + 1] + base));
        }
        if (i < to) {
            a = a.add(Lanes.widened(weights, at[i] + base));
        }
        a.add(b).intoArray(sums, lane);
    }

    private int greatest(int lanes) {
        int greatest = 0;
        for (int i = 0; i < lanes; i++) {
            greatest = Math.max(greatest, Math.abs(buffer[i]));
        }
        return greatest;
    }

    /** For a whole step at once, because its events did not arrive in the order in which they are added. */
    private void ruleOutSaturation(int step, int lanes) {
        long most = (long) meeting * GREATEST_WEIGHT << job.shift();
        if (bound + most > job.most()) {
            bound = greatest(lanes);
            valid = valid && (bound + most <= job.most() || fits(step, lanes));
        }
        bound = Math.min(bound + most, job.most() + 1L);
    }

    /** Adds the sums to the potentials. */
    private void flush(int lanes) {
        for (int lane = 0; lane < lanes; lane += LANES) {
            IntVector pairs = ShortVector.fromArray(Lanes.SHORTS, sums, lane).reinterpretAsInts();
            add(pairs.lanewise(VectorOperators.LSHL, Short.SIZE), lane);
            add(pairs, lane + LANES / 2);
        }
    }

    /** Adds the upper halves to potentials. */
    private void add(IntVector upper, int at) {
        IntVector weights = upper.lanewise(VectorOperators.ASHR, Short.SIZE).lanewise(VectorOperators.LSHL, job.shift());
        IntVector.fromArray(Lanes.INTS, buffer, at).add(weights).intoArray(buffer, at);
    }

    /** Whether no potential leaves its range, in whatever order the weights of a step's events are added to it. */
    private boolean fits(int step, int lanes) {
        byte[] weights = job.weights().bytes();
        for (int lane = 0; lane < lanes; lane++) {
            long up = buffer[place(lane)];
            long down = up;
            for (int t = 0; t < segments; t++) {
                for (int i = events.begin(step, firsts[t]); i < events.begin(step, ends[t]); i++) {
                    long weight = (long) weights[events.starts()[i] + bases[t] + lane] << job.shift();
                    up += Math.max(weight, 0);
                    down += Math.min(weight, 0);
                }
            }
            if (up > job.most() || down < -job.most() - 1) {
                return false;
            }
        }
        return true;
    }
}
