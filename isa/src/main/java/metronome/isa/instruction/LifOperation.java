package metronome.isa.instruction;

/** What the LIF array executes. */
public sealed interface LifOperation extends Operation {
    /** Sets the geometry of a layer's synapses. */
    @Form(opcode = 8, mnemonic = "lif.shape", unit = Unit.LIF, timing = "UNIT-1, LIF-1",
            notes = "a dense layer is a kernel that covers the input: one output position, any number of channels",
            action = "sets the geometry that the following lif instructions use: one group of channels, no dilation")
    record LifShape(@Bits(at = 34, width = 13, means = "input channels") int inChannels,
            @Bits(at = 47, width = 8, means = "rows of the kernel") int kernelHeight,
            @Bits(at = 55, width = 8, means = "columns of the kernel") int kernelWidth,
            @Bits(at = 64, width = 10, means = "input rows") int inHeight,
            @Bits(at = 74, width = 10, means = "input columns") int inWidth,
            @Bits(at = 84, width = 10, means = "output rows") int outHeight,
            @Bits(at = 94, width = 10, means = "output columns") int outWidth,
            @Bits(at = 104, width = 4, means = "stride") int stride,
            @Bits(at = 108, width = 8, means = "padding") int padding) implements LifOperation {
        /** Checks the ranges. */
        public LifShape {
            Codec.check(LifShape.class, inChannels, kernelHeight, kernelWidth, inHeight, inWidth, outHeight, outWidth,
                    stride, padding);
        }
    }

    /** Sets groups and dilation of a layer's synapses. */
    @Form(opcode = 17, mnemonic = "lif.groups", unit = Unit.LIF, timing = "UNIT-1, LIF-1",
            notes = "only layers with groups or gaps need it; a depth-wise layer has one input channel in a group",
            action = "cuts the channels of input and output into groups that see only each other, and sets the distance "
                    + "of neighbouring taps of the kernel, until the next lif.shape")
    record LifGroups(@Bits(at = 34, width = 13, means = "input channels of a group, at least 1") int inputs,
            @Bits(at = 64, width = 13, means = "output channels of a group, at least 1") int outputs,
            @Bits(at = 77, width = 8, means = "distance of neighbouring taps, at least 1") int dilation) implements LifOperation {
        /** Checks the ranges. */
        public LifGroups {
            Codec.check(LifGroups.class, inputs, outputs, dilation);
        }
    }

    /** Chooses the neurons that are in the array. */
    @Form(opcode = 9, mnemonic = "lif.tile", unit = Unit.LIF, timing = "UNIT-1, LIF-1",
            notes = "potentials keep their values, so that an instruction sequence can return to a tile; strips of columns are for "
                    + "layers of which not even the inputs of one row fit",
            action = "sets the part of the layer whose potentials lie at base; all its neurons are unfired")
    record LifTile(@Bits(at = 34, width = 22, means = "first potential") int base,
            @Bits(at = 64, width = 10, means = "first output row") int firstRow,
            @Bits(at = 74, width = 10, means = "output rows") int rows,
            @Bits(at = 84, width = 13, means = "first output channel") int firstChannel,
            @Bits(at = 97, width = 13, means = "output channels") int channels,
            @Bits(at = 110, width = 10, means = "output columns; 0: all from the first on") int columns,
            @Bits(at = 120, width = 8, means = "first output column") int firstColumn) implements LifOperation {
        /** Checks the ranges. */
        public LifTile {
            Codec.check(LifTile.class, base, firstRow, rows, firstChannel, channels);
        }
    }

    /** Sets threshold, tick and leak. */
    @Form(opcode = 10, mnemonic = "lif.neuron", unit = Unit.LIF, timing = "UNIT-1, LIF-1",
            action = "sets leak, threshold and the tick of steps 1 to T")
    record LifNeuron(@Bits(at = 34, width = 16, means = "lambda in Q0.16") int leak,
            @Bits(at = 64, width = 32, signed = true, means = "threshold") int threshold,
            @Bits(at = 96, width = 32, signed = true, means = "tick") int tick) implements LifOperation {
        /** Checks the ranges. */
        public LifNeuron {
            Codec.check(LifNeuron.class, leak, threshold, tick);
        }
    }

