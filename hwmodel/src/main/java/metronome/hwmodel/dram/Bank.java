package metronome.hwmodel.dram;

import java.util.Arrays;

/** One bank: its open row, and the requests that wait for it, oldest first. */
final class Bank {
    /** The row that is open if none is. */
    static final long CLOSED = -1;
    private static final int NONE = -1;

    private final Request[] waiting;
    private int size;
    private long openRow = CLOSED;
    /** Position of the oldest request for the open row. */
    private int hit = NONE;

    Bank(int capacity) {
        waiting = new Request[capacity];
    }

    boolean empty() {
        return size == 0;
    }

    boolean open() {
        return openRow != CLOSED;
    }

    /** The open row. */
    int row() {
        return (int) openRow;
    }

    boolean isOpen(long row) {
        return openRow == row;
    }

    /** Whether a request for the open row waits. */
    boolean hasHit() {
        return hit != NONE;
    }

    /** The oldest request for the open row. */
    Request hit() {
        return waiting[hit];
    }

    /** The oldest request. */
    Request oldest() {
        return waiting[0];
    }

    /** Adds the youngest request; returns whether it is the first for the open row. */
    boolean add(Request request) {
        boolean firstHit = hit == NONE && request.row() == openRow;
        if (firstHit) {
            hit = size;
        }
        waiting[size++] = request;
        return firstHit;
    }

    /** How many requests wait. */
    int size() {
        return size;
    }

    /** The request before which so many others came. */
    Request request(int index) {
        return waiting[index];
    }

    /** Takes all requests out. */
    void clear() {
        Arrays.fill(waiting, 0, size, null);
        size = 0;
        hit = NONE;
    }

    /** Opens a row for which no request waits. */
    void open(long row) {
        openRow = row;
    }

    /** Takes the oldest request for the open row out; those before it are for other rows. */
    Request takeHit() {
        Request taken = waiting[hit];
        System.arraycopy(waiting, hit + 1, waiting, hit, --size - hit);
        waiting[size] = null;
        while (hit < size && waiting[hit].row() != openRow) {
            hit++;
        }
        if (hit == size) {
            hit = NONE;
        }
        return taken;
    }

    /** Opens the row of the oldest request. */
    void openForOldest() {
        openRow = waiting[0].row();
        hit = 0;
    }

    void close() {
        openRow = CLOSED;
        hit = NONE;
    }
}
