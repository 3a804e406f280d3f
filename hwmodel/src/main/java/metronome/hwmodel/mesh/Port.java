package metronome.hwmodel.mesh;

/** The sides of a router, in order of fixed priority. */
enum Port {
    /** To and from the core. */
    LOCAL(0, 0),
    /** Towards the greater column. */
    EAST(1, 0),
    /** Towards the smaller column. */
    WEST(-1, 0),
    /** Towards the smaller row. */
    NORTH(0, -1),
    /** Towards the greater row. */
    SOUTH(0, 1);

    static final int COUNT = values().length;

    private final int columns;
    private final int rows;

    Port(int columns, int rows) {
        this.columns = columns;
        this.rows = rows;
    }

    /** Columns from a router to its neighbour on this side. */
    int columns() {
        return columns;
    }

    /** Rows from a router to its neighbour on this side. */
    int rows() {
        return rows;
    }

    /** The side at which what leaves here comes in. */
    Port opposite() {
        return switch (this) {
            case LOCAL -> LOCAL;
            case EAST -> WEST;
            case WEST -> EAST;
            case NORTH -> SOUTH;
            case SOUTH -> NORTH;
        };
    }
}
