package metronome.hwmodel.unit;

import metronome.core.io.DataException;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Stall;
import metronome.hwmodel.memory.SharedPort;
import metronome.hwmodel.memory.SpikeBuffer;
import metronome.hwmodel.memory.Storage;
import metronome.isa.instruction.Operation;
import metronome.isa.instruction.StoreOperation;
import metronome.isa.program.Event;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;

/** The DMA engine for stores (rules DMA-1 to DMA-3 and DMA-6). */
public final class StoreEngine extends DmaEngine {
    private final BurstTransfer transfer;
    private final EventReader reader;
    private final SpikeBuffer buffer;
    private final Storage dram;
    private final Storage activations;
    private Operation operation;
    private boolean collecting;
    private int step;
    private int stepEvents;
    private int eventAddress;
    private long sleptFrom;

    /**
     * Creates an engine at rest.
     *
     * @param target gives the queue
     * @param surroundings what units share
     * @param port to the DRAM
     * @param buffer the spike buffer
     * @param memories DRAM and activations: their bytes
     */
    public StoreEngine(Target target, Surroundings surroundings, DramPort port, SpikeBuffer buffer, Memories memories) {
        BurstTransfer bursts = new BurstTransfer(port, SharedPort.User.STORE, true, target.count(TargetField.STORE_QUEUE));
        super(Component.STORE, surroundings, bursts);
        this.transfer = bursts;
        this.reader = new EventReader(buffer, SharedPort.User.STORE);
        this.buffer = buffer;
        this.dram = memories.dram();
        this.activations = memories.activations();
    }

    @Override
    public void request() {
        if (executing() && collecting) {
            reader.request(true);
        } else if (executing()) {
            transfer.want();
        }
    }

    @Override
    boolean start(Operation started) {
        operation = started;
        switch ((StoreOperation) started) {
            case StoreOperation.StoreSpikes s -> {
                if (s.steps() != buffer.steps()) {
                    throw new DataException("store.spikes: a list of " + s.steps() + " steps, windows have "
                            + buffer.steps());
                }
                collecting = true;
                eventAddress = s.dram() + 4 * (s.steps() + 1);
                require(s.dram(), eventAddress - s.dram());
                beginStep(s, 0);
            }
            case StoreOperation.StoreActivations a -> storeActivations(a);
        }
        return collecting || !transfer.finished();
    }

    private void storeActivations(StoreOperation.StoreActivations a) {
        collecting = false;
        require(a.dram(), a.bytes());
        if ((long) a.scratch() + a.bytes() > activations.bytes().length) {
            throw new DataException("store.activations: " + a.bytes() + " bytes at " + a.scratch()
                    + " pass the end of the buffer, " + activations.bytes().length);
        }
        dram.put(activations.bytes(), a.scratch(), a.dram(), a.bytes());
        count(Counter.SPIKE_READS, Math.ceilDiv(a.bytes(), 4));
        beginWriting(a.dram(), a.bytes());
    }

    private void beginWriting(int address, int bytes) {
        transfer.begin(address, bytes);
        count(Counter.STORE_WORDS, Math.ceilDiv(bytes, 4));
    }

    private void require(long address, long bytes) {
        if (address + bytes > dram.bytes().length) {
            throw new DataException("store of " + bytes + " bytes at " + address + " passes the end of the DRAM, "
                    + dram.bytes().length);
        }
    }

    /** Goes to the next step that has events, or to writing. */
    private void beginStep(StoreOperation.StoreSpikes s, int first) {
        step = first;
        while (step <= s.steps() && buffer.size(s.region(), step) == 0) {
            dram.putWord(s.dram() + 4 * step, 0);
            step++;
        }
        if (step > s.steps()) {
            collecting = false;
            buffer.release(s.region());
            beginWriting(s.dram(), eventAddress - s.dram());
        } else {
            stepEvents = 0;
            reader.begin(s.region(), step);
        }
    }

    @Override
    void ended() {
        buffer.end(SharedPort.User.STORE);
    }

    @Override
    boolean step() {
        if (collecting) {
            collect((StoreOperation.StoreSpikes) operation);
            return false;
        }
        return stepBursts();
    }

    @Override
    boolean handOn(boolean alone) {
        boolean done = transfer.available();
        while (transfer.available()) {
            transfer.take();
        }
        return done;
    }

    @Override
    Pace pace() {
        return Pace.ALL;
    }

    @Override
    void handOnWhole(int address, int bursts) {
    }

    /** DMA-6: one event a cycle from the spike buffer to the store queue. */
    private void collect(StoreOperation.StoreSpikes s) {
        if (!reader.fetch()) {
            stall(Stall.SPIKE_PORT);
            return;
        }
        collected(s);
    }

    private void collected(StoreOperation.StoreSpikes s) {
        busy();
        count(Counter.SPIKE_READS, 1);
        require(eventAddress, Event.BYTES);
        dram.putWord(eventAddress, reader.take());
        eventAddress += Event.BYTES;
        stepEvents++;
        if (reader.exhausted()) {
            dram.putWord(s.dram() + 4 * step, stepEvents);
            beginStep(s, step + 1);
        }
    }

    @Override
    public boolean disturbed() {
        return executing() && collecting && (buffer.readPort().known(SharedPort.User.STORE) == 0
                || buffer.beingWritten(((StoreOperation.StoreSpikes) operation).region()));
    }

    @Override
    boolean streams() {
        return !collecting;
    }

    @Override
    long quietSteps() {
        if (!collecting) {
            return transfer.waits() ? FOREVER : 0;
        }
        if (disturbed()) {
            return 0;
        }
        SharedPort port = buffer.readPort();
        sleptFrom = port.now();
        return Math.min(port.known(SharedPort.User.STORE), port.cyclesUntilFree(reader.left()) - 1);
    }

    @Override
    void skipSteps(long cycles) {
        if (!collecting) {
            await(cycles);
            return;
        }
        if (logsStalls()) {
            for (long i = 0; i < cycles; i++) {
                skipCollecting(1);
            }
        } else {
            skipCollecting(cycles);
        }
    }

    private void skipCollecting(long cycles) {
        int waits = buffer.readPort().plannedUses(sleptFrom, sleptFrom + cycles);
        sleptFrom += cycles;
        stall(Stall.SPIKE_PORT, waits);
        collectAlone((int) cycles - waits);
    }

    /** Collects events of the step under way, not its last one, when nobody else may want the port. */
    private void collectAlone(int events) {
        busy(events);
        count(Counter.SPIKE_READS, events);
        int fit = Math.min(events, (dram.bytes().length - eventAddress) / Event.BYTES);
        reader.moveAlone(fit, dram, eventAddress);
        eventAddress += fit * Event.BYTES;
        stepEvents += fit;
        if (fit < events) {
            require(eventAddress, Event.BYTES);
        }
    }
}
