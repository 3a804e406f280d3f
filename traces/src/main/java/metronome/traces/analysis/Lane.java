package metronome.traces.analysis;

import java.util.EnumMap;
import java.util.Map;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Stall;

/** What a unit did over the time of one image, in bins. */
public final class Lane {
    private final int core;
    private final Component unit;
    private final long cycles;
    private final long width;
    private final Spread active;
    private final Map<Stall, Spread> stalls = new EnumMap<>(Stall.class);

    Lane(int core, Component unit, long cycles, long width) {
        this.core = core;
        this.unit = unit;
        this.cycles = cycles;
        this.width = width;
        this.active = new Spread(cycles, width);
    }

    /** An instruction was under way. */
    void active(long from, long count) {
        active.add(from, count);
    }

    void stalled(Stall cause, long from, long count) {
        Spread spread = stalls.get(cause);
        if (spread == null) {
            spread = new Spread(cycles, width);
            stalls.put(cause, spread);
        }
        spread.add(from, count);
    }

    /** {@return whose unit it is; 0 where the units of all cores are told together} */
    public int core() {
        return core;
    }

    /** {@return which} */
    public Component unit() {
        return unit;
    }

    /** {@return cycles in which it worked, by bin} */
    public long[] busy() {
        long[] busy = active.bins();
        stalls.forEach((cause, spread) -> {
            if (underWay(cause)) {
                long[] stalled = spread.bins();
                for (int i = 0; i < busy.length; i++) {
                    busy[i] = Math.max(busy[i] - stalled[i], 0);
                }
            }
        });
        return busy;
    }

    /** {@return cycles in which it stalled, by cause and bin; without causes that it never had} */
    public Map<Stall, long[]> stalls() {
        Map<Stall, long[]> bins = new EnumMap<>(Stall.class);
        stalls.forEach((cause, spread) -> bins.put(cause, spread.bins()));
        return bins;
    }

    /**
     * {@return whether the unit has an instruction under way while it stalls for a cause; else it waits for one, or to begin it}
     *
     * @param cause why it stalls
     */
    public boolean underWay(Stall cause) {
        return UnitTally.underWay(unit, cause);
    }
}
