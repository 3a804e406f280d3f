package metronome.traces.edit;

import java.util.List;
import java.util.Optional;
import metronome.hwmodel.probe.ChipEvent;
import metronome.hwmodel.probe.EventStream;
import metronome.traces.trace.HeaderDifference;
import metronome.traces.trace.TraceHeader;

/**
 * How two traces differ.
 *
 * @param left what was compared of one
 * @param right what was compared of the other
 * @param header in what the headers differ
 * @param streams what is in both, in the order of declaration
 */
public record TraceDifference(TraceHeader left, TraceHeader right, List<HeaderDifference> header, List<OfStream> streams) {
    /**
     * How a stream differs.
     *
     * @param stream which
     * @param equal how many events are equal, up to the first that is not in each image and, of spikes, in each layer
     * @param first where it first differs; empty if it does not
     */
    public record OfStream(EventStream stream, long equal, Optional<Divergence> first) {
    }

    /**
     * The first place at which a stream differs.
     *
     * @param image in which
     * @param index number of the event among those of the image and, of spikes, of the layer, from 0
     * @param before the events before it, which are equal
     * @param left the event and those after it in one trace; empty if there are no more
     * @param right the event and those after it in the other
     */
    public record Divergence(int image, long index, List<ChipEvent> before, List<ChipEvent> left, List<ChipEvent> right) {
        /** {@return the earlier one of the two events, or the only one} */
        public ChipEvent event() {
            return left.isEmpty() || !right.isEmpty() && right.getFirst().cycle() < left.getFirst().cycle() ? right.getFirst()
                    : left.getFirst();
        }
    }

    /** {@return whether the traces have the same streams, images, layers and cycles, and in them the same events} */
    public boolean equal() {
        return sameExtent() && streams.stream().allMatch(stream -> stream.first().isEmpty());
    }

    private boolean sameExtent() {
        return left.streams().equals(right.streams()) && left.firstImage() == right.firstImage() && left.images() == right.images()
                && left.cut().equals(right.cut()) && left.spikes().layers().equals(right.spikes().layers());
    }
}
