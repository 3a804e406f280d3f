package metronome.isa.compiler;

import metronome.core.network.Shape;
import metronome.core.spiking.FixedLayer;
import metronome.core.spiking.FixedNetwork;
import metronome.core.spiking.Readout;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;

/**
 * How many blocks of a core's spike buffer a layer may take.
 *
 * @param network of which it is a layer
 * @param perBlock events in a block
 * @param blocks that a core has
 */
record SpikeRoom(FixedNetwork network, int perBlock, int blocks) {
    static SpikeRoom of(FixedNetwork network, Target target) {
        return new SpikeRoom(network, target.count(TargetField.BLOCK_EVENTS), target.count(TargetField.SPIKE_BLOCKS));
    }

    /** The most that input and output take; where spikes are exchanged, a core's own and those of all are there at once. */
    long need(FixedLayer layer, int channels, boolean exchanged) {
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

    /** Whether every core has room for its part of every layer. */
    boolean fits(Placement placement) {
        for (int layer = 0; layer < network.layers().size(); layer++) {
            FixedLayer of = network.layers().get(layer);
            for (int core = 0; core < placement.cores(); core++) {
                int channels = placement.slice(layer, core, of.output()).channels();
                if (channels > 0 && need(of, channels, !placement.stays(layer)) > blocks) {
                    return false;
                }
            }
        }
        return true;
    }
}
