package metronome.isa.compiler;

import metronome.core.network.Shape;
import metronome.core.spiking.FixedLayer;
import metronome.core.spiking.FixedNetwork;
import metronome.core.spiking.Readout;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;

/**
 * How many blocks of a core's spike buffer a layer may take when spikes are exchanged between cores, which keep them on the
 * chip.
 *
 * @param network of which it is a layer
 * @param perBlock events in a block
 * @param blocks that a core has
 */
record ExchangeRoom(FixedNetwork network, int perBlock, int blocks) {
    static ExchangeRoom of(FixedNetwork network, Target target) {
        return new ExchangeRoom(network, target.count(TargetField.BLOCK_EVENTS), target.count(TargetField.SPIKE_BLOCKS));
    }

    /** The most that input and output take; where spikes are exchanged, a core's own and those of all are there at once. */
    private long need(FixedLayer layer, int channels, boolean exchanged) {
        Shape output = layer.output();
        boolean readOut = network.readout() == Readout.POTENTIAL && layer == network.layers().getLast();
        int own = readOut ? 1 : output.height() * output.width() * channels;
        return taken(layer.input().size()) + taken(own) + (exchanged ? taken(readOut ? 1 : output.size()) : 0);
    }

    /** The most blocks that so many events, however spread over the steps, can take. */
    private long taken(int events) {
        int steps = Math.min(network.code().steps() + 1, events);
        return (events + (long) steps * (perBlock - 1)) / perBlock;
    }

    /** The blocks that a core needs for its part of a layer; 0 if it has none. */
    private long need(Placement placement, int l, int core) {
        FixedLayer layer = network.layers().get(l);
        int channels = placement.slice(l, core, layer.output()).channels();
        return channels == 0 ? 0 : need(layer, channels, !placement.stays(l));
    }

    /** Refuses a part for which a core has no room. */
    void check(Placement placement, int l, int core) {
        FixedLayer layer = network.layers().get(l);
        long need = need(placement, l, core);
        Limits.check(need <= blocks, "layer " + layer.name() + ": the " + layer.input().size()
                + " spikes that may reach it and the " + layer.output().size() + " that it may emit need " + need
                + " blocks of the spike buffer of core " + core + " to stay on the chip and be exchanged over the mesh, the target has "
                + blocks + " (spikes.blocks)");
    }

    /** Whether every core has room for its part of every layer. */
    boolean fits(Placement placement) {
        for (int layer = 0; layer < network.layers().size(); layer++) {
            for (int core = 0; core < placement.cores(); core++) {
                if (need(placement, layer, core) > blocks) {
                    return false;
                }
            }
        }
        return true;
    }
}
