package metronome.isa.instruction;

/**
 * What an instruction does. Addresses in scratchpads and DRAM are in bytes; a region is a named part of the spike
 * buffer whose events are ordered by step; steps are those of a window, 0 to T.
 *
 * <p>Every record refuses values that its fields cannot hold with an {@link IllegalArgumentException}.
 */
public sealed interface Operation {
    /** Executed by the LIF array. */
    sealed interface Lif extends Operation {
    }

    /** Executed by the firing unit. */
    sealed interface Firing extends Operation {
    }

    /** Executed by the pooling unit. */
    sealed interface Pool extends Operation {
    }

    /** Executed by the tensor core. */
    sealed interface Tensor extends Operation {
    }

    /** Executed by the mesh unit. */
    sealed interface Mesh extends Operation {
    }

    /** Executed by the DMA engine for loads. */
    sealed interface Load extends Operation {
    }

    /** Executed by the DMA engine for stores. */
    sealed interface Store extends Operation {
    }

    /** Ends the program. */
    @Form(opcode = 1, mnemonic = "end", unit = Unit.SEQUENCER, timing = "SEQ-4",
            action = "the program is complete when all units are")
    record End() implements Operation {
    }

    /** Loads weights. */
    @Form(opcode = 2, mnemonic = "load.weights", unit = Unit.LOAD, timing = "DMA-1 to DMA-4",
            notes = "the compiler uses the scratchpad as two halves, one loaded while the other is read; weights larger than "
                    + "a half take both, and are loaded when the array is done with what was there",
            action = "weights[scratch, scratch + bytes) <- DRAM[dram, dram + bytes)")
    record LoadWeights(@Bits(at = 34, width = 28, means = "how many bytes") int bytes,
            @Bits(at = 64, width = 31, means = "first byte in DRAM") int dram,
            @Bits(at = 96, width = 28, means = "first byte in the weight scratchpad") int scratch) implements Load {
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
            implements Load {
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
            @Bits(at = 118, width = 10, means = "columns of the events that are kept; 0: all") int columns) implements Load {
        /** Checks the ranges. */
        public LoadSpikes {
            Codec.check(LoadSpikes.class, region, steps, dram, raise);
        }
    }

    /** Stores spikes. */
    @Form(opcode = 5, mnemonic = "store.spikes", unit = Unit.STORE, timing = "DMA-1 to DMA-3, DMA-6",
            notes = "the list has the form that load.spikes reads, so that a program can be fed another's output",
            action = "the spike list at DRAM[dram] <- region, which is released")
    record StoreSpikes(@Bits(at = 34, width = 5, means = "region read and released") int region,
            @Bits(at = 39, width = 10, means = "last step T of the list") int steps,
            @Bits(at = 64, width = 31, means = "first byte of the list in DRAM") int dram) implements Store {
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
            implements Store {
        /** Checks the ranges. */
        public StoreActivations {
            Codec.check(StoreActivations.class, bytes, dram, scratch);
        }
    }

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
            @Bits(at = 108, width = 8, means = "padding") int padding) implements Lif {
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
            @Bits(at = 77, width = 8, means = "distance of neighbouring taps, at least 1") int dilation) implements Lif {
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
            @Bits(at = 120, width = 8, means = "first output column") int firstColumn) implements Lif {
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
            @Bits(at = 96, width = 32, signed = true, means = "tick") int tick) implements Lif {
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
            implements Lif {
        /** Checks the ranges. */
        public LifGate {
            Codec.check(LifGate.class, silent, firstTick, silentFrom);
        }
    }

    /** Clears potentials. */
    @Form(opcode = 12, mnemonic = "lif.clear", unit = Unit.LIF, timing = "UNIT-1, LIF-2, LIF-20",
            action = "V <- 0 for the tile; its slopes S <- 0 too, if lif.mode has set held")
    record Clear() implements Lif {
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
            implements Lif {
        /** Checks the ranges. */
        public Integrate {
            Codec.check(Integrate.class, region, shift, from, to, weights, release, follow);
        }
    }

    /** Adds biases. */
    @Form(opcode = 14, mnemonic = "lif.bias", unit = Unit.LIF, timing = "UNIT-1, LIF-7",
            action = "V <- sat(V + bias of its channel), 32 bits each")
    record Bias(@Bits(at = 64, width = 28, means = "first bias in the weight scratchpad") int biases) implements Lif {
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
            @Bits(at = 112, width = 12, means = "added to the channel of every event") int raise) implements Lif {
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
            @Bits(at = 40, width = 1, means = "whether this is the last tile") boolean last) implements Lif {
        /** Checks the ranges. */
        public ReadOut {
            Codec.check(ReadOut.class, region, first, last);
        }
    }

    /** Sets how neurons behave that compare at every step. */
    @Form(opcode = 18, mnemonic = "lif.mode", unit = Unit.LIF, timing = "UNIT-1, LIF-1",
            notes = "every mode is a field; leak and threshold are those of lif.neuron, lambda = 1 is leak order 0",
            action = "sets leak order, comparison, reset, delay and current that lif.run uses")
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
            @Bits(at = 64, width = 32, signed = true, means = "potential after firing, unless the threshold is subtracted")
            int resetTo) implements Lif {
        /** Checks the ranges. */
        public LifMode {
            Codec.check(LifMode.class, leakOrder, strict, subtract, once, eachEvent, delay, held, resetTo);
        }
    }

    /** Runs neurons that compare at every step through a window. */
    @Form(opcode = 19, mnemonic = "lif.run", unit = Unit.LIF, timing = "UNIT-1, LIF-12 to LIF-16, LIF-20 to LIF-22",
            notes = "one instruction for any number of steps; lif.tile makes all neurons unfired, lif.clear sets V to 0, and the "
                    + "slopes if lif.mode has set held",
            action = "for each step 0 to T: leak if it comes before and the step is not 0; events as lif.integrate adds "
                    + "them; V <- sat(V + bias); held: events add to the slope S instead, and so does the bias, at the first step "
                    + "with events only, then V <- sat(V + S); leak if it comes after; neurons that fire are reset and go to the "
                    + "destination at step + delay, unless that is behind T")
    record Run(@Bits(at = 34, width = 5, means = "region read") int source,
            @Bits(at = 39, width = 5, means = "region written, another one") int destination,
            @Bits(at = 44, width = 5, means = "left shift of a weight") int shift,
            @Bits(at = 49, width = 10, means = "last step T") int to,
            @Bits(at = 59, width = 1, means = "whether the region read is released") boolean release,
            @Bits(at = 60, width = 1, means = "whether biases are added") boolean biased,
            @Bits(at = 64, width = 28, means = "first weight in the weight scratchpad") int weights,
            @Bits(at = 92, width = 28, means = "first bias in the weight scratchpad") int biases) implements Lif {
        /** Checks the ranges. */
        public Run {
            Codec.check(Run.class, source, destination, shift, to, release, biased, weights, biases);
        }
    }

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
            @Bits(at = 120, width = 8, means = "first output column") int firstColumn) implements Firing {
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
            @Bits(at = 96, width = 32, signed = true, means = "tick") int tick) implements Firing {
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
            implements Firing {
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
            @Bits(at = 112, width = 12, means = "added to the channel of every event") int raise) implements Firing {
        /** Checks the ranges. */
        public FireSweep {
            Codec.check(FireSweep.class, region, from, to, flush, raise);
        }
    }

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
            @Bits(at = 108, width = 8, means = "padding") int padding) implements Pool {
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
            @Bits(at = 97, width = 13, means = "channels") int channels) implements Pool {
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
            @Bits(at = 112, width = 12, means = "added to the channel of every event") int raise) implements Pool {
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
            @Bits(at = 92, width = 28, means = "first output byte") int output) implements Pool {
        /** Checks the ranges. */
        public PoolMax {
            Codec.check(PoolMax.class, input, output);
        }
    }

    /** Sets the geometry of a matrix product. */
    @Form(opcode = 32, mnemonic = "tensor.shape", unit = Unit.TENSOR, timing = "UNIT-1",
            action = "sets the geometry that the following tensor instructions use: one group of channels, no dilation")
    record TensorShape(@Bits(at = 34, width = 13, means = "input channels") int inChannels,
            @Bits(at = 47, width = 8, means = "rows of the kernel") int kernelHeight,
            @Bits(at = 55, width = 8, means = "columns of the kernel") int kernelWidth,
            @Bits(at = 64, width = 10, means = "input rows") int inHeight,
            @Bits(at = 74, width = 10, means = "input columns") int inWidth,
            @Bits(at = 84, width = 10, means = "output rows") int outHeight,
            @Bits(at = 94, width = 10, means = "output columns") int outWidth,
            @Bits(at = 104, width = 4, means = "stride") int stride,
            @Bits(at = 108, width = 8, means = "padding") int padding,
            @Bits(at = 116, width = 12, means = "output channels of the whole layer, less one") int outChannelsLess1)
            implements Tensor {
        /** Checks the ranges. */
        public TensorShape {
            Codec.check(TensorShape.class, inChannels, kernelHeight, kernelWidth, inHeight, inWidth, outHeight,
                    outWidth, stride, padding, outChannelsLess1);
        }
    }

    /** Sets groups and dilation of a matrix product. */
    @Form(opcode = 35, mnemonic = "tensor.groups", unit = Unit.TENSOR, timing = "UNIT-1",
            notes = "the output channels of a tensor.product all lie in one group",
            action = "cuts the channels of input and output into groups that see only each other, and sets the distance "
                    + "of neighbouring taps of the kernel, until the next tensor.shape")
    record TensorGroups(@Bits(at = 34, width = 13, means = "input channels of a group, at least 1") int inputs,
            @Bits(at = 64, width = 13, means = "output channels of a group, at least 1") int outputs,
            @Bits(at = 77, width = 8, means = "distance of neighbouring taps, at least 1") int dilation)
            implements Tensor {
        /** Checks the ranges. */
        public TensorGroups {
            Codec.check(TensorGroups.class, inputs, outputs, dilation);
        }
    }

    /** Sets how accumulators become activations. */
    @Form(opcode = 33, mnemonic = "tensor.scale", unit = Unit.TENSOR, timing = "UNIT-1",
            action = "sets multiplier and shift: activation <- clamp((acc multiplier + 2^(shift-1)) >> shift, 0, 255); "
                    + "raw: the accumulators themselves are written, 32 bits each")
    record TensorScale(@Bits(at = 34, width = 6, means = "right shift, at least 1") int shift,
            @Bits(at = 40, width = 1, means = "whether accumulators are written") boolean raw,
            @Bits(at = 64, width = 31, means = "multiplier") int multiplier) implements Tensor {
        /** Checks the ranges. */
        public TensorScale {
            Codec.check(TensorScale.class, shift, raw, multiplier);
        }
    }

    /** Multiplies. */
    @Form(opcode = 34, mnemonic = "tensor.product", unit = Unit.TENSOR, timing = "UNIT-1, TC-1 to TC-6",
            action = "output channels [first, first + channels) of activations[output...] <- weights x activations"
                    + "[input...] + bias; in the scratchpad 32-bit biases, then weights (row, column, input channel, "
                    + "output channel), the last fastest")
    record Product(@Bits(at = 34, width = 13, means = "first output channel") int firstChannel,
            @Bits(at = 47, width = 13, means = "output channels") int channels,
            @Bits(at = 64, width = 22, means = "first input byte") int input,
            @Bits(at = 86, width = 20, means = "first bias in the weight scratchpad, in units of 16 bytes")
            int parameters,
            @Bits(at = 106, width = 22, means = "first output byte") int output) implements Tensor {
        /** Checks the ranges. */
        public Product {
            Codec.check(Product.class, firstChannel, channels, input, parameters, output);
        }
    }

    /** Sends a region to a rectangle of cores. */
    @Form(opcode = 40, mnemonic = "send.spikes", unit = Unit.MESH, timing = "UNIT-1, CORE-4",
            notes = "the sender may be one of the cores; what a receive.spikes waits for follows the last event",
            action = "appends the events of region, step by step, to destination in each core of the rectangle; releases "
                    + "region")
    record SendSpikes(@Bits(at = 34, width = 5, means = "region read") int region,
            @Bits(at = 39, width = 5, means = "region written") int destination,
            @Bits(at = 64, width = 3, means = "first column of cores") int firstColumn,
            @Bits(at = 67, width = 4, means = "columns of cores") int columns,
            @Bits(at = 71, width = 3, means = "first row of cores") int firstRow,
            @Bits(at = 74, width = 4, means = "rows of cores") int rows) implements Mesh {
        /** Checks the ranges. */
        public SendSpikes {
            Codec.check(SendSpikes.class, region, destination, firstColumn, columns, firstRow, rows);
        }
    }

    /** Waits until a region has arrived. */
    @Form(opcode = 41, mnemonic = "receive.spikes", unit = Unit.MESH, timing = "UNIT-1, CORE-5",
            notes = "events are written as they come, also before this instruction; it makes their completeness a semaphore",
            action = "waits until so many send.spikes to region have arrived to their last event")
    record ReceiveSpikes(@Bits(at = 34, width = 5, means = "region written") int region,
            @Bits(at = 39, width = 7, means = "send.spikes that are awaited") int senders) implements Mesh {
        /** Checks the ranges. */
        public ReceiveSpikes {
            Codec.check(ReceiveSpikes.class, region, senders);
        }
    }
}
