package metronome.hwmodel.dram;

import java.util.stream.Stream;
import metronome.hwmodel.count.Counter;

/** One channel: its queue, its banks and its command bus. Time moves only in {@link #advance}. */
final class Channel {
    private final int number;
    private final DramTiming timing;
    private final int queue;
    private final int overtakes;
    /** Whether pages are closed when nobody waits for them. */
    private final boolean closing;
    private final ReadyTimes ready;
    private final Bank[] banks;
    private final UnderWay underWay = new UnderWay();
    /** Requests that hold no burst. */
    private final Request[] spare;
    private int spares;
    private final Choice choice = new Choice();
    private final Dram.Listeners listeners;
    /** Bit b: requests wait for bank b. */
    private long wanted;
    /** Bit b: bank b has a row open. */
    private long open;
    private long arrived;
    private int waiting;
    private long refreshDue;
    /** The number of the oldest request, and whether it must go before all others (rule DRAM-7). */
    private long oldest;
    private boolean inOrder;
    /** Whether {@link #choice} holds the next command; it then goes at {@link #wake}. */
    private boolean chosen;
    private long wake;
    private boolean madeRoom;
    /** From the latest column command on, no constraint on a refresh lasts longer than this. */
    private final long recovery;
    /** When the latest request came that never waited; until the tick at that time it holds a place in the queue. */
    private long straight = -1;

    Channel(int number, DramDevice device, Controller controller, Dram.Listeners listeners) {
        this.number = number;
        this.timing = device.timing();
        this.queue = controller.queue();
        this.overtakes = controller.overtakes();
        this.closing = controller.pages() == PagePolicy.CLOSED;
        this.ready = new ReadyTimes(timing.constraints(), device.banks());
        this.banks = new Bank[device.banks()];
        this.listeners = listeners;
        this.refreshDue = timing.tREFI();
        this.recovery = timing.constraints().stream().filter(c -> c.before().column() && !c.after().column())
                .mapToLong(Constraint::picoseconds).max().orElse(0);
        this.spare = Stream.generate(Request::new).limit(queue).toArray(Request[]::new);
        this.spares = queue;
        for (int bank = 0; bank < banks.length; bank++) {
            banks[bank] = new Bank(queue);
        }
    }

    /** Whether it has room for a request that comes at a time. */
    boolean hasRoom(long arrival) {
        return waiting < (straight == arrival ? queue - 1 : queue);
    }

    /** {@return whether a full queue got room since this was last asked} */
    boolean madeRoom() {
        boolean made = madeRoom;
        madeRoom = false;
        return made;
    }

    boolean idle() {
        return waiting == 0 && underWay.isEmpty();
    }

    /**
     * Serves a request at once that would go at the very time of its arrival: nobody waits, its row is open, every constraint is
     * over and the refresh far enough that nothing else about the channel's next step changes. What {@link #add} and the next
     * {@link #advance} would do, without waiting for it.
     *
     * @return whether it was served
     */
    boolean serve(int bank, int row, boolean write, int layer, long token, long arrival) {
        Command column = write ? Command.WRITE : Command.READ;
        if (waiting > 0 || queue == 1 || closing || !banks[bank].isOpen(row) || arrival + recovery > refreshDue
                || ready.earliest(column, bank) > arrival) {
            return false;
        }
        arrived++;
        straight = arrival;
        ready.send(column, bank, arrival);
        listeners.observer().sent(number, column, bank, row, layer, arrival);
        moved(write, layer, token, arrival);
        return true;
    }

    /** What it does for one user alone. */
    ForeseenRow foreseen() {
        return new ForeseenRow(this, ready, queue);
    }

    /**
     * Begins to foresee, after a tick.
     *
     * @return whether all that waits or is under way is the asker's, for one row, and there is room for more
     */
    boolean foresee(ForeseenRow row, long now, Foresight.Asker asker) {
        return !closing && waiting < queue && (wanted & wanted - 1) == 0 && underWay.own(asker)
                && (waiting == 0 || foresee(row, Long.numberOfTrailingZeros(wanted), now, asker));
    }

