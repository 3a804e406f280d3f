package metronome.hwmodel.systolic;

import java.util.function.IntBinaryOperator;

/**
 * An array moved cell by cell and cycle by cycle, with operands entering skewed and results leaving where the wires let
 * them: written from the picture in docs/systolic.md, without its formulas, so that these can be held to it.
 */
final class CellArray {
    private final int rows;
    private final int columns;
    private final boolean outputStays;
    private final int onRows;
    private final int onColumns;
    private final int streamed;
    private final int interval;
    private final int rowFolds;
    private final int folds;
    private final IntBinaryOperator left;
    private final IntBinaryOperator top;
    private final int[][] out;
    private long leftReads;
    private long topReads;
    private long partialReads;
    private long partialWrites;
    private int last = -1;

    /** From the left enters left(row, vector); from the top comes what stays, or top(vector, column) if the output stays. */
    CellArray(Mapping mapping, int interval, IntBinaryOperator left, IntBinaryOperator top) {
        this.rows = mapping.array().rows();
        this.columns = mapping.array().columns();
        this.outputStays = mapping.dataflow() == Dataflow.OS;
        this.onRows = (int) mapping.onRows();
        this.onColumns = (int) mapping.onColumns();
        this.streamed = (int) mapping.streamed();
        this.rowFolds = (int) mapping.rowFolds();
        this.folds = (int) mapping.folds();
        this.interval = interval;
        this.left = left;
        this.top = top;
        this.out = new int[outputStays ? onRows : streamed][onColumns];
        if (outputStays) {
            outputs();
        } else {
            stationary();
        }
    }

    int[][] out() {
        return out;
    }

    int duration() {
        return last + 1;
    }

    long leftReads() {
        return leftReads;
    }

    long topReads() {
        return topReads;
    }

    long partialReads() {
        return partialReads;
    }

    long partialWrites() {
        return partialWrites;
    }

    private int row(int fold, int r) {
        return fold % rowFolds * rows + r;
    }

    private int column(int fold, int c) {
        return fold / rowFolds * columns + c;
    }

    /** The (fold, vector) that a wave begun at the first cycle of a fold brings in a cycle; -1 for none. */
    private int wave(int cycle) {
        return cycle < 0 || cycle / interval >= folds || cycle % interval >= streamed ? -1
                : cycle / interval * streamed + cycle % interval;
    }

    private int fromLeft(int wave, int r) {
        int i = row(wave / streamed, r);
        leftReads += i < onRows ? 1 : 0;
        return i < onRows ? left.applyAsInt(i, wave % streamed) : 0;
    }

    private void outputs() {
        int[][] a = new int[rows][columns];
        int[][] b = new int[rows][columns];
        int[][] sums = new int[rows][columns];
        int[][] done = new int[rows][columns];
        for (int cycle = 0; cycle < (folds + 1) * interval + 4 * (rows + columns + streamed); cycle++) {
            for (int r = rows - 1; r >= 0; r--) {
                for (int c = columns - 1; c >= 0; c--) {
                    shift(done, cycle, r, c);
                    int wave = wave(cycle - r - c);
                    if (wave < 0) {
                        continue;
                    }
                    a[r][c] = c == 0 ? fromLeft(wave, r) : a[r][c - 1];
                    b[r][c] = r == 0 ? fromTop(wave, c) : b[r - 1][c];
                    sums[r][c] = (wave % streamed == 0 ? 0 : sums[r][c]) + a[r][c] * b[r][c];
                    if (wave % streamed == streamed - 1) {
                        done[r][c] = sums[r][c];
                    }
                }
            }
        }
    }

    private int fromTop(int wave, int c) {
        int j = column(wave / streamed, c);
        topReads += j < onColumns ? 1 : 0;
        return j < onColumns ? top.applyAsInt(wave % streamed, j) : 0;
    }

    /** Sums go down a column from the cycle on after its lowest cell has its own; row r passes on r + 1 of them. */
    private void shift(int[][] done, int cycle, int r, int c) {
        int since = cycle - streamed - c - rows + 1;
        for (int fold = 0; fold < folds; fold++) {
            int shifts = since - fold * interval;
            if (shifts >= 0 && shifts <= r) {
                if (r == rows - 1) {
                    leave(fold, rows - 1 - shifts, c, done[r][c], cycle);
                } else {
                    done[r + 1][c] = done[r][c];
                }
            }
        }
    }

    private void leave(int fold, int r, int c, int sum, int cycle) {
        if (row(fold, r) < onRows && column(fold, c) < onColumns) {
            out[row(fold, r)][column(fold, c)] = sum;
        }
        last = cycle;
    }

    private void stationary() {
        int[][] stays = new int[rows][columns];
        int[][] shadow = new int[rows][columns];
        int[][] a = new int[rows][columns];
        int[][] sums = new int[rows][columns];
        for (int cycle = 0; cycle < (folds + 1) * interval + 4 * (rows + columns + streamed); cycle++) {
            for (int r = rows - 1; r >= 0; r--) {
                for (int c = columns - 1; c >= 0; c--) {
                    int wave = wave(cycle - rows - r - c);
                    if (wave >= 0) {
                        if (wave % streamed == 0) {
                            stays[r][c] = shadow[r][c];
                        }
                        a[r][c] = c == 0 ? fromLeft(wave, r) : a[r][c - 1];
                        sums[r][c] = (r == 0 ? 0 : sums[r - 1][c]) + a[r][c] * stays[r][c];
                        if (r == rows - 1) {
                            add(wave, c, sums[r][c], cycle);
                        }
                    }
                    load(shadow, cycle, r, c);
                }
            }
        }
    }

    /** What stays comes down a column in the rows cycles before its first vector, the lowest row's first. */
    private void load(int[][] shadow, int cycle, int r, int c) {
        for (int fold = 0; fold < folds; fold++) {
            int since = cycle - c - fold * interval;
            if (since >= r && since < rows) {
                if (r > 0) {
                    shadow[r][c] = shadow[r - 1][c];
                } else {
                    int i = row(fold, rows - 1 - since);
                    boolean there = i < onRows && column(fold, c) < onColumns;
                    topReads += there ? 1 : 0;
                    shadow[r][c] = there ? top.applyAsInt(i, column(fold, c)) : 0;
                }
            }
        }
    }

    private void add(int wave, int c, int sum, int cycle) {
        last = cycle;
        int j = column(wave / streamed, c);
        if (j < onColumns) {
            int rowFold = wave / streamed % rowFolds;
            partialReads += rowFold > 0 ? 1 : 0;
            partialWrites += rowFold < rowFolds - 1 ? 1 : 0;
            out[wave % streamed][j] += sum;
        }
    }
}
