package metronome.core.tensor;

import java.util.Arrays;
import metronome.core.tensor.Tile.Block;

/**
 * Matrix multiply by packed panels: strips of B that stay in the first-level cache, blocks of A in the second (Goto and
 * van de Geijn, "Anatomy of High-Performance Matrix Multiplication", ACM TOMS 34(3), 2008).
 */
final class Gemm {
    private static final int ROWS = Tile.ROWS;
    private static final int COLUMNS = Kernels.LANES;
    private static final int DEPTH = 256;
    private static final int STRIP = 1024;
    private static final int BLOCK = 64;
    private static final int[] A_TAPS = steps(ROWS);
    private static final int[] B_TAPS = steps(COLUMNS);

    private final Product p;
    private final float[] packedA;
    private final float[] packedB;
    private final float[] edge = new float[ROWS * COLUMNS];

    Gemm(Product product) {
        p = product;
        int depth = Math.min(p.k(), DEPTH);
        packedA = new float[depth * roundUp(Math.min(p.m(), BLOCK), ROWS)];
        packedB = new float[depth * roundUp(Math.min(p.n(), STRIP), COLUMNS)];
    }

    private static int[] steps(int step) {
        int[] steps = new int[DEPTH];
        Arrays.setAll(steps, i -> i * step);
        return steps;
    }

    private static int roundUp(int value, int unit) {
        return (value + unit - 1) / unit * unit;
    }

    void multiply(float[] a, float[] b, float[] c) {
        if (!p.accumulate()) {
            Arrays.fill(c, 0, p.m() * p.n(), 0);
        }
        for (int j = 0; j < p.n(); j += STRIP) {
            int columns = Math.min(STRIP, p.n() - j);
            for (int k = 0; k < p.k(); k += DEPTH) {
                int depth = Math.min(DEPTH, p.k() - k);
                packB(b, k, depth, j, columns);
                for (int i = 0; i < p.m(); i += BLOCK) {
                    int rows = Math.min(BLOCK, p.m() - i);
                    packA(a, i, rows, k, depth);
                    block(c, i, rows, j, columns, depth);
                }
            }
        }
    }

    private void block(float[] c, int i0, int rows, int j0, int columns, int depth) {
        for (int j = 0; j < columns; j += COLUMNS) {
            for (int i = 0; i < rows; i += ROWS) {
                int offset = (i0 + i) * p.n() + j0 + j;
                boolean whole = rows - i >= ROWS && columns - j >= COLUMNS;
                if (whole) {
                    tile(depth, i, j, new Block(c, offset, p.n()));
                } else {
                    int height = Math.min(ROWS, rows - i);
                    int width = Math.min(COLUMNS, columns - j);
                    copy(c, offset, p.n(), edge, 0, COLUMNS, height, width);
                    tile(depth, i, j, new Block(edge, 0, COLUMNS));
                    copy(edge, 0, COLUMNS, c, offset, p.n(), height, width);
                }
            }
        }
    }

    private void tile(int depth, int i, int j, Block c) {
        Tile.gather(A_TAPS, B_TAPS, depth, packedA, i * depth, packedB, j * depth, c, c);
    }

    private static void copy(float[] from, int f, int fStride, float[] to, int t, int tStride, int rows, int columns) {
        for (int r = 0; r < rows; r++) {
            System.arraycopy(from, f + r * fStride, to, t + r * tStride, columns);
        }
    }

    /** Panels of 8 rows: [row / 8][k][row % 8], filled up with zeros. */
    private void packA(float[] a, int i0, int rows, int k0, int depth) {
        for (int i = 0; i < rows; i += ROWS) {
            int height = Math.min(ROWS, rows - i);
            if (p.transposedA()) {
                copyRows(a, k0 * p.m() + i0 + i, p.m(), packedA, i * depth, ROWS, depth, height);
            } else {
                transpose(a, (i0 + i) * p.k() + k0, p.k(), packedA, i * depth, ROWS, depth, height);
            }
        }
    }

    /** Panels of 32 columns: [column / 32][k][column % 32], filled up with zeros. */
    private void packB(float[] b, int k0, int depth, int j0, int columns) {
        for (int j = 0; j < columns; j += COLUMNS) {
            int width = Math.min(COLUMNS, columns - j);
            if (p.transposedB()) {
                transpose(b, (j0 + j) * p.k() + k0, p.k(), packedB, j * depth, COLUMNS, depth, width);
            } else {
                copyRows(b, k0 * p.n() + j0 + j, p.n(), packedB, j * depth, COLUMNS, depth, width);
            }
        }
    }

    private static void copyRows(float[] from, int f, int fStride, float[] to, int t, int unit, int depth, int width) {
        for (int k = 0; k < depth; k++) {
            int start = t + k * unit;
            for (int x = 0; x < width; x++) {
                to[start + x] = from[f + k * fStride + x];
            }
            Arrays.fill(to, start + width, start + unit, 0);
        }
    }

    private static void transpose(float[] from, int f, int fStride, float[] to, int t, int unit, int depth, int width) {
        for (int x = 0; x < width; x++) {
            for (int k = 0; k < depth; k++) {
                to[t + k * unit + x] = from[f + x * fStride + k];
            }
        }
        for (int k = 0; k < depth && width < unit; k++) {
            Arrays.fill(to, t + k * unit + width, t + (k + 1) * unit, 0);
        }
    }
}
