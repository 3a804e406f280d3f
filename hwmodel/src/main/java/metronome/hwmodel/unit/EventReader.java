package metronome.hwmodel.unit;

import metronome.hwmodel.memory.EventList;
import metronome.hwmodel.memory.SharedPort;
import metronome.hwmodel.memory.SpikeBuffer;
import metronome.hwmodel.memory.Storage;

/** Takes the events of a region and step one a cycle into a register, ahead of the work on them (rule MEM-4). */
final class EventReader {
    private final SpikeBuffer buffer;
    private final SharedPort.User user;
    private int region;
    private int step;
    private int next;
    private int size;
    private boolean held;
    private int event;

    EventReader(SpikeBuffer buffer, SharedPort.User user) {
        this.buffer = buffer;
        this.user = user;
    }

    void begin(int region, int step) {
        this.region = region;
        this.step = step;
        next = 0;
        size = buffer.size(region, step);
        held = false;
        buffer.readPort().enter(user);
    }

    /** Says that no other step will be read. */
    void end() {
        buffer.readPort().leave(user);
    }

    /** How many events of the step were not yet taken into the register. */
    int left() {
        return size - next;
    }

    /** An event of the step, counted from the one in the register or, if that is empty, from the next. */
    int ahead(int count) {
        return buffer.event(region, step, taken() + count);
    }

    /** The events of the step; shared. */
    EventList events() {
        return buffer.events(region, step);
    }

    /** How many events were taken out of the register. */
    int taken() {
        return next - (held ? 1 : 0);
    }

    /** Takes so many events, the first of which is in the register and fewer than are there, and fetches the one after them. */
    void takeAlone(int count) {
        next += count;
        event = count > 0 ? events().get(next - 1) : event;
    }

    /** Takes the next event into the register without asking, when nobody else may want the port. */
    void fetchAlone() {
        event = buffer.event(region, step, next++);
        held = true;
    }

    /** Takes the next events into the register and from there into a memory, when nobody else may want the port. */
    void moveAlone(int count, Storage to, int address) {
        to.putWords(address, buffer.events(region, step), next, count);
        next += count;
    }

    /** Whether nothing is left to take or to work on. */
    boolean exhausted() {
        return next == size && !held;
    }

    /** First phase: asks for the port if the register is, or is about to be, empty. */
    void request(boolean takesNow) {
        if (next < size && (!held || takesNow)) {
            buffer.readPort().want(user);
        }
    }

    boolean held() {
        return held;
    }

    /** Empties the register. */
    int take() {
        held = false;
        return event;
    }

    /** Fills the register if it is empty and the port is granted; returns whether it was filled. */
    boolean fetch() {
        if (held || next == size || !buffer.readPort().granted(user)) {
            return false;
        }
        fetchAlone();
        return true;
    }
}
