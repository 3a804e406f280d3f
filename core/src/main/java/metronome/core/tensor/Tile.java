package metronome.core.tensor;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost loop of products and convolutions: a block of 8 rows by two vectors stays in registers while it gathers
 * rank-one updates. Sixteen independent chains cover the latency of the machine's two fused multiply-add pipes.
 */
final class Tile {
    /** Rows of a block; weights come in panels of as many. */
    static final int ROWS = 8;
    /** Vectors of the machine, at most sixteen lanes. */
    static final VectorSpecies<Float> SPECIES =
            FloatVector.SPECIES_PREFERRED.length() <= 16 ? FloatVector.SPECIES_PREFERRED : FloatVector.SPECIES_512;

    private static final int LENGTH = SPECIES.length();

    private Tile() {
    }

    /**
     * Where a block is: an array, the offset of its first element, and the distance from row to row.
     */
    record Block(float[] array, int offset, int stride) {
    }

    /**
     * Computes {@code c = start + sum over t of a[a0 + aTaps[t] + row] * b[b0 + bTaps[t] + column]} for 8 rows and
     * {@link Kernels#LANES} columns, in the order of the taps.
     */
    static void gather(int[] aTaps, int[] bTaps, int count, float[] a, int a0, float[] b, int b0, Block start, Block c) {
        for (int column = 0; column < Kernels.LANES; column += 2 * LENGTH) {
            pair(aTaps, bTaps, count, a, a0, b, b0 + column, start.array, start.offset + column, start.stride, c.array,
                    c.offset + column, c.stride);
        }
    }

    private static void pair(int[] aTaps, int[] bTaps, int count, float[] a, int a0, float[] b, int b0, float[] s, int s0,
            int sStride, float[] c, int c0, int cStride) {
        FloatVector x0 = FloatVector.fromArray(SPECIES, s, s0);
        FloatVector y0 = FloatVector.fromArray(SPECIES, s, s0 + LENGTH);
        FloatVector x1 = FloatVector.fromArray(SPECIES, s, s0 + sStride);
        FloatVector y1 = FloatVector.fromArray(SPECIES, s, s0 + sStride + LENGTH);
        FloatVector x2 = FloatVector.fromArray(SPECIES, s, s0 + 2 * sStride);
        FloatVector y2 = FloatVector.fromArray(SPECIES, s, s0 + 2 * sStride + LENGTH);
        FloatVector x3 = FloatVector.fromArray(SPECIES, s, s0 + 3 * sStride);
        FloatVector y3 = FloatVector.fromArray(SPECIES, s, s0 + 3 * sStride + LENGTH);
        FloatVector x4 = FloatVector.fromArray(SPECIES, s, s0 + 4 * sStride);
        FloatVector y4 = FloatVector.fromArray(SPECIES, s, s0 + 4 * sStride + LENGTH);
        FloatVector x5 = FloatVector.fromArray(SPECIES, s, s0 + 5 * sStride);
        FloatVector y5 = FloatVector.fromArray(SPECIES, s, s0 + 5 * sStride + LENGTH);
        FloatVector x6 = FloatVector.fromArray(SPECIES, s, s0 + 6 * sStride);
        FloatVector y6 = FloatVector.fromArray(SPECIES, s, s0 + 6 * sStride + LENGTH);
        FloatVector x7 = FloatVector.fromArray(SPECIES, s, s0 + 7 * sStride);
        FloatVector y7 = FloatVector.fromArray(SPECIES, s, s0 + 7 * sStride + LENGTH);
        for (int t = 0; t < count; t++) {
            int i = a0 + aTaps[t];
            int j = b0 + bTaps[t];
            FloatVector x = FloatVector.fromArray(SPECIES, b, j);
            FloatVector y = FloatVector.fromArray(SPECIES, b, j + LENGTH);
            FloatVector w;
            w = FloatVector.broadcast(SPECIES, a[i]);
            x0 = w.fma(x, x0);
            y0 = w.fma(y, y0);
            w = FloatVector.broadcast(SPECIES, a[i + 1]);
            x1 = w.fma(x, x1);
            y1 = w.fma(y, y1);
            w = FloatVector.broadcast(SPECIES, a[i + 2]);
            x2 = w.fma(x, x2);
            y2 = w.fma(y, y2);
            w = FloatVector.broadcast(SPECIES, a[i + 3]);
            x3 = w.fma(x, x3);
            y3 = w.fma(y, y3);
            w = FloatVector.broadcast(SPECIES, a[i + 4]);
            x4 = w.fma(x, x4);
            y4 = w.fma(y, y4);
            w = FloatVector.broadcast(SPECIES, a[i + 5]);
            x5 = w.fma(x, x5);
            y5 = w.fma(y, y5);
            w = FloatVector.broadcast(SPECIES, a[i + 6]);
            x6 = w.fma(x, x6);
            y6 = w.fma(y, y6);
            w = FloatVector.broadcast(SPECIES, a[i + 7]);
            x7 = w.fma(x, x7);
            y7 = w.fma(y, y7);
        }
        x0.intoArray(c, c0);
        y0.intoArray(c, c0 + LENGTH);
        x1.intoArray(c, c0 + cStride);
        y1.intoArray(c, c0 + cStride + LENGTH);
        x2.intoArray(c, c0 + 2 * cStride);
        y2.intoArray(c, c0 + 2 * cStride + LENGTH);
        x3.intoArray(c, c0 + 3 * cStride);
        y3.intoArray(c, c0 + 3 * cStride + LENGTH);
        x4.intoArray(c, c0 + 4 * cStride);
        y4.intoArray(c, c0 + 4 * cStride + LENGTH);
        x5.intoArray(c, c0 + 5 * cStride);
        y5.intoArray(c, c0 + 5 * cStride + LENGTH);
        x6.intoArray(c, c0 + 6 * cStride);
        y6.intoArray(c, c0 + 6 * cStride + LENGTH);
        x7.intoArray(c, c0 + 7 * cStride);
        y7.intoArray(c, c0 + 7 * cStride + LENGTH);
    }
}
