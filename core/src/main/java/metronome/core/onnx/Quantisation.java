package metronome.core.onnx;

import java.util.List;
import java.util.Optional;
import metronome.core.network.Network;
import metronome.core.network.Operator;

/**
 * Lowers QuantizeLinear and DequantizeLinear. Constants are computed as ONNX says; a pair on activations, which rounds them
 * to levels, is left out. Where its levels begin at 0 it also cuts off what is negative, and exporters rely on that in
 * place of a Relu: there a rectifier remains.
 */
final class Quantisation {
    private Quantisation() {
    }

    static Value quantize(Site site) {
        site.require(site.integer("block_size", 0, 0, Integer.MAX_VALUE) == 0, "quantisation in blocks is not supported");
        site.ignore("saturate", "output_dtype");
        return switch (site.value(0)) {
            case Constant constant -> quantised(site, constant);
            case Activation _ -> {
                Activation input = site.activation(0);
                site.ignore("axis");
                yield input.quantised(Optional.of(levels(site)));
            }
        };
    }

    static Value dequantize(Site site) {
        site.require(site.integer("block_size", 0, 0, Integer.MAX_VALUE) == 0, "quantisation in blocks is not supported");
        return switch (site.value(0)) {
            case Constant constant -> dequantised(site, constant);
            case Activation input -> {
                site.ignore("axis");
                Levels levels = levels(site);
                site.require(input.levels().equals(Optional.of(levels)), "has other levels than the QuantizeLinear before it, or "
                        + "there is none");
                site.countPair();
                boolean rectifies = levels.cutsNegatives() && !input.nonNegative() && !input.node().equals(Network.INPUT);
                Activation plain = input.quantised(Optional.empty());
                yield !rectifies ? plain : rectified(site, plain);
            }
        };
    }

    private static Value rectified(Site site, Activation input) {
        site.require(input.border().equals(Border.NONE), "follows a Pad");
        site.remark("its levels begin at 0 and so cut off negative values: becomes a rectifier");
        return site.emit(new Operator.Rectifier(), List.of(input.node()), input.view(), true);
    }

    /** Of a pair on activations, which has one scale for all. */
    private static Levels levels(Site site) {
        Constant scale = site.constant(1);
        site.require(scale.size() == 1, "has a scale for each channel, " + scale + ", expected one for all");
        ElementType type = type(site);
        return new Levels(requirePositive(site, scale.floats()[0]), zeros(site, 1)[0], type);
    }

    private static ElementType type(Site site) {
        ElementType type = site.optional(2).map(Constant::elements).map(e -> switch (e) {
            case Elements.Floats _ -> ElementType.FLOAT;
            case Elements.Integers(ElementType t, _) -> t;
        }).orElse(ElementType.UINT8);
        site.require(type == ElementType.UINT8 || type == ElementType.INT8 || type == ElementType.INT32, "levels of type " + type
                + ", expected UINT8 or INT8");
        return type;
    }

    /** The zero point of each scale. */
    private static long[] zeros(Site site, int scales) {
        Optional<Constant> zeros = site.optional(2);
        site.require(zeros.map(Constant::size).orElse(scales) == scales, "zero point "
                + zeros.map(Constant::toString).orElse("") + " does not match the scale");
        return zeros.map(Constant::integers).orElseGet(() -> new long[scales]);
    }

    private static float requirePositive(Site site, float scale) {
        site.require(scale > 0, "a scale of " + scale + ", expected a positive one");
        return scale;
    }

    private static Value quantised(Site site, Constant constant) {
        ElementType type = type(site);
        Scales scales = Scales.of(site, constant);
        long[] zeros = zeros(site, scales.values.length);
        site.budget().take(constant.size());
        float[] from = constant.floats();
        long[] to = new long[from.length];
        for (int i = 0; i < to.length; i++) {
            int s = scales.index(i);
            double level = Math.rint(from[i] / scales.values[s]) + zeros[s];
            to[i] = (long) Math.clamp(level, (double) type.least, (double) type.most);
        }
        return new Constant(constant.name(), constant.shape(), new Elements.Integers(type, to));
    }

    private static Value dequantised(Site site, Constant constant) {
        Scales scales = Scales.of(site, constant);
        long[] zeros = zeros(site, scales.values.length);
        site.budget().take(constant.size());
        long[] from = constant.integers();
        float[] to = new float[from.length];
        for (int i = 0; i < to.length; i++) {
            int s = scales.index(i);
            to[i] = (from[i] - zeros[s]) * scales.values[s];
        }
        return new Constant(constant.name(), constant.shape(), new Elements.Floats(to));
    }

    /**
     * Which of the scales belongs to which element.
     *
     * @param values one, or one for each index of an axis
     * @param inner how many elements have the same index one after the other
     */
    private record Scales(float[] values, int inner) {
        static Scales of(Site site, Constant constant) {
            Constant scale = site.constant(1);
            int axis = site.integer("axis", 1, -constant.rank(), Math.max(1, constant.rank() - 1));
            float[] values = scale.floats();
            for (float s : values) {
                requirePositive(site, s);
            }
            if (values.length == 1) {
                return new Scales(values, 1);
            }
            int at = axis < 0 ? axis + constant.rank() : axis;
            site.require(at < constant.rank() && scale.rank() == 1 && values.length == constant.shape()[at], "scale " + scale
                    + " does not match axis " + axis + " of " + constant);
            int inner = 1;
            for (int i = at + 1; i < constant.rank(); i++) {
                inner *= constant.shape()[i];
            }
            return new Scales(values, inner);
        }

        int index(int element) {
            return element / inner % values.length;
        }
    }
}
