package metronome.hwmodel.mesh;

/**
 * Where cores lie (rule NOC-1) and which way messages go (rule NOC-3).
 *
 * @param columns from west to east, 1 to 8
 * @param rows from north to south, 1 to 8
 */
public record Grid(int columns, int rows) {
    /** Checks the size. */
    public Grid {
        if (columns < 1 || columns > 8 || rows < 1 || rows > 8) {
            throw new IllegalArgumentException("must be in [1, 8]: columns=" + columns + ", rows=" + rows);
        }
    }

    /** {@return how many cores there are} */
    public int cores() {
        return columns * rows;
    }

    /** {@return the set of all cores} */
    public long all() {
        return -1L >>> Long.SIZE - cores();
    }

    /**
     * {@return a rectangle of cores, empty if it is or leaves the grid}
     *
     * @param firstColumn at least 0
     * @param columns at least 0
     * @param firstRow at least 0
     * @param rows at least 0
     */
    public long rectangle(int firstColumn, int columns, int firstRow, int rows) {
        if (firstColumn + columns > this.columns || firstRow + rows > this.rows) {
            return 0;
        }
        long cores = 0;
        for (int row = firstRow; row < firstRow + rows; row++) {
            cores |= (1L << columns) - 1 << row * this.columns + firstColumn;
        }
        return cores;
    }

    /**
     * {@return links between two cores: the way goes along the row first, then along the column}
     *
     * @param from a core
     * @param to a core
     */
    public int distance(int from, int to) {
        return Math.abs(from % columns - to % columns) + Math.abs(from / columns - to / columns);
    }

    /** Whether there is a router on that side. */
    boolean hasNeighbour(int core, Port side) {
        int column = core % columns + side.columns();
        int row = core / columns + side.rows();
        return side != Port.LOCAL && column >= 0 && column < columns && row >= 0 && row < rows;
    }

    /** The core on that side, if there is one. */
    int neighbour(int core, Port side) {
        return core + side.rows() * columns + side.columns();
    }

    /** NOC-3: for each side of a router, those of the cores for which a message leaves there. */
    long[] branches(int core, long cores) {
        long[] branches = new long[Port.COUNT];
        for (long left = cores; left != 0; left &= left - 1) {
            branches[side(core, Long.numberOfTrailingZeros(left)).ordinal()] |= left & -left;
        }
        return branches;
    }

    private Port side(int core, int to) {
        int columnsEast = to % columns - core % columns;
        if (columnsEast != 0) {
            return columnsEast > 0 ? Port.EAST : Port.WEST;
        }
        int rowsSouth = to / columns - core / columns;
        return rowsSouth == 0 ? Port.LOCAL : rowsSouth > 0 ? Port.SOUTH : Port.NORTH;
    }
}
