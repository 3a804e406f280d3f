package metronome.isa.compiler;

/** Where the spikes of layers wait for their readers. */
public enum SpikePlacement {
    /** On the chip where they fit, elsewhere in DRAM. */
    AUTO,
    /** In the spike buffer, or the network is refused. */
    CHIP,
    /** In DRAM, all but the output. */
    DRAM
}
