package metronome.traces.trace;

import metronome.hwmodel.probe.EventStream;

/**
 * What is known of a block without reading its events: all of one stream and one image, in the order in which they were
 * written, so that a cycle, an image or a layer is found by this alone.
 *
 * @param offset of its first byte in the file
 * @param bytes of the block in the file
 * @param stream of all its events
 * @param image of all its events
 * @param events how many there are, at least 1
 * @param firstLayer the lowest layer
 * @param lastLayer the highest layer
 * @param firstCycle the first cycle of any event
 * @param lastCycle the last cycle of any event
 */
public record TraceBlock(long offset, int bytes, EventStream stream, int image, int events, int firstLayer, int lastLayer,
        long firstCycle, long lastCycle) {
    /**
     * {@return whether it may have events of a layer}
     *
     * @param layer which
     */
    public boolean hasLayer(int layer) {
        return layer >= firstLayer && layer <= lastLayer;
    }

    /**
     * {@return whether it may have events in cycles}
     *
     * @param from the first
     * @param to the last
     */
    public boolean hasCycles(long from, long to) {
        return firstCycle <= to && lastCycle >= from;
    }
}
