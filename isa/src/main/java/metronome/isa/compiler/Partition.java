package metronome.isa.compiler;

/** How a network is spread over the cores of a chip. */
public enum Partition {
    /**
     * The output channels of every layer over all cores. Where spikes stay on the chip, core 0 alone does a read-out by
     * potential, and layers that have fewer channels than there are cores; where they go by DRAM, the last layer.
     */
    CHANNEL,
    /** Whole layers, one after the other, so that no core has much more to do than another. */
    LAYER,
    /**
     * By channel each layer for which that is estimated to take less time, the others on core 0, if spikes fit on the chip; else
     * the tiles of every layer over all cores, or all on core 0, whichever is estimated to take less time.
     */
    AUTO
}
