package metronome.isa.instruction;

/** What the tensor core executes. */
public sealed interface TensorOperation extends Operation {
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
            implements TensorOperation {
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
            implements TensorOperation {
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
            @Bits(at = 64, width = 31, means = "multiplier") int multiplier) implements TensorOperation {
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
            @Bits(at = 106, width = 22, means = "first output byte") int output) implements TensorOperation {
        /** Checks the ranges. */
        public Product {
            Codec.check(Product.class, firstChannel, channels, input, parameters, output);
        }
    }
}
