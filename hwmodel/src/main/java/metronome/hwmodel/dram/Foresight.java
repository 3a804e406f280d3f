package metronome.hwmodel.dram;

import java.util.Arrays;

/**
 * What a DRAM will do while one user alone asks for bursts, at most one before each tick: when each has moved is told as soon as it
 * is asked for. Ticks are counted here from {@link #begin} to {@link #end}, and nothing else of the DRAM may be asked between them;
 * after that it is as if it had been {@link Dram#tick ticked} one by one, and what has ended was taken from it.
 */
public final class Foresight {
    /** That a burst cannot be foreseen. */
    public static final long UNKNOWN = ForeseenRow.UNKNOWN;

    private final Dram dram;
    private final Channel[] channels;
    private final ForeseenRow[] rows;
    private final CoreClock clock;
    private final AddressMap map;
    private long now;
    /** From the column command of a burst to its end. */
    private long lag;
    /** Where the bursts from one on lie, before another. */
    private int firstAlike;
    private int endAlike;
    private int bank;
    private int row;

    /** Who asks: told of the bursts that it has asked for before. */
    @FunctionalInterface
    public interface Asker {
        /**
         * Takes note of a burst that has not yet ended.
         *
         * @param token by which it was asked for
         * @param end when it will have ended, in picoseconds
         * @return whether it is the asker's
         */
        boolean own(long token, long end);
    }

    Foresight(Dram dram, Channel[] channels, CoreClock clock, AddressMap map) {
        this.dram = dram;
        this.channels = channels;
        this.rows = Arrays.stream(channels).map(Channel::foreseen).toArray(ForeseenRow[]::new);
        this.clock = clock;
        this.map = map;
    }

    /**
     * Begins after a tick, if there are {@link #ticks} that can be foreseen, and all that waits or is under way is the asker's.
     *
     * @param write whether data go to the DRAM
     * @param layer to which commands are counted
     * @param asker told when each of its bursts will have ended
     * @return whether it has begun; if not, nothing has changed
     */
    public boolean begin(boolean write, int layer, Asker asker) {
        now = dram.now();
        lag = dram.dataTime(write);
        boolean all = !dram.watched() && ticks() > 0;
        for (int i = 0; all && i < channels.length; i++) {
            all = channels[i].foresee(rows[i].begin(write, lag, layer), now, asker);
        }
        for (int i = 0; all && i < channels.length; i++) {
            channels[i].dropWaiting();
        }
        return all;
    }

    /** {@return how many ticks can be foreseen, from the next on: those before a channel is to be refreshed} */
    public long ticks() {
        long due = Long.MAX_VALUE;
        for (Channel channel : channels) {
            due = Math.min(due, channel.refreshDue());
        }
        return clock.ticksBefore(due);
    }

    /** {@return the time of the latest tick, in picoseconds: what ends then has ended} */
    public long now() {
        return now;
    }

    /**
     * Asks for one burst, which arrives at the time of the next tick.
     *
     * @param burst number of the burst: its address over {@link Dram#burstBytes}
     * @param token by which the caller knows it again
     * @return when it will have ended, in picoseconds, or {@link #UNKNOWN}, and then it was not asked for; whether a time behind the
     *     {@link #ticks} that can be foreseen holds is not known
     */
    public long request(int burst, long token) {
        if (burst < firstAlike || burst >= endAlike) {
            locate(burst);
        }
        return rows[map.channel(burst)].request(bank, row, token, now, clock.next());
    }

    private void locate(int burst) {
        bank = map.bank(burst);
        row = map.row(burst);
        firstAlike = burst;
        endAlike = burst + map.alike(burst);
    }

    /** {@return how many channels there are} */
    public int channels() {
        return channels.length;
    }

    /**
     * {@return how many of so many consecutive bursts certainly move as they come, if one is asked for before each of the following
     * ticks; 0 if ticks are not equally far apart}
     *
     * @param burst number of the first
     * @param most how many at most
     */
    public int steady(int burst, int most) {
        long period = clock.period();
        int count = Math.min(most, period == 0 ? 0 : map.alike(burst));
        boolean all = true;
        for (int i = 0; all && i < channels.length && i < count; i++) {
            all = rows[map.channel(burst + i)].steady(map.bank(burst), map.row(burst), now, clock.next() + i * period, channels.length * period);
        }
        return all ? count : 0;
    }

    /**
     * Lets ticks pass, before each of which a burst is asked for.
     *
     * @param burst number of the first
     * @param count how many, at most what is {@link #steady}
     * @param token of the first
     * @param step from one token to the next
     */
    public void requestAll(int burst, int count, long token, long step) {
        long period = clock.period();
        for (int i = 0; i < channels.length && i < count; i++) {
            int own = (count - 1 - i) / channels.length;
            int last = i + own * channels.length;
            rows[map.channel(burst + i)].requestAll(own + 1, clock.next() + last * period, channels.length * period, token + last * step,
                    channels.length * step);
        }
        clock.advance(count - 1);
        tick();
    }

    /**
     * {@return when a burst that moved as it came will have ended}
     *
     * @param before how many ticks before the latest one it came, if ticks are equally far apart
     */
    public long ends(int before) {
        return after(-before) + lag;
    }

    /**
     * {@return the time of a later tick, if ticks are equally far apart}
     *
     * @param ticks after the latest one
     */
    public long after(int ticks) {
        return now + ticks * clock.period();
    }

    /** Lets a tick pass. */
    public void tick() {
        now = clock.next();
        clock.advance();
    }

    /**
     * Lets ticks pass up to the first at or after a time.
     *
     * @param time in picoseconds, after the latest tick
     * @param most how many at most, at least 1
     * @return how many
     */
    public long tickUntil(long time, long most) {
        long ticks = Math.min(most, clock.ticksBefore(time) + 1);
        clock.advance(ticks - 1);
        tick();
        return ticks;
    }

    /** Ends after a tick. */
    public void end() {
        for (int i = 0; i < channels.length; i++) {
            channels[i].dropEnded(now);
            rows[i].end(now);
        }
        dram.resume(now);
    }
}