    /** Sets what happens at step 0 of the output window. */
    @Form(opcode = 11, mnemonic = "lif.gate", unit = Unit.LIF, timing = "UNIT-1, LIF-1",
            action = "sets the tick of step 0 and whether potentials at or above a level stay silent")
    record LifGate(@Bits(at = 34, width = 1, means = "whether neurons may stay silent") boolean silent,
            @Bits(at = 64, width = 32, signed = true, means = "tick of step 0") int firstTick,
            @Bits(at = 96, width = 32, signed = true, means = "level from which a neuron stays silent") int silentFrom)
            implements LifOperation {
        /** Checks the ranges. */
        public LifGate {
            Codec.check(LifGate.class, silent, firstTick, silentFrom);
        }
    }

    /** Clears potentials. */
    @Form(opcode = 12, mnemonic = "lif.clear", unit = Unit.LIF, timing = "UNIT-1, LIF-2, LIF-20",
            action = "V <- 0 for the tile; its slopes S <- 0 too, if lif.mode has set held")
    record Clear() implements LifOperation {
    }

    /** Integrates the spikes of a window. */
    @Form(opcode = 13, mnemonic = "lif.integrate", unit = Unit.LIF, timing = "UNIT-1, LIF-3 to LIF-6, FIRE-4, FIRE-5",
            notes = "step ranges let windows be interleaved with those of other layers; the bias is an instruction of its own because it does not decay",
            action = "for each step: V <- round(V lambda) unless the step is 0, then V <- sat(V + (weight << shift)) "
                    + "for the fan-out of each event")
    record Integrate(@Bits(at = 34, width = 5, means = "region read") int region,
            @Bits(at = 39, width = 5, means = "left shift of a weight") int shift,
            @Bits(at = 44, width = 10, means = "first step") int from,
            @Bits(at = 54, width = 10, means = "last step") int to,
            @Bits(at = 64, width = 28, means = "first weight in the weight scratchpad") int weights,
            @Bits(at = 92, width = 1, means = "whether the region is released") boolean release,
            @Bits(at = 93, width = 1, means = "whether each step is waited for until it was fired") boolean follow)
            implements LifOperation {
        /** Checks the ranges. */
        public Integrate {
            Codec.check(Integrate.class, region, shift, from, to, weights, release, follow);
        }
    }

    /** Adds biases. */
    @Form(opcode = 14, mnemonic = "lif.bias", unit = Unit.LIF, timing = "UNIT-1, LIF-7",
            action = "V <- sat(V + bias of its channel), 32 bits each")
    record Bias(@Bits(at = 64, width = 28, means = "first bias in the weight scratchpad") int biases) implements LifOperation {
        /** Checks the range. */
        public Bias {
            Codec.check(Bias.class, biases);
        }
    }

    /** Ticks the neurons through a window. */
    @Form(opcode = 15, mnemonic = "lif.fire", unit = Unit.LIF, timing = "UNIT-1, LIF-8 to LIF-10",
            notes = "together with lif.gate it realises all tick variants: A first tick w, B 0, C the fixed point R",
            action = "for each step: at 0, neurons at or above the silent level never fire, V <- V + first tick; later, "
                    + "V <- round(V lambda) + tick; then those with V >= threshold that have not fired, fire; with "
                    + "flush all others fire at the last step")
    record Fire(@Bits(at = 34, width = 5, means = "region written") int region,
            @Bits(at = 39, width = 10, means = "first step") int from,
            @Bits(at = 49, width = 10, means = "last step") int to,
            @Bits(at = 59, width = 1, means = "whether all fire at the last step") boolean flush,
            @Bits(at = 112, width = 12, means = "added to the channel of every event") int raise) implements LifOperation {
        /** Checks the ranges. */
        public Fire {
            Codec.check(Fire.class, region, from, to, flush, raise);
        }
    }

