package metronome.hwmodel.unit;

import metronome.hwmodel.memory.EventList;
import metronome.hwmodel.memory.SharedPort;
import metronome.hwmodel.memory.SpikeBuffer;
import metronome.isa.program.Event;

/**
 * Carries events from a latch, which a sweep fills, over a bounded queue to the spike buffer, a limited number a cycle
 * (rule LIF-9). Queue entries that enter in a cycle can leave in the next.
 */
final class EventWriter {
    private final SpikeBuffer buffer;
    private final SharedPort.User user;
    private final int capacity;
    private final int width;
    private final EventList events = new EventList();
    /** Of those of one step that were latched one after the other: the step, and where in the list they end. */
    private final EventList runSteps = new EventList();
    private final EventList runEnds = new EventList();
    /** Of the next event that will be written. */
    private int run;
    private int region;
    private int latched;
    private int queued;
    private int written;

    EventWriter(SpikeBuffer buffer, SharedPort.User user, int capacity, int width) {
        this.buffer = buffer;
        this.user = user;
        this.capacity = capacity;
        this.width = width;
    }

    void begin(int region) {
        this.region = region;
        events.clear();
        runSteps.clear();
        runEnds.clear();
        run = 0;
        latched = 0;
        queued = 0;
        written = 0;
        buffer.beginWriting(user, region);
    }

    /** First phase: asks for the port if there is something in the queue. */
    void request() {
        if (queued > 0) {
            buffer.writePort().want(user);
        }
    }

    /** Puts an event into the latch. */
    void latch(int event, int step) {
        events.add(event);
        latched(1, step);
    }

    /** Puts events into the latch, each of so many channels further. */
    void latch(EventList fired, int raise, int step) {
        if (raise == 0) {
            events.addAll(fired, fired.size());
        }
        for (int i = 0; raise != 0 && i < fired.size(); i++) {
            events.add(Event.raised(fired.get(i), raise));
        }
        latched(fired.size(), step);
    }

    private void latched(int count, int step) {
        int last = runSteps.size() - 1;
        if (last >= run && runSteps.get(last) == step) {
            runEnds.set(last, events.size());
        } else {
            runSteps.add(step);
            runEnds.add(events.size());
        }
        latched += count;
    }

    /** Moves what was in the queue to the buffer and what is in the latch to the queue; returns events written. */
    int move() {
        int leaving = buffer.writePort().granted(user) ? Math.min(width, queued) : 0;
        int entering = Math.min(latched, capacity - queued);
        write(leaving);
        queued += entering - leaving;
        latched -= entering;
        return leaving;
    }

    private void write(int count) {
        int end = written + count;
        while (written < end) {
            int of = Math.min(end, runEnds.get(run));
            buffer.write(region, runSteps.get(run), events, written, of);
            written = of;
            run += written == runEnds.get(run) ? 1 : 0;
        }
    }

    /** The step of the next event that will be written; a number above all steps if none is on its way. */
    int pendingStep() {
        return run < runSteps.size() ? runSteps.get(run) : Integer.MAX_VALUE;
    }

    /** Says that the region holds all events up to a step. */
    void close(int step) {
        buffer.close(region, step);
    }

    /** Whether the latch is empty, so that a sweep may go on. */
    boolean ready() {
        return latched == 0;
    }

    boolean empty() {
        return latched == 0 && queued == 0;
    }
}
