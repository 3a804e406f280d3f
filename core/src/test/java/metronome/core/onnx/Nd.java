package metronome.core.onnx;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntUnaryOperator;

/**
 * Arrays of any rank and ONNX's operators on them, straight from their definitions and slow, to check by.
 *
 * @param shape extents
 * @param data row-major
 */
record Nd(int[] shape, double[] data) {
    static Nd zeros(int... shape) {
        return new Nd(shape, new double[Arrays.stream(shape).reduce(1, (a, b) -> a * b)]);
    }

    static Nd of(float[] data, int... shape) {
        Nd nd = zeros(shape);
        Arrays.setAll(nd.data, i -> data[i]);
        return nd;
    }

    /** Index of a place; -1 outside. */
    private int index(int... place) {
        int index = 0;
        for (int axis = 0; axis < shape.length; axis++) {
            if (place[axis] < 0 || place[axis] >= shape[axis]) {
                return -1;
            }
            index = index * shape[axis] + place[axis];
        }
        return index;
    }

    private int[] place(int index) {
        int[] place = new int[shape.length];
        for (int axis = shape.length - 1, rest = index; axis >= 0; axis--) {
            place[axis] = rest % shape[axis];
            rest /= shape[axis];
        }
        return place;
    }

    Nd map(DoubleUnaryOperator f) {
        return new Nd(shape, Arrays.stream(data).map(f).toArray());
    }

    Nd reshape(int... extents) {
        return new Nd(extents, data);
    }

    Nd transpose(int... order) {
        Nd out = zeros(Arrays.stream(order).map(a -> shape[a]).toArray());
        for (int i = 0; i < out.data.length; i++) {
            int[] there = out.place(i);
            int[] here = new int[shape.length];
            for (int axis = 0; axis < order.length; axis++) {
                here[order[axis]] = there[axis];
            }
            out.data[i] = data[index(here)];
        }
        return out;
    }

    /** Broadcasts the other's axes from the right. */
    Nd with(Nd other, DoubleBinaryOperator f) {
        Nd out = zeros(shape);
        for (int i = 0; i < data.length; i++) {
            int[] here = place(i);
            int[] there = new int[other.shape.length];
            for (int axis = 0; axis < there.length; axis++) {
                there[axis] = other.shape[axis] == 1 ? 0 : here[here.length - there.length + axis];
            }
            out.data[i] = f.applyAsDouble(data[i], other.data[other.index(there)]);
        }
        return out;
    }

    Nd times(Nd matrix) {
        int inner = matrix.shape[0];
        int[] extents = shape.clone();
        extents[shape.length - 1] = matrix.shape[1];
        Nd out = zeros(extents);
        for (int i = 0; i < out.data.length; i++) {
            for (int k = 0; k < inner; k++) {
                out.data[i] += data[i / matrix.shape[1] * inner + k] * matrix.data[k * matrix.shape[1] + i % matrix.shape[1]];
            }
        }
        return out;
    }

    static Nd concat(int axis, Nd... parts) {
        int[] extents = parts[0].shape.clone();
        extents[axis] = Arrays.stream(parts).mapToInt(p -> p.shape[axis]).sum();
        Nd out = zeros(extents);
        int from = 0;
        for (Nd part : parts) {
            for (int i = 0; i < part.data.length; i++) {
                int[] place = part.place(i);
                place[axis] += from;
                out.data[out.index(place)] = part.data[i];
            }
            from += part.shape[axis];
        }
        return out;
    }

    /** How a kernel slides; pads are top, left, bottom, right. */
    record Slide(int height, int width, int[] strides, int[] pads, int[] dilations, boolean ceiling) {
        int positions(int extent, int axis) {
            int taps = axis == 0 ? height : width;
            double way = extent + pads[axis] + pads[axis + 2] - ((taps - 1) * dilations[axis] + 1);
            double strides = way / this.strides[axis];
            int positions = (int) (ceiling ? Math.ceil(strides) : Math.floor(strides)) + 1;
            return ceiling && (positions - 1) * this.strides[axis] >= extent + pads[axis] ? positions - 1 : positions;
        }

        IntUnaryOperator cell(int axis, int position) {
            return tap -> position * strides[axis] - pads[axis] + tap * dilations[axis];
        }
    }

    Nd convolution(Nd weights, double[] bias, Slide slide, int groups) {
        Nd out = zeros(1, weights.shape[0], slide.positions(shape[2], 0), slide.positions(shape[3], 1));
        int perGroup = weights.shape[1];
        for (int i = 0; i < out.data.length; i++) {
            int[] place = out.place(i);
            int first = place[1] / (weights.shape[0] / groups) * perGroup;
            out.data[i] = bias[place[1]];
            for (int c = 0; c < perGroup; c++) {
                for (int y = 0; y < slide.height; y++) {
                    for (int x = 0; x < slide.width; x++) {
                        int cell = index(0, first + c, slide.cell(0, place[2]).applyAsInt(y), slide.cell(1, place[3]).applyAsInt(x));
                        out.data[i] += cell < 0 ? 0 : data[cell] * weights.data[weights.index(place[1], c, y, x)];
                    }
                }
            }
        }
        return out;
    }

    Nd maximum(Slide slide) {
        return pooled(slide, true);
    }

    /** The mean over all cells of the kernel, those of the padding counted as zeros. */
    Nd mean(Slide slide) {
        return pooled(slide, false).map(sum -> sum / (slide.height * slide.width));
    }

    private Nd pooled(Slide slide, boolean largest) {
        Nd out = zeros(1, shape[1], slide.positions(shape[2], 0), slide.positions(shape[3], 1));
        for (int i = 0; i < out.data.length; i++) {
            int[] place = out.place(i);
            double result = largest ? Double.NEGATIVE_INFINITY : 0;
            for (int y = 0; y < slide.height; y++) {
                for (int x = 0; x < slide.width; x++) {
                    int cell = index(0, place[1], slide.cell(0, place[2]).applyAsInt(y), slide.cell(1, place[3]).applyAsInt(x));
                    result = cell < 0 ? result : largest ? Math.max(result, data[cell]) : result + data[cell];
                }
            }
            out.data[i] = result;
        }
        return out;
    }
}
