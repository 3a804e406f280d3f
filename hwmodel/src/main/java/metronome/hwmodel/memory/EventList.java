package metronome.hwmodel.memory;

import java.util.Arrays;

/** A growing list of events, without boxing. */
public final class EventList {
    private int[] events = new int[16];
    private int size;

    /**
     * Appends an event.
     *
     * @param event any
     */
    public void add(int event) {
        if (size == events.length) {
            events = Arrays.copyOf(events, 2 * size);
        }
        events[size++] = event;
    }

    /**
     * {@return the event at an index}
     *
     * @param index in [0, size)
     */
    public int get(int index) {
        return events[index];
    }

    /** {@return how many there are} */
    public int size() {
        return size;
    }

    /** Removes all. */
    public void clear() {
        size = 0;
    }
}
