package metronome.core.onnx;

import java.util.Arrays;

/** Whole numbers, or the bits of floats, of which nobody knows beforehand how many come. */
final class Numbers {
    private long[] values = {};
    private int count;

    void add(long value) {
        if (count == values.length) {
            values = Arrays.copyOf(values, Math.max(4, count + (count >> 1)));
        }
        values[count++] = value;
    }

    int count() {
        return count;
    }

    long get(int index) {
        return values[index];
    }

    long[] toArray() {
        return count == values.length ? values : Arrays.copyOf(values, count);
    }
}
