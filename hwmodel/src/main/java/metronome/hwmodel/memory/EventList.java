package metronome.hwmodel.memory;

import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.zip.Checksum;

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
     * Appends events.
     *
     * @param from an array
     * @param first index of the first
     * @param end one past the index of the last
     */
    public void addAll(int[] from, int first, int end) {
        int count = end - first;
        if (size + count > events.length) {
            events = Arrays.copyOf(events, Math.max(2 * events.length, size + count));
        }
        System.arraycopy(from, first, events, size, count);
        size += count;
    }

    /**
     * Appends events of another list.
     *
     * @param from the list
     * @param count how many of its events, from the first
     */
    public void addAll(EventList from, int count) {
        addAll(from.events, 0, count);
    }

    /**
     * {@return the event at an index}
     *
     * @param index in [0, size)
     */
    public int get(int index) {
        return events[index];
    }

    /**
     * Puts an event in the place of another.
     *
     * @param index in [0, size)
     * @param event any
     */
    public void set(int index, int event) {
        events[index] = event;
    }

    /**
     * Copies some events.
     *
     * @param first index of the first
     * @param end one past the index of the last
     * @param to gets them
     * @param at where in the array
     */
    void copy(int first, int end, int[] to, int at) {
        System.arraycopy(events, first, to, at, end - first);
    }

    /** Copies some events to what holds words. */
    void copy(int first, int end, IntBuffer to) {
        to.put(events, first, end - first);
    }

    /** {@return how many there are} */
    public int size() {
        return size;
    }

    /** Removes all. */
    public void clear() {
        size = 0;
    }

    /**
     * Adds the events to a checksum.
     *
     * @param sum to which
     */
    void digest(Checksum sum) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * size + 4);
        bytes.asIntBuffer().put(size).put(events, 0, size);
        sum.update(bytes);
    }
}
