package metronome.isa.instruction;

/** What the pooling unit executes. */
public sealed interface PoolOperation extends Operation {
    /** Sets the geometry of a pooling layer. */
    @Form(opcode = 24, mnemonic = "pool.shape", unit = Unit.POOL, timing = "UNIT-1",
            action = "sets the geometry that the following pool instructions use")
    record PoolShape(@Bits(at = 34, width = 13, means = "channels") int channels,
            @Bits(at = 47, width = 8, means = "rows of a window") int kernelHeight,
            @Bits(at = 55, width = 8, means = "columns of a window") int kernelWidth,
            @Bits(at = 64, width = 10, means = "input rows") int inHeight,
            @Bits(at = 74, width = 10, means = "input columns") int inWidth,
            @Bits(at = 84, width = 10, means = "output rows") int outHeight,
            @Bits(at = 94, width = 10, means = "output columns") int outWidth,
            @Bits(at = 104, width = 4, means = "stride") int stride,
            @Bits(at = 108, width = 8, means = "padding") int padding) implements PoolOperation {
        /** Checks the ranges. */
        public PoolShape {
            Codec.check(PoolShape.class, channels, kernelHeight, kernelWidth, inHeight, inWidth, outHeight, outWidth,
                    stride, padding);
        }
    }

    /** Chooses the windows that are in the pooling unit. */
    @Form(opcode = 27, mnemonic = "pool.tile", unit = Unit.POOL, timing = "UNIT-1",
            notes = "without it, and after every pool.shape, the tile is the whole layer",
            action = "sets the part of the layer whose windows the following pool.spikes finds")
    record PoolTile(@Bits(at = 64, width = 10, means = "first output row") int firstRow,
            @Bits(at = 74, width = 10, means = "output rows") int rows,
            @Bits(at = 84, width = 13, means = "first channel") int firstChannel,
            @Bits(at = 97, width = 13, means = "channels") int channels) implements PoolOperation {
        /** Checks the ranges. */
        public PoolTile {
            Codec.check(PoolTile.class, firstRow, rows, firstChannel, channels);
        }
    }

    /** Pools reverse-coded spikes. */
    @Form(opcode = 25, mnemonic = "pool.spikes", unit = Unit.POOL, timing = "UNIT-1, POOL-1 to POOL-4",
            notes = "counting needs every input to fire (zero policy floor); otherwise windows without a spike stay silent",
            action = "the last spike of each window of the tile goes to destination at its own step; counting: when all "
                    + "inputs have arrived, else after the last step; source is released unless it is kept")
    record PoolSpikes(@Bits(at = 34, width = 5, means = "region read") int source,
            @Bits(at = 39, width = 5, means = "region written") int destination,
            @Bits(at = 44, width = 10, means = "last step") int to,
            @Bits(at = 54, width = 1, means = "whether arrivals are counted") boolean counting,
            @Bits(at = 55, width = 1, means = "whether source is kept") boolean keep,
            @Bits(at = 112, width = 12, means = "added to the channel of every event") int raise) implements PoolOperation {
        /** Checks the ranges. */
        public PoolSpikes {
            Codec.check(PoolSpikes.class, source, destination, to, counting, keep, raise);
        }
    }

    /** Pools activations. */
    @Form(opcode = 26, mnemonic = "pool.max", unit = Unit.POOL, timing = "UNIT-1, POOL-5",
            action = "activations[output...] <- maximum of each window of activations[input...], both (row, column, "
                    + "channel), the channel fastest")
    record PoolMax(@Bits(at = 64, width = 28, means = "first input byte") int input,
            @Bits(at = 92, width = 28, means = "first output byte") int output) implements PoolOperation {
        /** Checks the ranges. */
        public PoolMax {
            Codec.check(PoolMax.class, input, output);
        }
    }
}
