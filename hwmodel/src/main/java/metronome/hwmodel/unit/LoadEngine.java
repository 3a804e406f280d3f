package metronome.hwmodel.unit;

import metronome.core.io.DataException;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.memory.SharedPort;
import metronome.hwmodel.memory.SpikeBuffer;
import metronome.hwmodel.memory.Storage;
import metronome.isa.instruction.LoadOperation;
import metronome.isa.instruction.Operation;
import metronome.isa.program.Event;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;

/** The DMA engine for loads (rules DMA-1 to DMA-5). */
public final class LoadEngine extends DmaEngine {
    private final BurstTransfer transfer;
    private final SpikeBuffer buffer;
    private final Storage dram;
    private final Storage weights;
    private final Storage activations;
    private final int width;
    private final int weightWord;
    private Operation operation;
    private int step;
    private int eventsLeftInStep;
    private int eventAddress;
    private int listEnd;
    private boolean headerTaken;

    /**
     * Creates an engine at rest.
     *
     * @param target gives queue and widths
     * @param surroundings what units share
     * @param port to the DRAM
     * @param buffer the spike buffer
     * @param memories DRAM, weights, activations: their bytes
     */
    public LoadEngine(Target target, Surroundings surroundings, DramPort port, SpikeBuffer buffer, Memories memories) {
        BurstTransfer bursts = new BurstTransfer(port, SharedPort.User.LOAD, false, target.count(TargetField.LOAD_QUEUE));
        super(Component.LOAD, surroundings, bursts);
        this.transfer = bursts;
        this.buffer = buffer;
        this.dram = memories.dram();
        this.weights = memories.weights();
        this.activations = memories.activations();
        this.width = target.count(TargetField.ARBITER_WIDTH);
        this.weightWord = target.count(TargetField.WEIGHT_WORD);
    }

    @Override
    public void request() {
        if (executing()) {
            transfer.want();
            if (eventsInHand()) {
                buffer.writePort().want(SharedPort.User.LOAD);
            }
        }
    }

    private boolean eventsInHand() {
        return operation instanceof LoadOperation.LoadSpikes && headerTaken && eventAddress < listEnd
                && transfer.available();
    }

    @Override
    boolean start(Operation started) {
        operation = started;
        switch ((LoadOperation) started) {
            case LoadOperation.LoadWeights w -> beginBytes(w.dram(), w.bytes(), w.scratch(), weights);
            case LoadOperation.LoadActivations a -> beginBytes(a.dram(), a.bytes(), a.scratch(), activations);
            case LoadOperation.LoadSpikes s -> beginList(s);
        }
        return !transfer.finished();
    }

    private void beginBytes(int address, int bytes, int scratch, Storage to) {
        require(address, bytes, dram, "DRAM");
        require(scratch, bytes, to, "scratchpad");
        transfer.begin(address, bytes);
    }

    private void beginList(LoadOperation.LoadSpikes s) {
        int header = 4 * (s.steps() + 1);
        if (s.steps() != buffer.steps()) {
            throw new DataException("load.spikes: a list of " + s.steps() + " steps, windows have " + buffer.steps());
        }
        require(s.dram(), header, dram, "DRAM");
        transfer.begin(s.dram(), header);
        buffer.beginWriting(SharedPort.User.LOAD, s.region());
        headerTaken = false;
        eventAddress = s.dram() + header;
        listEnd = eventAddress;
    }

    private static void require(long address, long bytes, Storage memory, String name) {
        if (address + bytes > memory.bytes().length) {
            throw new DataException("load of " + bytes + " bytes at " + address + " passes the end of the " + name
                    + ", " + memory.bytes().length);
        }
    }

    @Override
    void ended() {
        buffer.end(SharedPort.User.LOAD);
    }

    @Override
    boolean step() {
        return stepBursts();
    }

    @Override
    boolean handOn(boolean alone) {
        return transfer.available() && switch ((LoadOperation) operation) {
            case LoadOperation.LoadWeights w -> copy(w.dram(), w.bytes(), w.scratch(), weights);
            case LoadOperation.LoadActivations a -> copy(a.dram(), a.bytes(), a.scratch(), activations);
            case LoadOperation.LoadSpikes s -> headerTaken ? events(s, alone) : header(s);
        };
    }

    private boolean copy(int from, int bytes, int scratch, Storage to) {
        int start = Math.max(transfer.address(), from);
        int end = Math.min(transfer.address() + transfer.burstBytes(), from + bytes);
        to.copy(dram, start, scratch + start - from, end - start);
        countCopied(to, 1, end - start);
        transfer.take();
        return true;
    }

    private void countCopied(Storage to, int bursts, int bytesOfEach) {
        int words = Math.ceilDiv(bytesOfEach, 4);
        count(Counter.LOAD_WORDS, (long) bursts * words);
        if (to == weights) {
            count(Counter.WEIGHT_WRITES, (long) bursts * Math.ceilDiv(bytesOfEach, weightWord));
        } else {
            count(Counter.SPIKE_WRITES, (long) bursts * words);
        }
    }

