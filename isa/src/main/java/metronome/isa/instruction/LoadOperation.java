package metronome.isa.instruction;

/** What the DMA engine for loads executes. */
public sealed interface LoadOperation extends Operation {
    /** Loads weights. */
    @Form(opcode = 2, mnemonic = "load.weights", unit = Unit.LOAD, timing = "DMA-1 to DMA-4",
            notes = "the compiler uses the scratchpad as two halves, one loaded while the other is read; weights larger than "
                    + "a half take both, and are loaded when the array is done with what was there",
            action = "weights[scratch, scratch + bytes) <- DRAM[dram, dram + bytes)")
    record LoadWeights(@Bits(at = 34, width = 28, means = "how many bytes") int bytes,
            @Bits(at = 64, width = 31, means = "first byte in DRAM") int dram,
            @Bits(at = 96, width = 28, means = "first byte in the weight scratchpad") int scratch) implements LoadOperation {
        /** Checks the ranges. */
        public LoadWeights {
            Codec.check(LoadWeights.class, bytes, dram, scratch);
        }
    }

    /** Loads activations. */
    @Form(opcode = 3, mnemonic = "load.activations", unit = Unit.LOAD, timing = "DMA-1 to DMA-4",
            action = "activations[scratch, scratch + bytes) <- DRAM[dram, dram + bytes)")
    record LoadActivations(@Bits(at = 34, width = 28, means = "how many bytes") int bytes,
            @Bits(at = 64, width = 31, means = "first byte in DRAM") int dram,
            @Bits(at = 96, width = 28, means = "first byte in the spike buffer, used as activations") int scratch)
            implements LoadOperation {
        /** Checks the ranges. */
        public LoadActivations {
            Codec.check(LoadActivations.class, bytes, dram, scratch);
        }
    }

    /** Loads spikes. */
    @Form(opcode = 4, mnemonic = "load.spikes", unit = Unit.LOAD, timing = "DMA-1 to DMA-5",
            notes = "events come behind those that the region holds already, so that several lists make one region; within a step the order of the list is kept; events are 12 bits of channel, 10 of row, 10 of column",
            action = "appends to region the spike list at DRAM[dram]: a 32-bit count for each step, then the events of the columns named, whose channels are raised")
    record LoadSpikes(@Bits(at = 34, width = 5, means = "region written") int region,
            @Bits(at = 39, width = 10, means = "last step T of the list") int steps,
            @Bits(at = 64, width = 31, means = "first byte of the list in DRAM") int dram,
            @Bits(at = 96, width = 12, means = "added to the channel of every event") int raise,
            @Bits(at = 108, width = 10, means = "first column of the events that are kept") int firstColumn,
            @Bits(at = 118, width = 10, means = "columns of the events that are kept; 0: all") int columns) implements LoadOperation {
        /** Checks the ranges. */
        public LoadSpikes {
            Codec.check(LoadSpikes.class, region, steps, dram, raise);
        }
    }
}