    /** Takes over those that wait for a bank, if they are all for one row and nobody has overtaken them, which would be forgotten. */
    private boolean foresee(ForeseenRow row, int bank, long now, Foresight.Asker asker) {
        boolean all = banks[bank].oldest().number() == arrived - waiting;
        for (int i = 0; all && i < banks[bank].size(); i++) {
            Request request = banks[bank].request(i);
            long end = row.request(bank, request.row(), request.token(), now, request.arrival());
            all = end != ForeseenRow.UNKNOWN && request.column() == row.column() && asker.own(request.token(), end);
        }
        return all;
    }

    /** Forgets those that wait, as if they had not come. */
    void dropWaiting() {
        if (waiting > 0) {
            Bank bank = banks[Long.numberOfTrailingZeros(wanted)];
            for (int i = 0; i < waiting; i++) {
                spare[spares++] = bank.request(i);
            }
            bank.clear();
            waiting = 0;
            wanted = 0;
        }
    }

    /** When it is to be refreshed. */
    long refreshDue() {
        return refreshDue;
    }

    Bank bank(int number) {
        return banks[number];
    }

    /** Closes the row of a bank. */
    void closeAt(int bank, long at) {
        ready.send(Command.PRECHARGE, bank, at);
        close(bank);
    }

    /** Opens a row of a bank for requests that do not wait here. */
    void openAt(int bank, long row, int layer, long at) {
        ready.send(Command.ACTIVATE, bank, at);
        listeners.counter().count(layer, Counter.ACTIVATES, 1);
        banks[bank].open(row);
        open |= 1L << bank;
    }

    /** Serves as many requests for the open row of a bank, the last of them at a time; when their data end is told elsewhere. */
    void moveUntil(int bank, Command column, int layer, int count, long last) {
        arrived += count;
        ready.send(column, bank, last);
        listeners.counter().count(layer, column == Command.WRITE ? Counter.WRITE_BURSTS : Counter.READ_BURSTS, count);
    }

    /** A burst that was served is under way. */
    void begin(long token, long end) {
        underWay.add(token, end);
    }

    /** Forgets the bursts that have ended. */
    void dropEnded(long now) {
        while (underWay.nextEnd() <= now) {
            underWay.take();
        }
    }

    /** Goes on after a tick up to which all commands were sent. */
    void resume(long now, int layer) {
        chosen = false;
        wake = now;
        advance(now, layer);
    }

    void add(int bank, int row, boolean write, int layer, long token, long arrival) {
        boolean first = banks[bank].empty();
        boolean firstHit = banks[bank].add(spare[--spares].become(arrived++, row, write, layer, token, arrival));
        wanted |= 1L << bank;
        if (chosen && first && waiting > 0 && !closing) {
            consider(bank);
            wake = choice.at();
        } else if (first || firstHit) {
            chosen = false;
            wake = Math.min(wake, arrival);
        }
        waiting++;
        madeRoom |= straight == arrival && waiting == queue - 1;
    }

    /** Sends every command whose time has come (rule DRAM-4). */
    void advance(long now, int layer) {
        while (wake <= now) {
            if (chosen) {
                send(layer);
                chosen = false;
            } else {
                choose();
                chosen = true;
                wake = choice.at();
            }
        }
    }

    /** {@return a time before which no command goes, unless a request comes} */
    long wake() {
        return wake;
    }

    private void choose() {
        Command towardsRefresh = open == 0 ? Command.REFRESH : Command.PRECHARGE_ALL;
        choice.begin(towardsRefresh, Math.max(refreshDue, ready.earliest(towardsRefresh)));
        oldest = oldest();
        inOrder = arrived - waiting - oldest >= overtakes;
        for (long left = closing ? wanted | open : wanted; left != 0; left &= left - 1) {
            consider(Long.numberOfTrailingZeros(left));
        }
    }

