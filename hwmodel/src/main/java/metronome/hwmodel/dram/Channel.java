package metronome.hwmodel.dram;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import metronome.hwmodel.count.Counter;

/** One channel: its queue, its banks and its command bus. Time moves only in {@link #advance}. */
final class Channel {
    private static final long CLOSED = -1;

    /** A command that could be sent; position is that of its request, or -1 for refresh. */
    private record Step(Command command, int bank, int position, long at) {
    }

    /** A burst whose column command was sent. */
    private record Burst(int token, long end) {
    }

    private final int number;
    private final DramTiming timing;
    private final int depth;
    private final Scheduler scheduler;
    private final ReadyTimes ready;
    private final long[] openRow;
    private final List<Request> queue = new ArrayList<>();
    private final ArrayDeque<Burst> underWay = new ArrayDeque<>();
    private final Dram.Listeners listeners;
    private long refreshDue;
    private long sleepUntil;

    Channel(int number, DramDevice device, int depth, Scheduler scheduler, Dram.Listeners listeners) {
        this.number = number;
        this.timing = device.timing();
        this.depth = depth;
        this.scheduler = scheduler;
        this.ready = new ReadyTimes(timing.constraints(), device.banks());
        this.openRow = new long[device.banks()];
        this.listeners = listeners;
        this.refreshDue = timing.tREFI();
        Arrays.fill(openRow, CLOSED);
    }

    boolean hasRoom() {
        return queue.size() < depth;
    }

    boolean idle() {
        return queue.isEmpty() && underWay.isEmpty();
    }

    void add(Request request) {
        queue.add(request);
        sleepUntil = 0;
    }

    /** Sends every command whose time has come (rule DRAM-4). */
    void advance(long now, int layer) {
        while (sleepUntil <= now) {
            Step next = next();
            if (next.at <= now) {
                send(next, layer);
            } else {
                sleepUntil = next.at;
            }
        }
    }

    private Step next() {
        Step best = refresh();
        boolean found = false;
        for (int position = 0; position < queue.size(); position++) {
            Command command = firstNeeded(queue.get(position));
            if (command.column() ? scheduler.mayServe(queue, position) : scheduler.mayPrepare(queue, position)) {
                Request request = queue.get(position);
                long at = Math.max(request.arrival(), ready.earliest(command, request.bank()));
                if (at < refreshDue && (!found || at < best.at)) {
                    best = new Step(command, request.bank(), position, at);
                    found = true;
                }
            }
        }
        return best;
    }

    /** What must come first (rule DRAM-5). */
    private Command firstNeeded(Request request) {
        long open = openRow[request.bank()];
        if (open == CLOSED) {
            return Command.ACTIVATE;
        }
        return open == request.row() ? request.column() : Command.PRECHARGE;
    }

    /** The next step towards a refresh (rule DRAM-9). */
    private Step refresh() {
        boolean closed = Arrays.stream(openRow).allMatch(row -> row == CLOSED);
        Command command = closed ? Command.REFRESH : Command.PRECHARGE_ALL;
        return new Step(command, 0, -1, Math.max(refreshDue, ready.earliest(command)));
    }

    private void send(Step step, int layer) {
        ready.send(step.command, step.bank, step.at);
        listeners.observer().sent(number, step.command, step.bank, step.at);
        switch (step.command) {
            case ACTIVATE -> activate(queue.get(step.position));
            case PRECHARGE -> openRow[step.bank] = CLOSED;
            case PRECHARGE_ALL -> Arrays.fill(openRow, CLOSED);
            case READ -> move(step, Counter.READ_BURSTS, timing.readData());
            case WRITE -> move(step, Counter.WRITE_BURSTS, timing.writeData());
            case REFRESH -> {
                refreshDue += timing.tREFI();
                listeners.counter().count(layer, Counter.REFRESHES, 1);
            }
        }
    }

    private void activate(Request request) {
        openRow[request.bank()] = request.row();
        listeners.counter().count(request.layer(), Counter.ACTIVATES, 1);
    }

    private void move(Step step, Counter counter, long duration) {
        Request request = queue.remove(step.position);
        underWay.add(new Burst(request.token(), step.at + duration));
        listeners.counter().count(request.layer(), counter, 1);
    }

    /** {@return when the next burst ends; {@link Long#MAX_VALUE} if none is under way} */
    long nextEnd() {
        return underWay.isEmpty() ? Long.MAX_VALUE : underWay.peek().end;
    }

    int takeEnded() {
        return underWay.remove().token;
    }
}
