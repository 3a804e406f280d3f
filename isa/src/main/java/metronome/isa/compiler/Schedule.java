package metronome.isa.compiler;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import metronome.isa.instruction.Control;
import metronome.isa.instruction.Instruction;
import metronome.isa.instruction.Operation;

/**
 * Orders the instructions of a program. A stage with weights finds them in one half of the scratchpad; its load is
 * issued before the previous such stage, so that it overlaps with that stage's work: halves are used in turn, guarded by
 * one semaphore for "ready" and one for "free" each.
 */
final class Schedule {
    private final List<Instruction> code = new ArrayList<>();
    private final List<Stage> stages = new ArrayList<>();
    private final int halfBytes;

    private record Stage(int layer, Optional<Weights> weights, IntConsumer body) {
    }

    private record Weights(int address, int bytes) {
    }

    /**
     * Creates an empty schedule.
     *
     * @param halfBytes bytes of half of the weight scratchpad
     */
    Schedule(int halfBytes) {
        this.halfBytes = halfBytes;
    }

    /** Adds a stage that needs no weights; its body emits the instructions. */
    void stage(int layer, Runnable body) {
        stages.add(new Stage(layer, Optional.empty(), _ -> body.run()));
    }

    /** Adds a stage that needs weights; its body emits the instructions, given the half that they are in. */
    void stage(int layer, int address, int bytes, IntConsumer body) {
        stages.add(new Stage(layer, Optional.of(new Weights(address, bytes)), body));
    }

    /** Appends an instruction; called by the bodies of stages. */
    void emit(Control control, Operation operation) {
        code.add(new Instruction(control, operation));
    }

    /** Where a half of the weight scratchpad begins. */
    int base(int half) {
        return half * halfBytes;
    }

    /** Orders all stages and returns the code. */
    List<Instruction> build() {
        List<Stage> loads = stages.stream().filter(s -> s.weights().isPresent()).toList();
        int used = 0;
        for (Stage stage : stages) {
            if (stage.weights().isEmpty()) {
                stage.body().accept(0);
                continue;
            }
            if (used == 0) {
                load(loads.getFirst(), 0);
            }
            if (used + 1 < loads.size()) {
                load(loads.get(used + 1), used + 1);
            }
            stage.body().accept(used % 2);
            used++;
        }
        return List.copyOf(code);
    }

    private void load(Stage stage, int number) {
        int half = number % 2;
        Control control = Control.of(stage.layer()).signalling(Semaphores.READY + half);
        Weights weights = stage.weights().orElseThrow();
        emit(number < 2 ? control : control.waiting(Semaphores.FREE + half),
                new Operation.LoadWeights(weights.bytes(), weights.address(), base(half)));
    }
}