    private void consider(int bank) {
        if ((open >>> bank & 1) == 0) {
            offer(Command.ACTIVATE, bank, banks[bank].oldest());
        } else {
            considerOpen(bank);
        }
    }

    /** The number of the oldest request; as many others were served before it as were served less its number. */
    private long oldest() {
        long oldest = arrived;
        for (long left = wanted; left != 0; left &= left - 1) {
            oldest = Math.min(oldest, banks[Long.numberOfTrailingZeros(left)].oldest().number());
        }
        return oldest;
    }

    /** A bank with an open row: a request for it moves its data, or the row is closed (rules DRAM-5 and DRAM-7). */
    private void considerOpen(int number) {
        Bank bank = banks[number];
        long precharge = ready.earliest(Command.PRECHARGE, number);
        if (!closing) {
            precharge = Math.max(precharge, bank.oldest().arrival());
        }
        if (!bank.hasHit() || bank.hit().arrival() > precharge
                || inOrder && bank.hit() != bank.oldest()) {
            if (precharge < refreshDue) {
                choice.offer(Command.PRECHARGE, number, precharge,
                        closing ? Long.MAX_VALUE : bank.oldest().number());
            }
        } else if (!inOrder || bank.hit().number() == oldest) {
            offer(bank.hit().column(), number, bank.hit());
        }
    }

    private void offer(Command command, int bank, Request request) {
        long at = Math.max(request.arrival(), ready.earliest(command, bank));
        if (at < refreshDue) {
            choice.offer(command, bank, at, request.number());
        }
    }

    private void send(int layer) {
        Command command = choice.command();
        int bank = choice.bank();
        ready.send(command, bank, choice.at());
        if (listeners.observer() != CommandObserver.NONE) {
            tell(command, bank, layer);
        }
        switch (command) {
            case ACTIVATE -> activate(bank);
            case PRECHARGE -> close(bank);
            case PRECHARGE_ALL -> {
                for (long left = open; left != 0; left &= left - 1) {
                    close(Long.numberOfTrailingZeros(left));
                }
            }
            case READ, WRITE -> move(bank);
            case REFRESH -> {
                refreshDue += timing.tREFI();
                listeners.counter().count(layer, Counter.REFRESHES, 1);
            }
        }
    }

    private void tell(Command command, int bank, int layer) {
        Bank of = banks[bank];
        int row = switch (command) {
            case ACTIVATE -> of.oldest().row();
            case READ, WRITE, PRECHARGE -> of.row();
            case PRECHARGE_ALL, REFRESH -> 0;
        };
        int counted = switch (command) {
            case ACTIVATE -> of.oldest().layer();
            case READ, WRITE -> of.hit().layer();
            case PRECHARGE, PRECHARGE_ALL, REFRESH -> layer;
        };
        listeners.observer().sent(number, command, bank, row, counted, choice.at());
    }

    private void activate(int bank) {
        listeners.counter().count(banks[bank].oldest().layer(), Counter.ACTIVATES, 1);
        banks[bank].openForOldest();
        open |= 1L << bank;
    }

    private void close(int bank) {
        banks[bank].close();
        open &= ~(1L << bank);
    }

    private void move(int bank) {
        Request request = banks[bank].takeHit();
        if (banks[bank].empty()) {
            wanted &= ~(1L << bank);
        }
        madeRoom |= waiting == queue;
        waiting--;
        moved(request.column() == Command.WRITE, request.layer(), request.token(), choice.at());
        spare[spares++] = request;
    }

    private void moved(boolean write, int layer, long token, long at) {
        underWay.add(token, at + (write ? timing.writeData() : timing.readData()));
        listeners.counter().count(layer, write ? Counter.WRITE_BURSTS : Counter.READ_BURSTS, 1);
    }

    /** {@return when the next burst ends; {@link Long#MAX_VALUE} if none is under way} */
    long nextEnd() {
        return underWay.nextEnd();
    }

    long takeEnded() {
        return underWay.take();
    }
}
