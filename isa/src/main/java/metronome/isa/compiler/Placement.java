package metronome.isa.compiler;

import java.util.ArrayList;
import java.util.List;
import metronome.core.network.Shape;
import metronome.core.spiking.FixedLayer;
import metronome.core.spiking.FixedNetwork;
import metronome.core.spiking.Readout;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import metronome.isa.target.TargetRules;

/**
 * Which core computes which output channels of which layer. A layer is on one core, or spread over all.
 *
 * @param cores how many have code
 * @param layers in order
 */
record Placement(int cores, List<Place> layers) {
    /**
     * Where one layer is.
     *
     * @param core the one that has it
     * @param spread whether all have some of its channels instead
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

    /**
     * {@return where the layers are}
     *
     * @throws metronome.core.io.DataException if it is asked that they be spread, and they cannot be
     */
    static Placement of(FixedNetwork network, Target target, SpikePlacement spikes, Partition partition) {
        int cores = TargetRules.cores(target);
        boolean spreadable = network.wiring().isChain() && spikes != SpikePlacement.DRAM;
        if (cores == 1 || partition == Partition.AUTO && !spreadable) {
            return onCore0(network);
        }
        Limits.check(network.wiring().isChain(), "the network has branches, which run on one core only (partition auto)");
        Limits.check(spreadable, "the spikes of several cores stay on the chip; those of one core may go to DRAM (partition auto)");
        return switch (partition) {
            case CHANNEL -> new Placement(cores, network.layers().stream()
                    .map(layer -> new Place(0, spreads(network, layer, cores))).toList());
            case LAYER -> new Placement(cores, pipeline(network, cores));
            case AUTO -> automatic(network, target, cores);
        };
    }

    private static Placement onCore0(FixedNetwork network) {
        return new Placement(1, network.layers().stream().map(_ -> new Place(0, false)).toList());
    }

    /** All on core 0, whose spikes may go to DRAM, if there is no room for what is exchanged or nothing is gained. */
    private static Placement automatic(FixedNetwork network, Target target, int cores) {
        Placement spread = new Placement(cores, network.layers().stream().map(layer -> new Place(0,
                spreads(network, layer, cores) && gains(layer, target.count(TargetField.LANES), cores))).toList());
        boolean gains = spread.layers.stream().anyMatch(Place::spread);
        return gains && ExchangeRoom.of(network, target).fits(spread) ? spread : onCore0(network);
    }

    private static boolean spreads(FixedNetwork network, FixedLayer layer, int cores) {
        return layer.output().channels() >= cores
                && (network.readout() != Readout.POTENTIAL || layer != network.layers().getLast());
    }

    /** Whether the cycles saved are more than those in which the spikes of all cores arrive at each, one a cycle. */
    private static boolean gains(FixedLayer layer, int lanes, int cores) {
        return work(layer) / lanes * (cores - 1) / cores > layer.output().size();
    }

    /** The synaptic additions if every input spikes. */
    static long work(FixedLayer layer) {
        return switch (layer) {
            case FixedLayer.Synapses s -> (long) s.output().size() * s.weights().size() / s.output().channels();
            case FixedLayer.Pool p -> p.input().size();
        };
    }

    /** Goes on to the next core when the middle of a layer's work passes the share of those before. */
    private static List<Place> pipeline(FixedNetwork network, int cores) {
        long all = network.layers().stream().mapToLong(Placement::work).sum();
        long before = 0;
        List<Place> places = new ArrayList<>();
        for (FixedLayer layer : network.layers()) {
            long middle = before + work(layer) / 2;
            places.add(new Place((int) Math.min(cores - 1, middle * cores / all), false));
            before += work(layer);
        }
        return places;
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

    /** Whether the spikes of a layer stay on the core on which they arise; those of the last go to core 0. */
    boolean stays(int layer) {
        Place here = layers.get(layer);
        Place next = next(layer);
        return cores == 1 || !here.spread() && !next.spread() && here.core() == next.core();
    }

    /** Where the spikes of a layer go. */
    Place next(int layer) {
        return layer + 1 < layers.size() ? layers.get(layer + 1) : new Place(0, false);
    }
}
