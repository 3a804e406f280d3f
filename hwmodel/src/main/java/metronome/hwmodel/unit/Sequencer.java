package metronome.hwmodel.unit;

import java.util.List;
import java.util.Map;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Counts;
import metronome.hwmodel.count.Stall;
import metronome.hwmodel.memory.SharedPort;
import metronome.isa.instruction.Instruction;
import metronome.isa.instruction.Operation;
import metronome.isa.instruction.Unit;
import metronome.isa.instruction.Word;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;

/** Fetches, decodes and dispatches one instruction a cycle, in order, to the queues of the units (rules SEQ-1 to 5). */
public final class Sequencer extends Clocked {
    private final List<Instruction> code;
    private final ExecutionUnit[] units;
    /** Of each instruction the unit that executes it, which those of the sequencer itself lack. */
    private final ExecutionUnit[] executing;
    private final SemaphoreFile semaphores;
    private final Counts counts;
    private final BurstTransfer fetch;
    private final int codeAddress;
    private int next;
    private boolean ended;
    private boolean unitsIdle;
    private ExecutionUnit offered;
    private final Bell bell;
    private final UnitLog log;
    private final boolean logging;

    /**
     * Creates a sequencer at the first instruction.
     *
     * @param code that it fetches from DRAM
     * @param codeAddress where it lies there
     * @param target gives the size of the buffer
     * @param units to which it dispatches
     * @param semaphores of the core
     * @param counts where actions and cycles go
     * @param port to the DRAM
     * @param progress of the units, by which they wake the sequencer
     * @param log of the sequencer
     */
    public Sequencer(List<Instruction> code, int codeAddress, Target target, Map<Unit, ExecutionUnit> units,
            SemaphoreFile semaphores, Counts counts, DramPort port, Bell progress, UnitLog log) {
        this.code = code;
        this.codeAddress = codeAddress;
        int bursts = target.count(TargetField.BUFFER) * Word.BYTES / port.burstBytes();
        this.fetch = new BurstTransfer(port, SharedPort.User.FETCH, false, Math.max(1, bursts));
        fetch.begin(codeAddress, code.size() * Word.BYTES);
        this.units = units.values().toArray(ExecutionUnit[]::new);
        this.executing = code.stream().map(instruction -> units.get(instruction.unit())).toArray(ExecutionUnit[]::new);
        this.semaphores = semaphores;
        this.counts = counts;
        this.bell = progress;
        this.log = log;
        this.logging = log.on();
    }

    /**
     * Takes note of a burst that has come.
     *
     * @param token of a request for instructions
     */
    public void completed(long token) {
        fetch.completed(token);
        bell.ring();
    }

    @Override
    public Bell bell() {
        return bell;
    }

    @Override
    public void commit() {
        fetch.commit();
        if (offered != null) {
            offered.deliver();
            offered = null;
        }
    }

    @Override
    public void request() {
        unitsIdle = !ended && code.get(next).operation() instanceof Operation.End && unitsIdle();
        fetch.want();
    }

    @Override
    public boolean tick() {
        boolean moved = !ended && work();
        if (logging) {
            log.passed(1);
        }
        return moved;
    }

    private boolean work() {
        boolean there = fetch.available();
        boolean requested = fetch.request(layerOfFetch());
        if (!there) {
            stall(Stall.FETCH, 1);
            return true;
        }
        Instruction instruction = code.get(next);
        return (instruction.operation() instanceof Operation.End ? end(instruction) : dispatch(instruction)) || requested;
    }

    /** SEQ-4: the layer of the first instruction in the burst that is requested next. */
    private int layerOfFetch() {
        return fetch.mayRequest() ? code.get(fetch.requestAddress(codeAddress) / Word.BYTES).control().layer() : 0;
    }

    private boolean dispatch(Instruction instruction) {
        ExecutionUnit unit = executing[next];
        if (!unit.accepts()) {
            stall(Stall.QUEUE_FULL, 1);
            return false;
        }
        unit.offer(instruction, next);
        offered = unit;
        return advance(instruction, unit.component());
    }

    private void stall(Stall cause, long cycles) {
        counts.stall(Component.SEQUENCER, cause, cycles);
        if (logging) {
            log.stalled(cause, cycles, code.get(next).control().layer());
        }
    }

    private boolean end(Instruction instruction) {
        if (!unitsIdle || !semaphores.take(instruction.control())) {
            stall(Stall.SEMAPHORE, 1);
            return false;
        }
        ended = true;
        return advance(instruction, Component.SEQUENCER);
    }

    private boolean advance(Instruction instruction, Component unit) {
        counts.busy(Component.SEQUENCER, 1);
        if (logging) {
            log.busy(1);
            log.dispatched(unit, next, instruction.control().layer());
        }
        counts.count(instruction.control().layer(), Counter.INSTRUCTIONS, 1);
        next++;
        if ((codeAddress + next * Word.BYTES) % fetch.burstBytes() == 0 || ended) {
            fetch.take();
        }
        return true;
    }

    private boolean unitsIdle() {
        for (ExecutionUnit unit : units) {
            if (!unit.idle()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public long quiet() {
        if (ended || fetch.waits()) {
            return FOREVER;
        }
        if (fetch.mayRequestNow()) {
            return 0;
        }
        Instruction instruction = code.get(next);
        boolean moves = instruction.operation() instanceof Operation.End
                ? unitsIdle() && semaphores.available(instruction.control())
                : executing[next].accepts();
        return moves ? 0 : FOREVER;
    }

    @Override
    public void skip(long cycles) {
        if (!ended) {
            boolean end = code.get(next).operation() instanceof Operation.End;
            stall(!fetch.available() ? Stall.FETCH : end ? Stall.SEMAPHORE : Stall.QUEUE_FULL, cycles);
        }
        if (logging) {
            log.passed(cycles);
        }
    }

    /** {@return whether the program has ended} */
    public boolean ended() {
        return ended;
    }

    /** {@return which instruction is next, in words} */
    public String waiting() {
        return "sequencer: at instruction " + next + " of " + code.size();
    }
}
