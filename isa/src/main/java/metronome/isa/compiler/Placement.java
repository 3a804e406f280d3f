package metronome.isa.compiler;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import metronome.core.network.Shape;
import metronome.core.spiking.FixedLayer;
import metronome.core.spiking.FixedNetwork;
import metronome.core.spiking.Readout;

/**
 * Which core computes what of which layer. A layer is on one core, or spread over all.
 *
 * @param cores how many have code
 * @param way how spikes go from core to core, and so what of a layer is spread
 * @param layers in order
 */
record Placement(int cores, Way way, List<Place> layers) {
    /** How spikes go from core to core. */
    enum Way {
        /** Over the mesh: each core has some of the output channels, cut into tiles of its own. */
        MESH,
        /** By DRAM: each core has some of the blocks of channels into which the layer is cut. */
        BLOCKS,
        /** By DRAM: each core has some of the tiles into which the layer is cut. */
        TILES
    }

    /**
     * Where one layer is.
     *
     * @param core the one that has it
     * @param spread whether all have some of it instead
     */
    record Place(int core, boolean spread) {
    }

    /**
     * Some output channels; none where a core has no part in a layer.
     *
     * @param first the first
     * @param channels how many
     */
    record Slice(int first, int channels) {
    }

    /** Copies the layers. */
    Placement {
        layers = List.copyOf(layers);
    }

    /** All on core 0, whose spikes may stay on the chip or go to DRAM. */
    static Placement onCore0(FixedNetwork network) {
        return spread(network, 1, Way.TILES, _ -> false);
    }

    /** By channel over the mesh those layers that have enough channels and for which it is worth the while. */
    static Placement overMesh(FixedNetwork network, int cores, Predicate<FixedLayer> worth) {
        return spread(network, cores, Way.MESH, layer -> spreads(network, layer, cores) && worth.test(layer));
    }

    /** By DRAM, all layers but the last, whose result one core has. */
    static Placement byDram(FixedNetwork network, int cores, Way way) {
        return spread(network, cores, way, layer -> layer != network.layers().getLast());
    }

    private static Placement spread(FixedNetwork network, int cores, Way way, Predicate<FixedLayer> spread) {
        return new Placement(cores, way, network.layers().stream().map(l -> new Place(0, spread.test(l))).toList());
    }

    /** Whole layers: goes on to the next core when the middle of a layer's work passes the share of those before. */
    static Placement pipeline(FixedNetwork network, int cores, Way way) {
        long all = network.layers().stream().mapToLong(Placement::work).sum();
        long before = 0;
        List<Place> places = new ArrayList<>();
        for (FixedLayer layer : network.layers()) {
            long middle = before + work(layer) / 2;
            places.add(new Place((int) Math.min(cores - 1, middle * cores / all), false));
            before += work(layer);
        }
        return new Placement(cores, way, places);
    }

    private static boolean spreads(FixedNetwork network, FixedLayer layer, int cores) {
        return layer.output().channels() >= cores
                && (network.readout() != Readout.POTENTIAL || layer != network.layers().getLast());
    }

    /** The synaptic additions if every input spikes. */
    static long work(FixedLayer layer) {
        return switch (layer) {
            case FixedLayer.Synapses s -> (long) s.output().size() * s.weights().size() / s.output().channels();
            case FixedLayer.Pool p -> p.input().size();
        };
    }

    /** Whether cores exchange spikes over the mesh. */
    boolean exchanges() {
        return way == Way.MESH;
    }

    /** How many cores have a part in a layer. */
    int senders(int layer) {
        return layers.get(layer).spread() ? cores : 1;
    }

    /** What a core has of a layer: channels as equal in number as can be, the first cores one more. */
    Slice slice(int layer, int core, Shape output) {
        Place place = layers.get(layer);
        if (!place.spread()) {
            return new Slice(0, core == place.core() ? output.channels() : 0);
        }
        int channels = output.channels();
        int first = core * (channels / cores) + Math.min(core, channels % cores);
        return new Slice(first, channels / cores + (core < channels % cores ? 1 : 0));
    }

    /** What a core has of the tiles of a layer that is cut for all cores: pieces that follow each other. */
    List<Cut.Tile> tiles(int layer, int core, Cut cut) {
        Place place = layers.get(layer);
        List<Cut.Tile> all = cut.tiles();
        if (!place.spread()) {
            return core == place.core() ? all : List.of();
        }
        int pieces = pieces(cut);
        return IntStream.range(0, all.size()).filter(i -> core(piece(cut, all.get(i), i), pieces) == core).mapToObj(all::get)
                .toList();
    }

    /** How many tiles the core has that has most of them. */
    int most(int layer, Cut cut) {
        int tiles = cut.blocks() * cut.places();
        return layers.get(layer).spread() ? Math.ceilDiv(pieces(cut), cores) * (tiles / pieces(cut)) : tiles;
    }

    private int pieces(Cut cut) {
        return way == Way.BLOCKS ? cut.blocks() : cut.blocks() * cut.places();
    }

    private int piece(Cut cut, Cut.Tile tile, int number) {
        return way == Way.BLOCKS ? (tile.firstChannel() - cut.first()) / cut.channels() : number;
    }

    /** Deals pieces out: the first of core c is number {@code ceil(c * pieces / cores)}. */
    private int core(int piece, int pieces) {
        return (int) ((long) piece * cores / pieces);
    }

    /** Whether the spikes of a layer stay on the core on which they arise; those of the last go to core 0. */
    boolean stays(int layer) {
        Place here = layers.get(layer);
        Place next = next(layer);
        return !here.spread() && !next.spread() && here.core() == next.core();
    }

    /** Where the spikes of a layer go. */
    Place next(int layer) {
        return layer + 1 < layers.size() ? layers.get(layer + 1) : new Place(0, false);
    }
}
