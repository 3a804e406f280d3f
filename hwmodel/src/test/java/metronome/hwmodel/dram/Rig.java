package metronome.hwmodel.dram;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Counts;

/** Drives a DRAM and keeps what it did. */
final class Rig {
    record Sent(int channel, Command command, int bank, long at) {
        @Override
        public String toString() {
            return command + " " + bank + " @" + at;
        }
    }

    record Asked(long address, boolean write, int token, long arrival) {
    }

    record Ended(int token, long tick) {
    }

    final List<Sent> sent = new ArrayList<>();
    final List<Asked> asked = new ArrayList<>();
    final List<Ended> ended = new ArrayList<>();
    final Counts counts = new Counts(3);
    final Dram dram;
    final double clockMHz;
    final int channels;
    long ticks;

    Rig(DramDevice device, double clockMHz, int channels, int depth) {
        this.clockMHz = clockMHz;
        this.channels = channels;
        dram = new Dram(device, clockMHz, channels, depth, counts::count,
                (channel, command, bank, at) -> sent.add(new Sent(channel, command, bank, at)));
    }

    /** A device with a distinct whole number of nanoseconds for each parameter, and refresh far away. */
    static DramTiming timing() {
        return new DramTiming(1000, 2000, 3000, 11_000, 9000, 5000, 13_000, 29_000, 4000,
                17_000, 6000, 7000, 8000, 97_000, 100_000_000);
    }

    static DramDevice device(DramTiming timing) {
        return new DramDevice("test", 4, 32, 1, 8, 64, timing, "test", new TreeSet<>());
    }

    long time() {
        return time(ticks);
    }

    long time(long tick) {
        return Math.floorDiv(tick * 1_000_000_000_000L, Math.round(clockMHz * 1e6));
    }

    boolean ask(long burst, boolean write) {
        long address = burst * dram.burstBytes();
        if (!dram.accepts(address)) {
            return false;
        }
        int token = asked.size();
        asked.add(new Asked(address, write, token, time()));
        dram.request(address, write, token % 2, token);
        return true;
    }

    void tick() {
        dram.tick(2);
        for (int token = dram.completed(); token >= 0; token = dram.completed()) {
            ended.add(new Ended(token, ticks));
        }
        ticks++;
    }

    Rig run(int cycles) {
        for (int i = 0; i < cycles; i++) {
            tick();
        }
        return this;
    }

    Rig drain() {
        while (!dram.idle()) {
            tick();
        }
        return this;
    }

    long count(Counter counter) {
        return counts.total(counter);
    }
}
