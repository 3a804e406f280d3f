package metronome.core.onnx;

import java.util.Arrays;
import metronome.core.io.DataException;

/**
 * A tensor that the file states, or that follows from such.
 *
 * @param name for messages
 * @param shape extents, at least 0; none for a scalar
 * @param elements as many as the product of the extents
 */
record Constant(String name, int[] shape, Elements elements) implements Value {
    int rank() {
        return shape.length;
    }

    int size() {
        return elements.count();
    }

    boolean floating() {
        return elements instanceof Elements.Floats;
    }

    /**
     * {@return the elements}
     *
     * @throws DataException if they are no floats, or not all finite
     */
    float[] floats() {
        if (!(elements instanceof Elements.Floats(float[] values))) {
            throw new DataException("tensor " + name + ": has whole numbers, expected floats");
        }
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new DataException("tensor " + name + ": element " + i + " is " + values[i] + ", expected a finite number");
            }
        }
        return values;
    }

    /** {@return the only element}
     *
     * @throws DataException if it is no float or there are several
     */
    float single() {
        if (!(elements instanceof Elements.Floats(float[] values)) || values.length != 1) {
            throw new DataException("tensor " + name + ": expected one float");
        }
        return values[0];
    }

    /**
     * {@return the elements}
     *
     * @throws DataException if they are floats
     */
    long[] integers() {
        if (elements instanceof Elements.Integers(_, long[] values)) {
            return values;
        }
        throw new DataException("tensor " + name + ": has floats, expected whole numbers");
    }

    /**
     * {@return these elements in another shape}
     *
     * @param extents with the same product
     */
    Constant reshaped(int... extents) {
        return new Constant(name, extents, elements);
    }

    /**
     * {@return this with its axes in another order}
     *
     * @param axes old axis of each
     */
    Constant transposed(int[] axes) {
        int[] extents = Arrays.stream(axes).map(a -> shape[a]).toArray();
        int[] strides = new int[shape.length];
        int stride = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= shape[axis];
        }
        int[] order = new int[size()];
        for (int i = 0; i < order.length; i++) {
            int rest = i;
            for (int axis = axes.length - 1; axis >= 0; axis--) {
                order[i] += rest % extents[axis] * strides[axes[axis]];
                rest /= extents[axis];
            }
        }
        return new Constant(name, extents, elements.ordered(order));
    }

    @Override
    public String toString() {
        return name + Arrays.toString(shape);
    }
}
