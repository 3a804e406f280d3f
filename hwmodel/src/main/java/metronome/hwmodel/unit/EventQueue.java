package metronome.hwmodel.unit;

import metronome.hwmodel.memory.SharedPort;
import metronome.hwmodel.memory.SpikeBuffer;

/**
 * Takes the events of a window one a cycle into a queue before the LIF array, ahead of the work on them (rules MEM-4 and
 * MEM-5). With one slot it reads within the step that is worked on, with more also in those after it.
 */
final class EventQueue {
    private final SpikeBuffer buffer;
    private final SharedPort.User user;
    private final int slots;
    /** Events of each step that was come to. */
    private final int[] sizes;
    private int region;
    private int last;
    private boolean follow;
    private int opened;
    private int step;
    private int taken;
    private int reading;
    private int next;
    private int held;

    EventQueue(SpikeBuffer buffer, SharedPort.User user, int slots) {
        this.buffer = buffer;
        this.user = user;
        this.slots = slots;
        this.sizes = new int[buffer.steps() + 1];
    }

    /** Begins with the steps of a region, of which only those may be read that are closed, if it follows who fires. */
    void begin(int of, int from, int to, boolean follows) {
        region = of;
        last = to;
        follow = follows;
        opened = from - 1;
        reading = from;
        sizes[from] = 0;
        next = 0;
        held = 0;
        taken = 0;
        buffer.readPort().enter(user);
    }

    private boolean ahead() {
        return slots > 1;
    }

    private void open(int k) {
        opened = k;
        reading = k;
        next = 0;
        sizes[k] = buffer.size(region, k);
    }

    /** The work comes to the events of a step; those before were all taken. */
    void beginStep(int k) {
        step = k;
        taken = 0;
        if (k > opened) {
            open(k);
        }
    }

    /** Events of the step that is worked on. */
    int size() {
        return sizes[step];
    }

    /** Events of a step from the one that is worked on to the last. */
    int size(int k) {
        return k <= opened ? sizes[k] : buffer.size(region, k);
    }

    /** How many events of the step were taken. */
    int taken() {
        return taken;
    }

    /** Whether nothing of the step was fetched and reading stays within it. */
    boolean fresh() {
        return !ahead() && next == 0;
    }

    /** Takes all events of the step at once; only of a fresh one. */
    void takeAll() {
        next = sizes[step];
        taken = next;
    }

    /** Whether all events of the step were taken. */
    boolean exhausted() {
        return taken == sizes[step];
    }

    /** Whether an event of the step waits to be taken. */
    boolean held() {
        return held > 0 && !exhausted();
    }

    /** Takes the event that has waited longest. */
    int take() {
        held--;
        return buffer.event(region, step, taken++);
    }

    /** Cycles that pass before the first event of a later step can be worked on. */
    int bubble() {
        return ahead() ? 0 : 1;
    }

    /** First phase: asks for the port if a slot is, or is about to be, empty. */
    void request(boolean takes) {
        if (more() && (held < slots || takes && held())) {
            buffer.readPort().want(user);
        }
    }

    /** Whether events are left to read; goes on to the next step that has some. */
    private boolean more() {
        int limit = follow ? Math.min(last, buffer.closed(region)) : last;
        while (ahead() && next == sizes[reading] && opened < limit) {
            open(opened + 1);
        }
        return next < sizes[reading];
    }

    /** Fills a slot if one is empty and the port is granted; returns whether it was filled. */
    boolean fetch() {
        return buffer.readPort().granted(user) && fetchAlone(1) > 0;
    }

    /** Fills a slot a cycle, when nobody else may want the port; returns how many it filled. */
    int fetchAlone(long cycles) {
        int filled = 0;
        while (filled < cycles && held < slots && more()) {
            held++;
            next++;
            filled++;
        }
        return filled;
    }
}
