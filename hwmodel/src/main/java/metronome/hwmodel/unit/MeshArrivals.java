package metronome.hwmodel.unit;

import java.util.Optional;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Counts;
import metronome.hwmodel.memory.SharedPort;
import metronome.hwmodel.memory.SpikeBuffer;
import metronome.hwmodel.mesh.Mesh;
import metronome.hwmodel.mesh.Message;

/** Writes what arrives over the mesh to a core's spike buffer, one event a cycle (rule CORE-5). */
public final class MeshArrivals extends Clocked {
    private static final int END = 1 << 15;

    private final Mesh mesh;
    private final int core;
    private final SpikeBuffer buffer;
    private final Counts counts;
    private final int[] ends = new int[SpikeBuffer.REGIONS];
    private final int[] endsNow = new int[SpikeBuffer.REGIONS];
    /** Of each region how many lists were foretold that have not come whole. */
    private final int[] coming = new int[SpikeBuffer.REGIONS];
    private final Bell bell;
    private Optional<Bell> awaited = Optional.empty();
    private boolean ended;

    /**
     * Begins to listen.
     *
     * @param mesh between the cores
     * @param core who listens
     * @param buffer of that core
     * @param counts of that core
     */
    public MeshArrivals(Mesh mesh, int core, SpikeBuffer buffer, Counts counts) {
        this.mesh = mesh;
        this.core = core;
        this.buffer = buffer;
        this.counts = counts;
        this.bell = mesh.bellOf(core);
        mesh.listen(core, region -> come(region, 1));
    }

    private void come(int region, int lists) {
        coming[region] += lists;
        int regions = 0;
        for (int i = 0; i < coming.length; i++) {
            regions |= coming[i] > 0 ? 1 << i : 0;
        }
        buffer.mayWrite(SharedPort.User.ARRIVALS, regions);
    }

    /** The tag of an event: its region in 5 bits, its step in the 10 above. */
    static int tag(int region, int step) {
        return step << 5 | region;
    }

    /** The tag of the message behind the last event. */
    static int endTag(int region) {
        return END | region;
    }

    private static boolean isEnd(Message message) {
        return (message.tag() & END) != 0;
    }

    private static int region(Message message) {
        return message.tag() & 31;
    }

    @Override
    public void request() {
        if (mesh.received(core).filter(message -> !isEnd(message)).isPresent()) {
            buffer.writePort().want(SharedPort.User.ARRIVALS);
        }
    }

    @Override
    public boolean tick() {
        Optional<Message> message = mesh.received(core);
        if (message.isEmpty() || !isEnd(message.get()) && !buffer.writePort().granted(SharedPort.User.ARRIVALS)) {
            return false;
        }
        take(message.get());
        mesh.take(core);
        return true;
    }

    private void take(Message message) {
        if (isEnd(message)) {
            endsNow[region(message)]++;
            ended = true;
            come(region(message), -1);
        } else {
            buffer.write(region(message), message.tag() >>> 5, message.payload());
            counts.count(message.layer(), Counter.SPIKE_WRITES, 1);
        }
    }

    @Override
    public Bell bell() {
        return bell;
    }

    /** Rings a bell whenever a list has come whole. */
    void ringOnEnd(Bell bell) {
        awaited = Optional.of(bell);
    }

    @Override
    public void commit() {
        if (!ended) {
            return;
        }
        ended = false;
        awaited.ifPresent(Bell::ring);
        for (int region = 0; region < ends.length; region++) {
            ends[region] += endsNow[region];
            endsNow[region] = 0;
        }
    }

    /** Whether so many lists for a region have come whole. */
    boolean complete(int region, int senders) {
        return ends[region] >= senders;
    }

    /** Takes so many lists for a region as awaited, if they have come whole. */
    boolean take(int region, int senders) {
        if (!complete(region, senders)) {
            return false;
        }
        ends[region] -= senders;
        return true;
    }

    @Override
    public long quiet() {
        return mesh.received(core).isPresent() ? 0 : FOREVER;
    }

    @Override
    public void skip(long cycles) {
    }
}
