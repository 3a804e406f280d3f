package metronome.isa.compiler;

import java.util.function.IntFunction;
import metronome.isa.instruction.Control;
import metronome.isa.instruction.Operation;
import metronome.isa.instruction.StoreOperation;
import metronome.isa.instruction.Unit;

/** Carries spikes to DRAM list by list: a unit fires into one of some regions taken in turn, which is then stored. */
final class SpikeOutput {
    private final Schedule schedule;
    private final int firstRegion;
    private final int[] storeOf;
    private final int steps;
    private int lists;
    private int told;

    SpikeOutput(Schedule schedule, int firstRegion, int regions, int steps) {
        this.schedule = schedule;
        this.firstRegion = firstRegion;
        this.storeOf = new int[regions];
        this.steps = steps;
    }

    /**
     * Emits the instruction that fires and the store.
     *
     * @param control of the instruction that fires, without semaphores for the region
     * @param unit that fires
     * @param fire makes the instruction, given the region
     * @param address of the list in DRAM
     * @param signalsStored whether the store says that the layer is stored
     */
    void emit(Control control, Unit unit, IntFunction<Operation> fire, int address, boolean signalsStored) {
        int turn = lists % storeOf.length;
        Control firing = control.signalling(Semaphores.SPIKES_FIRED + turn);
        if (lists >= storeOf.length) {
            int free = (unit == Unit.POOL ? Semaphores.POOL_MAY_FIRE : Semaphores.LIF_MAY_FIRE) + turn;
            schedule.signal(storeOf[turn], free);
            firing = firing.waiting(free);
        }
        schedule.emit(firing, fire.apply(firstRegion + turn));
        Control storing = Control.of(control.layer()).waiting(Semaphores.SPIKES_FIRED + turn);
        storeOf[turn] = schedule.emit(signalsStored ? storing.signalling(Semaphores.STORED) : storing,
                new StoreOperation.StoreSpikes(firstRegion + turn, steps, address));
        lists++;
    }

    /** Lets the last store signal, if there was one since this was asked before; returns whether there was. */
    boolean signalLast(int semaphore) {
        boolean stored = lists > told;
        if (stored) {
            schedule.signal(storeOf[(lists - 1) % storeOf.length], semaphore);
        }
        told = lists;
        return stored;
    }
}
