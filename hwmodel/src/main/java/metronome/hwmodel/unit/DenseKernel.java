package metronome.hwmodel.unit;

import jdk.incubator.vector.ShortVector;
import metronome.hwmodel.memory.EventList;
import metronome.isa.program.Event;

/**
 * The arithmetic of one step on a tile of a single output position, which every event reaches: the weights of all events are
 * summed in 16 bits before a potential is touched. Weights are read where they lie, because a step is too short to copy them
 * for. Its scalar twin is {@link ComputedNeurons}.
 *
 * <p>Sums are the same in any order unless a potential saturates on the way; where it might, nothing is done.
 */
final class DenseKernel {
    private static final int LANES = Lanes.SHORTS.length();
    private static final int WIDE = 4 * LANES;
    /** So many weights of 8 bits add up to no more than 16 bits hold. */
    private static final int MOST_ADDENDS = 255;
    private static final int GREATEST_WEIGHT = 128;

    private final short[] sums = new short[WIDE];
    private int[] rows = new int[0];

    /** Whether all events reach all channels of a tile, at one position. */
    static boolean fits(Tile tile) {
        Geometry g = tile.geometry();
        return g.outHeight() == 1 && g.outWidth() == 1 && tile.rows() == 1 && g.padding() == 0 && g.dilation() == 1
                && g.kernelHeight() >= g.inHeight() && g.kernelWidth() >= g.inWidth()
                && g.groupInputs() >= Geometry.ALL && g.groupOutputs() >= Geometry.ALL;
    }

    /** Adds the weights of a step's events to the potentials and returns true, or does nothing if one might saturate. */
    boolean add(Tile tile, EventList events, int count, byte[] weights, int firstWeight, int shift, int[] potentials, int most) {
        long limit = most - ((long) count * GREATEST_WEIGHT << shift);
        int end = tile.base() + tile.size();
        for (int i = tile.base(); i < end; i++) {
            if (Math.abs((long) potentials[i]) > limit) {
                return false;
            }
        }
        findRows(tile, events, count, firstWeight);
        for (int from = 0; from < count; from += MOST_ADDENDS) {
            int to = Math.min(count, from + MOST_ADDENDS);
            for (int channel = 0; channel < tile.channels(); channel += WIDE) {
                chunk(from, to, channel, Math.min(WIDE, tile.channels() - channel), weights);
                for (int i = 0; i < Math.min(WIDE, tile.channels() - channel); i++) {
                    potentials[tile.base() + channel + i] += sums[i] << shift;
                }
            }
        }
        return true;
    }

    /** Where the weights of each event begin. */
    private void findRows(Tile tile, EventList events, int count, int firstWeight) {
        if (rows.length < count) {
            rows = new int[2 * count];
        }
        Geometry g = tile.geometry();
        for (int i = 0; i < count; i++) {
            int event = events.get(i);
            rows[i] = firstWeight + g.weight(Event.channel(event), Event.row(event), Event.column(event), tile.channels());
        }
    }

    private void chunk(int from, int to, int channel, int lanes, byte[] weights) {
        if (lanes == WIDE) {
            wide(from, to, channel, weights);
            return;
        }
        int done = 0;
        for (; done + LANES <= lanes; done += LANES) {
            narrow(from, to, channel + done, done, weights);
        }
        for (; done < lanes; done++) {
            int sum = 0;
            for (int i = from; i < to; i++) {
                sum += weights[rows[i] + channel + done];
            }
            sums[done] = (short) sum;
        }
    }

    private void wide(int from, int to, int channel, byte[] weights) {
        ShortVector a = ShortVector.zero(Lanes.SHORTS);
        ShortVector b = a;
        ShortVector c = a;
        ShortVector d = a;
        for (int i = from; i < to; i++) {
            int at = rows[i] + channel;
            a = a.add(Lanes.widened(weights, at));
            b = b.add(Lanes.widened(weights, at + LANES));
            c = c.add(Lanes.widened(weights, at + 2 * LANES));
            d = d.add(Lanes.widened(weights, at + 3 * LANES));
        }
        a.intoArray(sums, 0);
        b.intoArray(sums, LANES);
        c.intoArray(sums, 2 * LANES);
        d.intoArray(sums, 3 * LANES);
    }

    private void narrow(int from, int to, int channel, int at, byte[] weights) {
        ShortVector a = ShortVector.zero(Lanes.SHORTS);
        for (int i = from; i < to; i++) {
            a = a.add(Lanes.widened(weights, rows[i] + channel));
        }
        a.intoArray(sums, at);
    }
}
