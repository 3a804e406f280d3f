package metronome.isa.compiler;

import metronome.core.io.DataException;
import metronome.core.network.Window;
import metronome.core.spiking.FixedLayer;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import metronome.isa.target.TargetRules;

/**
 * What a tile of a spiking layer may take: of the scratchpads for synapses, of the pooling unit's states for a pool.
 *
 * @param layer of which it is one
 * @param target the chip
 */
record TileLimits(FixedLayer layer, Target target) implements Tiling.Limits {
    /**
     * {@return the limits}
     *
     * @throws DataException if one channel's weights or one row of one channel do not fit
     */
    static TileLimits of(FixedLayer layer, Target target) {
        TileLimits limits = new TileLimits(layer, target);
        limits.checkOneChannel(layer.name());
        if (layer.output().width() > limits.potentials()) {
            throw new DataException("layer " + layer.name() + ": one output row of one channel has " + layer.output().width()
                    + (layer instanceof FixedLayer.Pool ? " windows, the pooling unit holds " + limits.potentials()
                    + " (pool.entries)" : " potentials, the scratchpad " + limits.potentials() + " (lif.potentials)"));
        }
        return limits;
    }

    @Override
    public long blockBytes(int channels) {
        return switch (layer) {
            case FixedLayer.Synapses s -> WeightBlock.bytes(channels, s.weights().size() / s.output().channels(),
                    TargetRules.weightBytes(target), target.count(TargetField.WEIGHT_WORD));
            case FixedLayer.Pool _ -> 0;
        };
    }

    @Override
    public long halfBytes() {
        return target.count(TargetField.WEIGHT_BYTES) / 2;
    }

    @Override
    public long potentials() {
        return layer instanceof FixedLayer.Pool ? target.count(TargetField.POOL_ENTRIES) : TargetRules.tilePotentials(target);
    }

    /** The most output rows of so many channels and columns that fit; 0 if none does. */
    int rows(int channels, int columns) {
        return blockBytes(channels) > roomBytes() ? 0
                : (int) Math.min(layer.output().height(), potentials() / ((long) columns * channels));
    }

    /** Neurons that an event reaches in a tile of so many channels, away from borders; of a pool, windows. At least 1. */
    long fanOut(int channels) {
        return switch (layer) {
            case FixedLayer.Synapses s -> places(s.window()) * Math.min(channels, s.output().channels() / s.window().groups());
            case FixedLayer.Pool p -> places(p.window());
        };
    }

    private static long places(Window window) {
        return (long) Math.ceilDiv(window.height(), window.stride()) * Math.ceilDiv(window.width(), window.stride());
    }
}