    /** Finds the lowest potential. */
    @Form(opcode = 16, mnemonic = "lif.readout", unit = Unit.LIF, timing = "UNIT-1, LIF-11",
            action = "keeps the neuron with the lowest V so far, the first among equals; at the last tile writes it to "
                    + "region at step 0")
    record ReadOut(@Bits(at = 34, width = 5, means = "region written") int region,
            @Bits(at = 39, width = 1, means = "whether this is the first tile") boolean first,
            @Bits(at = 40, width = 1, means = "whether this is the last tile") boolean last) implements LifOperation {
        /** Checks the ranges. */
        public ReadOut {
            Codec.check(ReadOut.class, region, first, last);
        }
    }

    /** Sets how neurons behave that compare at every step. */
    @Form(opcode = 18, mnemonic = "lif.mode", unit = Unit.LIF, timing = "UNIT-1, LIF-1",
            notes = "every mode is a field; leak and threshold are those of lif.neuron, lambda = 1 is leak order 0",
            action = "sets leak order, comparison, reset, delay, current and what is announced and waited for, which lif.run uses")
    record LifMode(@Bits(at = 34, width = 2, means = "leak: 0 none, 1 before the events of a step, 2 after them")
            int leakOrder,
            @Bits(at = 36, width = 1, means = "whether a neuron fires only above the threshold, else also at it")
            boolean strict,
            @Bits(at = 37, width = 1, means = "whether firing subtracts the threshold, else sets V to resetTo")
            boolean subtract,
            @Bits(at = 38, width = 1, means = "whether a neuron fires once at most") boolean once,
            @Bits(at = 39, width = 1, means = "whether the fan-out of each event is compared at once, else all neurons at "
                    + "the end of the step") boolean eachEvent,
            @Bits(at = 40, width = 10, means = "delay, in steps") int delay,
            @Bits(at = 50, width = 1, means = "whether events and biases add to slopes, which are added to V at each step; the "
                    + "slopes of a tile lie behind its potentials") boolean held,
            @Bits(at = 51, width = 1, means = "held: whether each channel of lif.shape comes as three, of spikes, announcements and "
                    + "withdrawals, of which the latter two lower and raise V by the magnitude of the weight") boolean waits,
            @Bits(at = 52, width = 1, means = "whether each channel goes out as three, of spikes, announcements and withdrawals, which say "
                    + "that a neuron begins and ceases to be driven") boolean announce,
            @Bits(at = 64, width = 32, signed = true, means = "potential after firing, unless the threshold is subtracted")
            int resetTo) implements LifOperation {
        /** Checks the ranges. */
        public LifMode {
            Codec.check(LifMode.class, leakOrder, strict, subtract, once, eachEvent, delay, held, waits, announce, resetTo);
        }
    }

    /** Runs neurons that compare at every step through a window. */
    @Form(opcode = 19, mnemonic = "lif.run", unit = Unit.LIF, timing = "UNIT-1, LIF-12 to LIF-16, LIF-20 to LIF-24",
            notes = "one instruction for any number of steps; lif.tile makes all neurons unfired, lif.clear sets V to 0, and the "
                    + "slopes if lif.mode has set held",
            action = "for each step 0 to T: leak if it comes before and the step is not 0; events as lif.integrate adds "
                    + "them; V <- sat(V + bias); held: events add to the slope S instead, and so does the bias, at the first step "
                    + "with events only, then V <- sat(V + S); leak if it comes after; neurons that fire are reset and go to the "
                    + "destination at step + delay, unless that is behind T; so do announcements and withdrawals")
    record Run(@Bits(at = 34, width = 5, means = "region read") int source,
            @Bits(at = 39, width = 5, means = "region written, another one") int destination,
            @Bits(at = 44, width = 5, means = "left shift of a weight") int shift,
            @Bits(at = 49, width = 10, means = "last step T") int to,
            @Bits(at = 59, width = 1, means = "whether the region read is released") boolean release,
            @Bits(at = 60, width = 1, means = "whether biases are added") boolean biased,
            @Bits(at = 64, width = 28, means = "first weight in the weight scratchpad") int weights,
            @Bits(at = 92, width = 28, means = "first bias in the weight scratchpad") int biases) implements LifOperation {
        /** Checks the ranges. */
        public Run {
            Codec.check(Run.class, source, destination, shift, to, release, biased, weights, biases);
        }
    }
}
