package metronome.hwmodel.unit;

import java.util.List;
import java.util.Map;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Counts;
import metronome.hwmodel.count.Stall;
import metronome.isa.instruction.Instruction;
import metronome.isa.instruction.Operation;
import metronome.isa.instruction.Unit;

/** Fetches, decodes and dispatches one instruction a cycle, in order, to the queues of the units (rules SEQ-1 to 4). */
public final class Sequencer implements Clocked {
    private final List<Instruction> code;
    private final Map<Unit, ExecutionUnit> units;
    private final SemaphoreFile semaphores;
    private final Counts counts;
    private int next;
    private boolean ended;
    private boolean unitsIdle;

    /**
     * Creates a sequencer at the first instruction.
     *
     * @param code ends with {@code end}
     * @param units to which it dispatches
     * @param semaphores of the core
     * @param counts where actions and cycles go
     */
    public Sequencer(List<Instruction> code, Map<Unit, ExecutionUnit> units, SemaphoreFile semaphores, Counts counts) {
        this.code = code;
        this.units = units;
        this.semaphores = semaphores;
        this.counts = counts;
    }

    @Override
    public void request() {
        unitsIdle = unitsIdle();
    }

    @Override
    public boolean tick() {
        if (ended) {
            return false;
        }
        Instruction instruction = code.get(next);
        return instruction.operation() instanceof Operation.End ? end(instruction) : dispatch(instruction);
    }

    private boolean dispatch(Instruction instruction) {
        ExecutionUnit unit = units.get(instruction.unit());
        if (!unit.accepts()) {
            counts.stall(Component.SEQUENCER, Stall.QUEUE_FULL, 1);
            return false;
        }
        unit.offer(instruction);
        return advance(instruction);
    }

    private boolean end(Instruction instruction) {
        if (!unitsIdle || !semaphores.take(instruction.control())) {
            counts.stall(Component.SEQUENCER, Stall.SEMAPHORE, 1);
            return false;
        }
        ended = true;
        return advance(instruction);
    }

    private boolean advance(Instruction instruction) {
        counts.busy(Component.SEQUENCER, 1);
        counts.count(instruction.control().layer(), Counter.INSTRUCTIONS, 1);
        next++;
        return true;
    }

    private boolean unitsIdle() {
        return units.values().stream().allMatch(ExecutionUnit::idle);
    }

    @Override
    public long quiet() {
        if (ended) {
            return FOREVER;
        }
        Instruction instruction = code.get(next);
        boolean moves = instruction.operation() instanceof Operation.End
                ? unitsIdle() && semaphores.available(instruction.control())
                : units.get(instruction.unit()).accepts();
        return moves ? 0 : FOREVER;
    }

    @Override
    public void skip(long cycles) {
        if (!ended) {
            boolean end = code.get(next).operation() instanceof Operation.End;
            counts.stall(Component.SEQUENCER, end ? Stall.SEMAPHORE : Stall.QUEUE_FULL, cycles);
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
