package metronome.traces.export;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * What is sent over the mesh to a region of a core. A {@code receive.spikes} there awaits so many {@code send.spikes}: those that were taken
 * before it and that no other has awaited, and, as long as they are fewer, those that are taken while it waits.
 */
final class Arrivals {
    private final SpikeFlows.Links links;
    private final Deque<SpikeFlows.Slice> sent = new ArrayDeque<>();
    private Optional<SpikeFlows.Slice> waiting = Optional.empty();
    private int awaited;

    Arrivals(SpikeFlows.Links links) {
        this.links = links;
    }

    void send(SpikeFlows.Slice sender, long time) {
        Optional<SpikeFlows.Slice> receiver = waiting.filter(slice -> awaited > 0 && slice.inFlight());
        receiver.ifPresentOrElse(slice -> {
            awaited--;
            links.followed(sender, slice, time);
        }, () -> sent.add(sender));
    }

    void receive(SpikeFlows.Slice receiver, int senders, long time) {
        waiting = Optional.of(receiver);
        awaited = senders;
        for (; awaited > 0 && !sent.isEmpty(); awaited--) {
            links.taken(sent.remove(), receiver, time);
        }
    }
}
