package metronome.hwmodel.unit;

import java.util.Optional;
import java.util.stream.IntStream;

/** Which outputs of a tile an input reaches, by its row and its column. */
final class Reach {
    private final Geometry geometry;
    private final int first;
    private final int end;
    private final int[] firstRows;
    private final int[] endRows;
    private final int[] firstColumns;
    private final int[] endColumns;

    /** For the output rows from one to before another; what is known of an earlier tile is used again if it is the same. */
    static Reach of(Geometry g, int firstRow, int endRow, Optional<Reach> earlier) {
        return earlier.filter(reach -> reach.first == firstRow && reach.end == endRow && reach.geometry.equals(g))
                .orElseGet(() -> new Reach(g, firstRow, endRow));
    }

    private Reach(Geometry g, int firstRow, int endRow) {
        geometry = g;
        first = firstRow;
        end = endRow;
        firstRows = IntStream.range(0, g.inHeight()).map(row -> g.firstRow(row, firstRow)).toArray();
        endRows = IntStream.range(0, g.inHeight()).map(row -> g.endRow(row, endRow)).toArray();
        firstColumns = IntStream.range(0, g.inWidth()).map(column -> g.firstColumn(column, 0)).toArray();
        endColumns = IntStream.range(0, g.inWidth()).map(column -> g.endColumn(column, g.outWidth())).toArray();
    }

    int firstRow(int inRow) {
        return firstRows[inRow];
    }

    int endRow(int inRow) {
        return endRows[inRow];
    }

    int firstColumn(int inColumn) {
        return firstColumns[inColumn];
    }

    int endColumn(int inColumn) {
        return endColumns[inColumn];
    }

    /** How many outputs an input reaches. */
    int outputs(int inRow, int inColumn) {
        int rows = Math.max(0, endRows[inRow] - firstRows[inRow]);
        return rows * Math.max(0, endColumns[inColumn] - firstColumns[inColumn]);
    }
}
