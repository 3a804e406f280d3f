package metronome.hwmodel.mesh;

import java.util.Arrays;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Counts;

/** One router: a link in and a link out on each side on which there is somebody. */
final class Router {
    private static final int NOBODY = -1;

    private final MeshParameters parameters;
    private final Counts counts;
    private final Link[] in = new Link[Port.COUNT];
    private final Link[] out = new Link[Port.COUNT];
    private final int[] owner = new int[Port.COUNT];
    private final int[] first = new int[Port.COUNT];
    private final int[] released = new int[Port.COUNT];

    Router(MeshParameters parameters, Counts counts) {
        this.parameters = parameters;
        this.counts = counts;
        Arrays.fill(owner, NOBODY);
    }

    void connect(Port side, Link incoming, Link outgoing) {
        in[side.ordinal()] = incoming;
        out[side.ordinal()] = outgoing;
    }

    /** Moves flits on all sides; true if one moved. */
    boolean tick(long now) {
        boolean moved = false;
        for (int side = 0; side < Port.COUNT; side++) {
            if (out[side] != null) {
                moved |= leave(side, now);
            }
        }
        for (int side = 0; side < Port.COUNT; side++) {
            if (in[side] != null && !in[side].buffer().isEmpty()) {
                release(side, now);
            }
        }
        return moved;
    }

    private boolean leave(int side, long now) {
        if (owner[side] == NOBODY) {
            owner[side] = choose(side, now);
        }
        if (owner[side] == NOBODY) {
            return false;
        }
        HeldMessage head = in[owner[side]].buffer().head();
        if (!head.ready(side, now, parameters.routerCycles())) {
            return false;
        }
        count(head, side);
        head.send(side, out[side], now);
        if (head.done(side)) {
            owner[side] = NOBODY;
        }
        return true;
    }

    /** NOC-4: the input that gets an output which is free. */
    private int choose(int side, long now) {
        if (!out[side].hasRoom(parameters.messageFlits())) {
            return NOBODY;
        }
        for (int i = 0; i < Port.COUNT; i++) {
            int input = (first[side] + i) % Port.COUNT;
            if (in[input] != null && wants(in[input].buffer(), side, now)) {
                first[side] = parameters.roundRobin() ? (input + 1) % Port.COUNT : 0;
                return input;
            }
        }
        return NOBODY;
    }

    private boolean wants(FlitBuffer buffer, int side, long now) {
        return !buffer.isEmpty() && buffer.head().waitsFor(side)
                && buffer.head().ready(side, now, parameters.routerCycles());
    }

    private void count(HeldMessage head, int side) {
        int layer = head.message().layer();
        counts.count(layer, Counter.BUFFER_READS, 1);
        if (side != Port.LOCAL.ordinal()) {
            counts.count(layer, Counter.HOPS, 1);
        }
    }

    /** NOC-7: what has left on every side makes room. */
    private void release(int side, long now) {
        HeldMessage head = in[side].buffer().head();
        for (; released[side] < head.left(); released[side]++) {
            in[side].release(now);
            counts.count(head.message().layer(), Counter.REPLICATIONS, head.copies());
        }
        if (released[side] == parameters.messageFlits()) {
            in[side].buffer().remove();
            released[side] = 0;
        }
    }
}
