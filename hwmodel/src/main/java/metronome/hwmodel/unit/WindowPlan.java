package metronome.hwmodel.unit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import metronome.core.io.DataException;
import metronome.hwmodel.memory.SpikeBuffer;
import metronome.isa.instruction.Control;
import metronome.isa.instruction.Instruction;
import metronome.isa.instruction.LifOperation;

/**
 * The windows that a program integrates into cleared tiles, told from its instructions before it runs, so that the arithmetic of one can
 * begin as soon as its events and weights are there. What is told only saves time: whether it was right is seen when the window begins.
 */
final class WindowPlan {
    /** Of a program of which nothing is told. */
    static final WindowPlan NONE = new WindowPlan();

    private final List<Optional<Planned>> windows = new ArrayList<>();
    private final List<Control> controls = new ArrayList<>();
    /** Of each region, after how many instructions the array has itself fired into it. */
    private final int[] fired = new int[SpikeBuffer.REGIONS];
    private int instructions;
    private boolean cleared;

    /**
     * A window.
     *
     * @param tile cleared before it
     * @param integrate the instruction
     * @param inputs channels of the input
     * @param leak lambda in Q0.16
     * @param after how many instructions the array must have begun, as some fire what is integrated
     * @param controls of the instructions from the choice of the tile on, for whose semaphores the array will wait
     */
    record Planned(Tile tile, LifOperation.Integrate integrate, int inputs, int leak, int after, List<Control> controls) {
    }

    private WindowPlan() {
    }

    /**
     * {@return the plan of a program, up to an instruction that the registers refuse}
     *
     * @param code all instructions of the core
     * @param registers those of an array at rest; they are changed
     */
    static WindowPlan of(List<Instruction> code, LifRegisters registers) {
        WindowPlan plan = new WindowPlan();
        try {
            for (Instruction instruction : code) {
                if (instruction.operation() instanceof LifOperation lif) {
                    plan.add(lif, instruction.control(), registers);
                }
            }
        } catch (DataException _) { // the array itself will refuse the instruction, if it comes to it
        }
        return plan;
    }

    private void add(LifOperation operation, Control control, LifRegisters registers) {
        controls.add(control);
        instructions++;
        switch (operation) {
            case LifOperation.LifShape s -> registers.shape(s);
            case LifOperation.LifGroups g -> registers.groups(g);
            case LifOperation.LifTile t -> {
                registers.tile(t);
                controls.clear();
                controls.add(control);
                cleared = false;
            }
            case LifOperation.LifNeuron n -> registers.parameters(registers.parameters().with(n));
            case LifOperation.Clear _ -> cleared = true;
            case LifOperation.Integrate i -> {
                windows.add(cleared && i.from() == 0 ? Optional.of(new Planned(registers.tile(), i, registers.inChannels(),
                        registers.parameters().leak(), fired[i.region()], List.copyOf(controls))) : Optional.empty());
                cleared = false;
            }
            case LifOperation.LifGate _, LifOperation.LifMode _ -> { }
            case LifOperation.Fire f -> {
                fired[f.region()] = instructions + 1;
                cleared = false;
            }
            case LifOperation.Bias _, LifOperation.ReadOut _, LifOperation.Run _ -> cleared = false;
        }
    }

    /** The window of an integration, by its number in the program, if it was told. */
    Optional<Planned> window(int number) {
        return number < windows.size() ? windows.get(number) : Optional.empty();
    }
}
