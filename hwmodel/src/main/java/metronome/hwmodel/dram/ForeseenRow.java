package metronome.hwmodel.dram;

/**
 * What a channel does while one user alone asks it for bursts of one row, one after the other: the row is opened for the first of
 * them, and each moves as soon as it has come, the row is open and the one before it has moved (rules DRAM-4 to DRAM-7). So the
 * time of each follows when it comes. Commands are sent to the channel when their time has passed.
 */
final class ForeseenRow {
    /** That it cannot be told. */
    static final long UNKNOWN = -1;
    private static final long NEVER = Long.MAX_VALUE;

    private final Channel channel;
    private final ReadyTimes ready;
    private final int queue;
    private Command column;
    private long data;
    private int layer;
    private int bank;
    private long row;
    /** When the row of before is closed and this one opened; {@link #NEVER} if that need not be, or was sent. */
    private long precharge;
    private long activate;
    /** The earliest time of the next column command. */
    private long next;
    /** By burst modulo their length: token, arrival and time of the column command. */
    private long[] tokens = new long[64];
    private long[] arrivals = new long[64];
    private long[] columns = new long[64];
    /** Numbers of bursts: the first that is kept, the first that waits, the next. */
    private int first;
    private int waits;
    private int size;
    /** Bursts that have moved of which the channel was not told. */
    private int moved;

    ForeseenRow(Channel channel, ReadyTimes ready, int queue) {
        this.channel = channel;
        this.ready = ready;
        this.queue = queue;
    }

    /** Begins with a channel for which no request waits. */
    ForeseenRow begin(boolean write, long dataTime, int ofLayer) {
        column = write ? Command.WRITE : Command.READ;
        data = dataTime;
        layer = ofLayer;
        row = Bank.CLOSED;
        precharge = NEVER;
        activate = NEVER;
        first = 0;
        moved = 0;
        waits = 0;
        size = 0;
        return this;
    }

    /** The command that moves data. */
    Command column() {
        return column;
    }

    /**
     * Takes a request.
     *
     * @param now time of the latest tick
     * @param arrival time of the request
     * @return when its data have moved, if the channel is not refreshed before, or {@link #UNKNOWN}, and then nothing has changed: others
     *     wait for another row, or the queue is full
     */
    long request(int inBank, long ofRow, long token, long now, long arrival) {
        if (!isAt(inBank, ofRow)) {
            pass(now);
            if (waits < size) {
                return UNKNOWN;
            }
            choose(inBank, ofRow, now, arrival);
        }
        return requestNext(token, now, arrival);
    }

    /** Whether the latest request was for a row. */
    boolean isAt(int inBank, long ofRow) {
        return ofRow == row && inBank == bank;
    }

    /** Takes a request for the same row as the latest. */
    long requestNext(long token, long now, long arrival) {
        if (size - waits >= queue) {
            pass(now);
            if (size - waits >= queue) {
                return UNKNOWN;
            }
        }
        long at = Math.max(arrival, next);
        keep(token, arrival, at, now);
        next = at + ready.apart(column, column);
        return at + data;
    }

    /** Whether requests for a row, that come so far apart, all move as they come, the first of them at a time. */
    boolean steady(int inBank, long ofRow, long now, long arrival, long apart) {
        pass(now);
        return isAt(inBank, ofRow) && waits == size && next <= arrival && ready.apart(column, column) <= apart;
    }

    /**
     * Takes such requests.
     *
     * @param count how many, at least 1
     * @param last when the last of them comes
     * @param apart from one to the next
     * @param token of the last
     * @param step from one token to the next
     */
    void requestAll(int count, long last, long apart, long token, long step) {
        int kept = (int) Math.min(count, data / apart + 1);
        moved += count - kept;
        for (int i = kept - 1; i >= 0; i--) {
            keep(token - i * step, last - i * apart, last - i * apart, last);
        }
        next = last + ready.apart(column, column);
    }

    private void keep(long token, long arrival, long at, long now) {
        if (size - first == columns.length) {
            forget(now);
        }
        int place = size++ & columns.length - 1;
        tokens[place] = token;
        arrivals[place] = arrival;
        columns[place] = at;
    }

    /** Makes room: what has moved need not be kept, but for the last. */
    private void forget(long now) {
        pass(now);
        while (first < waits - 1 && columns[first & columns.length - 1] + data <= now) {
            first++;
        }
        if (size - first == columns.length) {
            tokens = grown(tokens);
            arrivals = grown(arrivals);
            columns = grown(columns);
        }
    }

    private long[] grown(long[] ring) {
        long[] grown = new long[2 * ring.length];
        for (int i = first; i < size; i++) {
            grown[i & grown.length - 1] = ring[i & ring.length - 1];
        }
        return grown;
    }

    /** Goes over to another row, for which a request comes; nobody waits. */
    private void choose(int inBank, long ofRow, long now, long arrival) {
        send(now);
        long closes = NEVER;
        long opens = NEVER;
        long moves = ready.earliest(column, inBank);
        Bank of = channel.bank(inBank);
        if (!of.isOpen(ofRow)) {
            long may = ready.earliest(Command.ACTIVATE, inBank);
            if (of.open()) {
                closes = Math.max(arrival, ready.earliest(Command.PRECHARGE, inBank));
                may = Math.max(may, closes + ready.apart(Command.PRECHARGE, Command.ACTIVATE));
            }
            opens = Math.max(arrival, may);
            moves = Math.max(moves, opens + ready.apart(Command.ACTIVATE, column));
        }
        bank = inBank;
        row = ofRow;
        precharge = closes;
        activate = opens;
        next = moves;
    }

    /** Sends the commands whose time has come. */
    private void send(long now) {
        if (precharge <= now) {
            channel.closeAt(bank, precharge);
            precharge = NEVER;
        }
        if (activate <= now) {
            channel.openAt(bank, row, layer, activate);
            activate = NEVER;
        }
        pass(now);
        if (moved > 0) {
            channel.moveUntil(bank, column, layer, moved, columns[waits - 1 & columns.length - 1]);
            moved = 0;
        }
    }

    /** Those do not wait any more whose column command has gone. */
    private void pass(long now) {
        while (waits < size && columns[waits & columns.length - 1] <= now) {
            waits++;
            moved++;
        }
    }

    /** Leaves the channel as it is after a tick: what was sent is under way, if it has not ended, and the rest waits. */
    void end(long now) {
        send(now);
        for (int i = first; i < waits; i++) {
            int place = i & columns.length - 1;
            if (columns[place] + data > now) {
                channel.begin(tokens[place], columns[place] + data);
            }
        }
        for (int i = waits; i < size; i++) {
            int place = i & columns.length - 1;
            channel.add(bank, (int) row, column == Command.WRITE, layer, tokens[place], arrivals[place]);
        }
        if (size > 0) {
            channel.resume(now, layer);
        }
    }
}
