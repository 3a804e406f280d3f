package metronome.isa.instruction;

/** What the firing unit executes. */
public sealed interface FiringOperation extends Operation {
    /** Chooses the neurons that the firing unit sweeps. */
    @Form(opcode = 20, mnemonic = "fire.tile", unit = Unit.FIRE, timing = "UNIT-1, FIRE-2",
            notes = "potentials keep their values; the firing unit needs no geometry of synapses",
            action = "sets the part of the layer whose potentials lie at base; all its neurons are unfired")
    record FireTile(@Bits(at = 34, width = 22, means = "first potential") int base,
            @Bits(at = 64, width = 10, means = "first output row") int firstRow,
            @Bits(at = 74, width = 10, means = "output rows") int rows,
            @Bits(at = 84, width = 13, means = "first output channel") int firstChannel,
            @Bits(at = 97, width = 13, means = "output channels") int channels,
            @Bits(at = 110, width = 10, means = "output columns") int columns,
            @Bits(at = 120, width = 8, means = "first output column") int firstColumn) implements FiringOperation {
        /** Checks the ranges. */
        public FireTile {
            Codec.check(FireTile.class, base, firstRow, rows, firstChannel, channels, columns);
        }
    }

    /** Sets threshold, tick and leak of the firing unit. */
    @Form(opcode = 21, mnemonic = "fire.neuron", unit = Unit.FIRE, timing = "UNIT-1",
            action = "sets leak, threshold and the tick of steps 1 to T, as lif.neuron does for the LIF array")
    record FireNeuron(@Bits(at = 34, width = 16, means = "lambda in Q0.16") int leak,
            @Bits(at = 64, width = 32, signed = true, means = "threshold") int threshold,
            @Bits(at = 96, width = 32, signed = true, means = "tick") int tick) implements FiringOperation {
        /** Checks the ranges. */
        public FireNeuron {
            Codec.check(FireNeuron.class, leak, threshold, tick);
        }
    }

    /** Sets what happens at step 0 of the output window of the firing unit. */
    @Form(opcode = 22, mnemonic = "fire.gate", unit = Unit.FIRE, timing = "UNIT-1",
            action = "sets the tick of step 0 and whether potentials at or above a level stay silent, as lif.gate does for "
                    + "the LIF array")
    record FireGate(@Bits(at = 34, width = 1, means = "whether neurons may stay silent") boolean silent,
            @Bits(at = 64, width = 32, signed = true, means = "tick of step 0") int firstTick,
            @Bits(at = 96, width = 32, signed = true, means = "level from which a neuron stays silent") int silentFrom)
            implements FiringOperation {
        /** Checks the ranges. */
        public FireGate {
            Codec.check(FireGate.class, silent, firstTick, silentFrom);
        }
    }

    /** Ticks neurons through a window beside the LIF array. */
    @Form(opcode = 23, mnemonic = "fire.sweep", unit = Unit.FIRE, timing = "UNIT-1, FIRE-1 to FIRE-3",
            notes = "the LIF array integrates another tile in the other half of the potentials meanwhile",
            action = "what lif.fire does, for the tile of fire.tile")
    record FireSweep(@Bits(at = 34, width = 5, means = "region written") int region,
            @Bits(at = 39, width = 10, means = "first step") int from,
            @Bits(at = 49, width = 10, means = "last step") int to,
            @Bits(at = 59, width = 1, means = "whether all fire at the last step") boolean flush,
            @Bits(at = 112, width = 12, means = "added to the channel of every event") int raise) implements FiringOperation {
        /** Checks the ranges. */
        public FireSweep {
            Codec.check(FireSweep.class, region, from, to, flush, raise);
        }
    }
}