    private void copyWhole(int from, int scratch, Storage to, int address, int bursts) {
        to.copy(dram, address, scratch + address - from, bursts * transfer.burstBytes());
        countCopied(to, bursts, transfer.burstBytes());
    }

    @Override
    Pace pace() {
        boolean whole = switch ((LoadOperation) operation) {
            case LoadOperation.LoadWeights w -> transfer.address() >= w.dram();
            case LoadOperation.LoadActivations a -> transfer.address() >= a.dram();
            case LoadOperation.LoadSpikes _ -> headerTaken && eventAddress == transfer.address()
                    && transfer.burstBytes() <= width * Event.BYTES;
        };
        return whole ? Pace.ONE : Pace.UNKNOWN;
    }

    @Override
    void handOnWhole(int address, int bursts) {
        switch ((LoadOperation) operation) {
            case LoadOperation.LoadWeights w -> copyWhole(w.dram(), w.scratch(), weights, address, bursts);
            case LoadOperation.LoadActivations a -> copyWhole(a.dram(), a.scratch(), activations, address, bursts);
            case LoadOperation.LoadSpikes s -> moveEvents(s, address + bursts * transfer.burstBytes());
        }
    }

    /** DMA-5: the counts come first; when all are there, the rest of the list is known. */
    private boolean header(LoadOperation.LoadSpikes s) {
        int burstEnd = transfer.address() + transfer.burstBytes();
        int headerEnd = s.dram() + 4 * (s.steps() + 1);
        if (burstEnd < headerEnd) {
            countHeaderWords(Math.max(transfer.address(), s.dram()), burstEnd);
            transfer.take();
            return true;
        }
        countHeaderWords(Math.max(transfer.address(), s.dram()), headerEnd);
        long events = 0;
        for (int k = 0; k <= s.steps(); k++) {
            events += dram.word(s.dram() + 4 * k) & 0xffffffffL;
        }
        require(headerEnd, events * Event.BYTES, dram, "DRAM");
        headerTaken = true;
        listEnd = headerEnd + (int) events * Event.BYTES;
        step = 0;
        eventsLeftInStep = dram.word(s.dram());
        if (events > 0) {
            transfer.extend(headerEnd, listEnd - headerEnd);
        }
        if (burstEnd == headerEnd || events == 0) {
            transfer.take();
        }
        return true;
    }

    private void countHeaderWords(int start, int end) {
        count(Counter.LOAD_WORDS, (end - start) / 4);
    }

    private boolean events(LoadOperation.LoadSpikes s, boolean alone) {
        if (!alone && !buffer.writePort().granted(SharedPort.User.LOAD)) {
            return false;
        }
        int burstEnd = Math.min(transfer.address() + transfer.burstBytes(), listEnd);
        moveEvents(s, Math.min(burstEnd, eventAddress + width * Event.BYTES));
        if (eventAddress == burstEnd) {
            transfer.take();
        }
        return true;
    }

    /** Writes the events up to an address to the spike buffer, step by step. */
    private void moveEvents(LoadOperation.LoadSpikes s, int end) {
        count(Counter.LOAD_WORDS, (end - eventAddress) / Event.BYTES);
        int written = 0;
        while (eventAddress < end) {
            while (eventsLeftInStep == 0) {
                eventsLeftInStep = dram.word(s.dram() + 4 * ++step);
            }
            int events = Math.min((end - eventAddress) / Event.BYTES, eventsLeftInStep);
            written += moveEvents(s, eventAddress, events);
            eventsLeftInStep -= events;
            eventAddress += events * Event.BYTES;
        }
        count(Counter.SPIKE_WRITES, written);
    }

    /** Writes some events of the step under way; returns how many of them the region keeps. */
    private int moveEvents(LoadOperation.LoadSpikes s, int address, int events) {
        if (s.columns() == 0 && s.raise() == 0) {
            buffer.write(s.region(), step, dram, address, events);
            return events;
        }
        int written = 0;
        for (int i = 0; i < events; i++) {
            int event = dram.word(address + i * Event.BYTES);
            if (keeps(s, Event.column(event))) {
                buffer.write(s.region(), step, Event.raised(event, s.raise()));
                written++;
            }
        }
        return written;
    }

    private static boolean keeps(LoadOperation.LoadSpikes s, int column) {
        return s.columns() == 0 || column >= s.firstColumn() && column < s.firstColumn() + s.columns();
    }

    @Override
    boolean streams() {
        return true;
    }

    @Override
    long quietSteps() {
        return transfer.waits() ? FOREVER : 0;
    }

    @Override
    void skipSteps(long cycles) {
        await(cycles);
    }
}
