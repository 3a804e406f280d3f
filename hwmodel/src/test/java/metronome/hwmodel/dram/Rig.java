package metronome.hwmodel.dram;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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
    final Controller controller;
    long ticks;

    /** First come, first served, with open pages. */
    Rig(DramDevice device, double clockMHz, int channels, int depth) {
        this(device, clockMHz, controller(channels, depth, 0));
    }

    Rig(DramDevice device, double clockMHz, Controller controller) {
        this.clockMHz = clockMHz;
        this.controller = controller;
        dram = new Dram(device, clockMHz, controller, counts::count,
                (channel, command, bank, _, _, at) -> sent.add(new Sent(channel, command, bank, at)));
    }

    /** With open pages and the order of addresses that the preset has. */
    static Controller controller(int channels, int depth, int overtakes) {
        return new Controller(channels, depth, overtakes, PagePolicy.OPEN, AddressOrder.ROW_BANK_COLUMN_CHANNEL);
    }

    static Controller randomController(Random random) {
        return new Controller(1 + random.nextInt(3), 1 + random.nextInt(16), random.nextInt(3) * random.nextInt(6),
                PagePolicy.values()[random.nextInt(2)], AddressOrder.values()[random.nextInt(3)]);
    }

    /** A device whose constraints may bind in any order; refresh comes often in some. */
    static DramDevice randomDevice(Random random) {
        long[] t = new long[14];
        for (int i = 0; i < t.length; i++) {
            t[i] = 300 + random.nextInt(20_000);
        }
        long cl = t[4] + t[5];
        DramTiming timing = new DramTiming(300 + random.nextInt(1500), t[1], t[2], t[3], cl, t[5], t[6], t[7], t[8],
                t[9] * 3, t[10], t[11], t[12], 5 * t[13], 150_000 + random.nextInt(2_000_000));
        return device(timing);
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
        if (!dram.accepts(dram.channel(address))) {
            return false;
        }
        int token = asked.size();
        asked.add(new Asked(address, write, token, time()));
        dram.request(address, write, token % 2, token);
        return true;
    }

    void tick() {
        dram.tick(2);
        for (long token = dram.completed(); token >= 0; token = dram.completed()) {
            ended.add(new Ended((int) token, ticks));
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
