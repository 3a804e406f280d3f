package metronome.core.spiking;

import java.util.Arrays;

/** Weights of a layer in fixed point, a byte each where all fit and two where not. Immutable. */
public final class FixedWeights {
    private final byte[] bytes;
    private final short[] shorts;

    private FixedWeights(byte[] bytes, short[] shorts) {
        this.bytes = bytes;
        this.shorts = shorts;
    }

    /**
     * {@return weights; the array is copied}
     *
     * @param values in the range of 16 signed bits
     * @throws IllegalArgumentException if one is not
     */
    public static FixedWeights of(int... values) {
        boolean narrow = true;
        for (int value : values) {
            if (value != (short) value) {
                throw new IllegalArgumentException("a weight must fit 16 bits: " + value);
            }
            narrow &= value == (byte) value;
        }
        byte[] bytes = new byte[narrow ? values.length : 0];
        short[] shorts = new short[narrow ? 0 : values.length];
        for (int i = 0; i < values.length; i++) {
            if (narrow) {
                bytes[i] = (byte) values[i];
            } else {
                shorts[i] = (short) values[i];
            }
        }
        return new FixedWeights(bytes, shorts);
    }

    /**
     * {@return weights of 8 bits}
     *
     * @param values not copied; nobody writes to them
     */
    public static FixedWeights ofBytes(byte[] values) {
        return new FixedWeights(values, new short[0]);
    }

    /** {@return how many there are} */
    public int size() {
        return bytes.length + shorts.length;
    }

    /**
     * {@return a weight}
     *
     * @param index from 0
     */
    public int get(int index) {
        return shorts.length == 0 ? bytes[index] : shorts[index];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FixedWeights w && Arrays.equals(bytes, w.bytes) && Arrays.equals(shorts, w.shorts);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(bytes) + Arrays.hashCode(shorts);
    }

    @Override
    public String toString() {
        return size() + " weights of " + (shorts.length == 0 ? 1 : 2) + " bytes";
    }
}
