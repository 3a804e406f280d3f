package metronome.traces.export;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import metronome.isa.instruction.Operation;

/**
 * Who integrates whose spikes: instructions write spikes into a region of their core's spike buffer, others read them from it. An
 * instruction that reads a region is linked with those that have written to it since it was last read before that, with the last few of them if
 * there are many; and one that writes to a region that is being read, step by step, with its reader.
 */
final class SpikeFlows {
    /** So many writers of a region are remembered. */
    static final int MOST_WRITERS = 16;

    private final Map<Integer, Region> regions = new HashMap<>();
    private final Links links;

    SpikeFlows(Links links) {
        this.links = links;
    }

    /** Is told of each pair. */
    interface Links {
        void link(Slice writer, long from, Slice reader, long to);
    }

    /** An instruction in a unit, from a cycle to another. */
    static final class Slice {
        private final Track track;
        private long last = Long.MAX_VALUE;

        Slice(Track track) {
            this.track = track;
        }

        Track track() {
            return track;
        }

        void retire(long time) {
            last = time;
        }

        private boolean inFlight() {
            return last == Long.MAX_VALUE;
        }
    }

    private static final class Region {
        private final Deque<Slice> writers = new ArrayDeque<>();
        private final List<Slice> readers = new ArrayList<>();
        private boolean read;
    }

    void issue(int core, Operation operation, Slice slice, long time) {
        reads(operation).ifPresent(region -> read(region(core, region), slice, time));
        writes(operation).ifPresent(region -> write(region(core, region), slice, time));
    }

    private Region region(int core, int number) {
        return regions.computeIfAbsent(core << Byte.SIZE | number, _ -> new Region());
    }

    private void read(Region region, Slice slice, long time) {
        region.writers.forEach(writer -> links.link(writer, Math.min(writer.last, time), slice, time));
        region.read = true;
        region.readers.removeIf(reader -> !reader.inFlight());
        region.readers.add(slice);
    }

    private void write(Region region, Slice slice, long time) {
        if (region.read) {
            region.writers.clear();
            region.read = false;
        }
        if (region.writers.size() == MOST_WRITERS) {
            region.writers.removeFirst();
        }
        region.writers.add(slice);
        region.readers.stream().filter(Slice::inFlight).forEach(reader -> links.link(slice, time, reader, time));
    }

    /** Nothing that was written goes over into another image. */
    void clear() {
        regions.clear();
    }

    private static OptionalInt reads(Operation operation) {
        return switch (operation) {
            case Operation.Integrate o -> OptionalInt.of(o.region());
            case Operation.Run o -> OptionalInt.of(o.source());
            case Operation.PoolSpikes o -> OptionalInt.of(o.source());
            case Operation.StoreSpikes o -> OptionalInt.of(o.region());
            case Operation.SendSpikes o -> OptionalInt.of(o.region());
            default -> OptionalInt.empty();
        };
    }

    private static OptionalInt writes(Operation operation) {
        return switch (operation) {
            case Operation.Fire o -> OptionalInt.of(o.region());
            case Operation.FireSweep o -> OptionalInt.of(o.region());
            case Operation.ReadOut o -> OptionalInt.of(o.region());
            case Operation.Run o -> OptionalInt.of(o.destination());
            case Operation.PoolSpikes o -> OptionalInt.of(o.destination());
            case Operation.LoadSpikes o -> OptionalInt.of(o.region());
            case Operation.ReceiveSpikes o -> OptionalInt.of(o.region());
            default -> OptionalInt.empty();
        };
    }
}
