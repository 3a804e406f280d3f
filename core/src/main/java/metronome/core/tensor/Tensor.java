package metronome.core.tensor;

import java.util.Arrays;

/** A dense, row-major tensor of 32-bit floats. The array is shared, not copied: whoever holds it may write to it. */
public final class Tensor {
    private final int[] shape;
    private final float[] data;

    private Tensor(int[] shape, float[] data) {
        this.shape = shape;
        this.data = data;
    }

    /**
     * {@return a tensor over an array}
     *
     * @param data its elements, row-major
     * @param shape its extents, each at least 1; their product is the array's length
     * @throws IllegalArgumentException if they do not match
     */
    public static Tensor of(float[] data, int... shape) {
        long size = 1;
        for (int extent : shape) {
            if (extent < 1) {
                throw new IllegalArgumentException("extents must be positive: " + Arrays.toString(shape));
            }
            size = Math.multiplyExact(size, (long) extent);
        }
        if (size != data.length) {
            throw new IllegalArgumentException(
                    "shape " + Arrays.toString(shape) + " has " + size + " elements, the array " + data.length);
        }
        return new Tensor(shape.clone(), data);
    }

    /**
     * {@return a tensor of zeros}
     *
     * @param shape its extents
     */
    public static Tensor zeros(int... shape) {
        return of(new float[Math.toIntExact(Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact))], shape);
    }

    /**
     * {@return a tensor of one value}
     *
     * @param value of every element
     * @param shape its extents
     */
    public static Tensor filled(float value, int... shape) {
        Tensor tensor = zeros(shape);
        Arrays.fill(tensor.data, value);
        return tensor;
    }

    /** {@return the extents} */
    public int[] shape() {
        return shape.clone();
    }

    /**
     * {@return one extent}
     *
     * @param axis from 0
     */
    public int extent(int axis) {
        return shape[axis];
    }

    /** {@return the elements, row-major; shared} */
    public float[] data() {
        return data;
    }

    /** {@return how many elements there are} */
    public int size() {
        return data.length;
    }

    /** {@return a tensor of its own with the same elements} */
    public Tensor copy() {
        return new Tensor(shape, data.clone());
    }

    @Override
    public String toString() {
        return "Tensor" + Arrays.toString(shape);
    }
}
