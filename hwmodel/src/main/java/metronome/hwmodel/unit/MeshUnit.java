package metronome.hwmodel.unit;

import metronome.core.io.DataException;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Stall;
import metronome.hwmodel.memory.SharedPort;
import metronome.hwmodel.memory.SpikeBuffer;
import metronome.hwmodel.mesh.Mesh;
import metronome.hwmodel.mesh.Message;
import metronome.isa.instruction.MeshOperation;
import metronome.isa.instruction.Operation;

/** The unit that sends regions over the mesh and waits for those of others (rules CORE-4 and CORE-5). */
public final class MeshUnit extends ExecutionUnit {
    private final MeshArrivals arrivals;
    private final SpikeBuffer buffer;
    private final Mesh mesh;
    private final int core;
    private final long running;
    private final EventReader reader;
    private Operation operation;
    private long destinations;
    private int step;

    /**
     * Creates a unit at rest.
     *
     * @param surroundings what units share
     * @param arrivals of the same core
     * @param buffer the spike buffer
     * @param mesh between the cores
     * @param core whose unit it is
     * @param running the cores that have code, as a mask
     */
    public MeshUnit(Surroundings surroundings, MeshArrivals arrivals, SpikeBuffer buffer, Mesh mesh, int core,
            long running) {
        super(Component.MESH, surroundings);
        this.arrivals = arrivals;
        arrivals.ringOnEnd(bell());
        this.buffer = buffer;
        this.mesh = mesh;
        this.core = core;
        this.running = running;
        this.reader = new EventReader(buffer, SharedPort.User.MESH);
    }

    @Override
    boolean start(Operation started) {
        operation = started;
        if (started instanceof MeshOperation.SendSpikes send) {
            destinations = mesh.grid().rectangle(send.firstColumn(), send.columns(), send.firstRow(), send.rows());
            if (destinations == 0 || (destinations & ~running) != 0) {
                throw new DataException("send.spikes: columns from " + send.firstColumn() + ", " + send.columns()
                        + " of them, rows from " + send.firstRow() + ", " + send.rows()
                        + " of them, are not all cores that have code");
            }
            mesh.foretell(destinations, send.destination());
            goTo(send, 0);
        }
        return true;
    }

    /** Goes to the next step that has events, or past the last. */
    private void goTo(MeshOperation.SendSpikes send, int first) {
        step = first;
        while (step <= buffer.steps() && buffer.size(send.region(), step) == 0) {
            step++;
        }
        if (step <= buffer.steps()) {
            reader.begin(send.region(), step);
        }
    }

    @Override
    public void request() {
        if (executing() && operation instanceof MeshOperation.SendSpikes && step <= buffer.steps()) {
            reader.request(mesh.accepts(core));
        }
    }

    @Override
    boolean step() {
        return switch ((MeshOperation) operation) {
            case MeshOperation.SendSpikes send when step > buffer.steps() -> end(send);
            case MeshOperation.SendSpikes send -> {
                send(send);
                yield false;
            }
            case MeshOperation.ReceiveSpikes receive -> receive(receive);
        };
    }

    /** One event from the register to the mesh, the next one into the register. */
    private void send(MeshOperation.SendSpikes send) {
        boolean sent = reader.held() && mesh.accepts(core);
        if (sent) {
            mesh.send(core, message(MeshArrivals.tag(send.destination(), step), reader.take()));
        }
        boolean fetched = reader.fetch();
        if (fetched) {
            count(Counter.SPIKE_READS, 1);
        }
        if (sent || fetched) {
            busy();
        } else if (reader.held()) {
            await(Stall.MESH, 1);
        } else {
            stall(Stall.SPIKE_PORT);
        }
        if (reader.exhausted()) {
            goTo(send, step + 1);
        }
    }

    private boolean end(MeshOperation.SendSpikes send) {
        if (!mesh.accepts(core)) {
            await(Stall.MESH, 1);
            return false;
        }
        busy();
        mesh.send(core, message(MeshArrivals.endTag(send.destination()), 0));
        buffer.release(send.region());
        return true;
    }

    private Message message(int tag, int payload) {
        return new Message(destinations, tag, payload, layer());
    }

    private boolean receive(MeshOperation.ReceiveSpikes receive) {
        if (!arrivals.take(receive.region(), receive.senders())) {
            await(Stall.MESH, 1);
            return false;
        }
        busy();
        return true;
    }

    @Override
    void ended() {
        buffer.end(SharedPort.User.MESH);
    }

    @Override
    long quietSteps() {
        return operation instanceof MeshOperation.ReceiveSpikes receive
                && !arrivals.complete(receive.region(), receive.senders()) ? FOREVER : 0;
    }

    @Override
    void skipSteps(long cycles) {
        await(Stall.MESH, cycles);
    }
}
