package metronome.traces.export;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import metronome.isa.instruction.FiringOperation;
import metronome.isa.instruction.LifOperation;
import metronome.isa.instruction.LoadOperation;
import metronome.isa.instruction.MeshOperation;
import metronome.isa.instruction.Operation;
import metronome.isa.instruction.PoolOperation;
import metronome.isa.instruction.StoreOperation;

/**
 * Who takes whose spikes. Instructions write spikes into a region of their core's spike buffer, and others read them from it
 * ({@link Region}); a list that was stored in DRAM is loaded by cores that read it; and what is sent over the mesh to a region of a core is
 * awaited there ({@link Arrivals}). So spikes that went through DRAM or the mesh are followed link by link: from who fires them to the
 * store, from that to the load, and from there to who integrates them.
 */
final class SpikeFlows {
    private final Map<Integer, Region> regions = new HashMap<>();
    private final Map<Integer, Arrivals> arrivals = new HashMap<>();
    /** Who stored the list that begins at a byte of DRAM. */
    private final Map<Integer, Slice> stored = new HashMap<>();
    private final int columns;
    private final Links links;

    /**
     * @param columns of the mesh
     * @param links are told of each pair
     */
    SpikeFlows(int columns, Links links) {
        this.columns = columns;
        this.links = links;
    }

    /** Is told of each pair. */
    interface Links {
        void link(Slice writer, long from, Slice reader, long to);

        /** What a reader takes in the cycle in which it is issued has been written by then, or is from now on. */
        default void taken(Slice writer, Slice reader, long time) {
            link(writer, Math.min(writer.last, time), reader, time);
        }

        /** A reader in flight takes what a writer begins to write now. */
        default void followed(Slice writer, Slice reader, long time) {
            link(writer, time, reader, time);
        }
    }

    /** An instruction in a unit, from a cycle to another. */
    static final class Slice {
        private final Optional<Track> track;
        private long last = Long.MAX_VALUE;

        /** One that is drawn. */
        Slice(Track track) {
            this.track = Optional.of(track);
        }

        /** One that is not drawn. */
        Slice() {
            this.track = Optional.empty();
        }

        boolean drawn() {
            return track.isPresent();
        }

        Track track() {
            return track.orElseThrow();
        }

        void retire(long time) {
            last = time;
        }

        boolean inFlight() {
            return last == Long.MAX_VALUE;
        }
    }

    void issue(int core, Operation operation, Slice slice, long time) {
        reads(operation).ifPresent(region -> region(core, region).read(slice, time));
        writes(operation).ifPresent(region -> region(core, region).write(slice, time));
        switch (operation) {
            case StoreOperation.StoreSpikes o -> stored.put(o.dram(), slice);
            case LoadOperation.LoadSpikes o -> Optional.ofNullable(stored.get(o.dram())).ifPresent(store -> links.taken(store, slice, time));
            case MeshOperation.SendSpikes o -> send(o, slice, time);
            case MeshOperation.ReceiveSpikes o -> arrivals(core, o.region()).receive(slice, o.senders(), time);
            default -> { }
        }
    }

    private void send(MeshOperation.SendSpikes o, Slice slice, long time) {
        for (int row = o.firstRow(); row < o.firstRow() + o.rows(); row++) {
            for (int column = o.firstColumn(); column < o.firstColumn() + o.columns(); column++) {
                arrivals(row * columns + column, o.destination()).send(slice, time);
            }
        }
    }

    private static int place(int core, int region) {
        return core << Byte.SIZE | region;
    }

    private Region region(int core, int number) {
        return regions.computeIfAbsent(place(core, number), _ -> new Region(links));
    }

    private Arrivals arrivals(int core, int region) {
        return arrivals.computeIfAbsent(place(core, region), _ -> new Arrivals(links));
    }

    /** Nothing that was written goes over into another image. */
    void clear() {
        regions.clear();
        arrivals.clear();
        stored.clear();
    }

    private static OptionalInt reads(Operation operation) {
        return switch (operation) {
            case LifOperation.Integrate o -> OptionalInt.of(o.region());
            case LifOperation.Run o -> OptionalInt.of(o.source());
            case PoolOperation.PoolSpikes o -> OptionalInt.of(o.source());
            case StoreOperation.StoreSpikes o -> OptionalInt.of(o.region());
            case MeshOperation.SendSpikes o -> OptionalInt.of(o.region());
            default -> OptionalInt.empty();
        };
    }

    private static OptionalInt writes(Operation operation) {
        return switch (operation) {
            case LifOperation.Fire o -> OptionalInt.of(o.region());
            case FiringOperation.FireSweep o -> OptionalInt.of(o.region());
            case LifOperation.ReadOut o -> OptionalInt.of(o.region());
            case LifOperation.Run o -> OptionalInt.of(o.destination());
            case PoolOperation.PoolSpikes o -> OptionalInt.of(o.destination());
            case LoadOperation.LoadSpikes o -> OptionalInt.of(o.region());
            case MeshOperation.ReceiveSpikes o -> OptionalInt.of(o.region());
            default -> OptionalInt.empty();
        };
    }
}
