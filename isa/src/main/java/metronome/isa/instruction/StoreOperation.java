package metronome.isa.instruction;

/** What the DMA engine for stores executes. */
public sealed interface StoreOperation extends Operation {
    /** Stores spikes. */
    @Form(opcode = 5, mnemonic = "store.spikes", unit = Unit.STORE, timing = "DMA-1 to DMA-3, DMA-6",
            notes = "the list has the form that load.spikes reads, so that a program can be fed another's output",
            action = "the spike list at DRAM[dram] <- region, which is released")
    record StoreSpikes(@Bits(at = 34, width = 5, means = "region read and released") int region,
            @Bits(at = 39, width = 10, means = "last step T of the list") int steps,
            @Bits(at = 64, width = 31, means = "first byte of the list in DRAM") int dram) implements StoreOperation {
        /** Checks the ranges. */
        public StoreSpikes {
            Codec.check(StoreSpikes.class, region, steps, dram);
        }
    }

    /** Stores activations. */
    @Form(opcode = 6, mnemonic = "store.activations", unit = Unit.STORE, timing = "DMA-1 to DMA-3, DMA-6",
            action = "DRAM[dram, dram + bytes) <- activations[scratch, scratch + bytes)")
    record StoreActivations(@Bits(at = 34, width = 28, means = "how many bytes") int bytes,
            @Bits(at = 64, width = 31, means = "first byte in DRAM") int dram,
            @Bits(at = 96, width = 28, means = "first byte in the spike buffer, used as activations") int scratch)
            implements StoreOperation {
        /** Checks the ranges. */
        public StoreActivations {
            Codec.check(StoreActivations.class, bytes, dram, scratch);
        }
    }
}
