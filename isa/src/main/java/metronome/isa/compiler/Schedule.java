package metronome.isa.compiler;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import metronome.isa.instruction.Control;
import metronome.isa.instruction.Instruction;
import metronome.isa.instruction.LoadOperation;
import metronome.isa.instruction.Operation;

/**
 * Orders the instructions of a program. A stage finds its weights in one half of the scratchpad and its spikes in one of
 * some regions of the spike buffer. Stages that follow each other with the same weights, or the same spikes, share one
 * load. A load is issued when the stages of the load before it begin, so that it overlaps with their work: halves and
 * regions are used in turn, guarded by one semaphore for "ready" and one for "free" each. Weights that do not fit into a
 * half take both (class {@link WeightTurns}); neither they nor the ones behind them are loaded ahead.
 *
 * <p>Every instruction waits only for what instructions before it signal, so that no program stands still.
 */
final class Schedule {
    private final List<Instruction> code = new ArrayList<>();
    private final List<Stage> stages = new ArrayList<>();
    private final WeightTurns turns;
    private final int firstRegion;
    private final int regions;

    private record Stage(int layer, Optional<Weights> weights, Optional<Spikes> spikes, Consumer<Place> body) {
    }

    /**
     * Weights to load.
     *
     * @param address in DRAM
     * @param bytes how many
     */
    record Weights(int address, int bytes) {
    }

    /**
     * Spikes to load.
     *
     * @param lists makes the instructions, given the region; at least one
     * @param ready semaphore that says to the reader that the first of the regions is full; the next one, the second
     * @param stored whether the first list has to wait until it is stored, so that it cannot be loaded ahead
     */
    record Spikes(Function<Integer, List<LoadOperation.LoadSpikes>> lists, int ready, boolean stored) {
    }

    /**
     * Where a stage finds what was loaded.
     *
     * @param half of the weight scratchpad, 0 or 1
     * @param firstOfWeights whether no earlier stage waited for these weights
     * @param lastOfWeights whether no later stage uses them
     * @param region of the spike buffer
     * @param turn number of the region among those taken in turn
     * @param firstOfSpikes whether no earlier stage waited for these spikes
     * @param lastOfSpikes whether no later stage uses them
     */
    record Place(int half, boolean firstOfWeights, boolean lastOfWeights, int region, int turn, boolean firstOfSpikes,
            boolean lastOfSpikes) {
    }

    /**
     * Creates an empty schedule.
     *
     * @param halfBytes bytes of half of the weight scratchpad
     * @param firstRegion of those that take spikes from DRAM in turn
     * @param regions how many there are
     */
    Schedule(int halfBytes, int firstRegion, int regions) {
        this.turns = new WeightTurns(halfBytes);
        this.firstRegion = firstRegion;
        this.regions = regions;
    }

    /** Adds a stage that needs nothing from DRAM; its body emits the instructions. */
    void stage(int layer, Runnable body) {
        stage(layer, Optional.empty(), Optional.empty(), _ -> body.run());
    }

    /** Adds a stage that needs weights; its body emits the instructions, given the half that they are in. */
    void stage(int layer, Weights weights, IntConsumer body) {
        stage(layer, Optional.of(weights), Optional.empty(), place -> body.accept(place.half));
    }

    /** Adds a stage that needs weights or spikes; equal objects in stages that follow each other are loaded once. */
    void stage(int layer, Optional<Weights> weights, Optional<Spikes> spikes, Consumer<Place> body) {
        stages.add(new Stage(layer, weights, spikes, body));
    }

    /** Appends an instruction and returns its number; called by the bodies of stages. */
    int emit(Control control, Operation operation) {
        code.add(new Instruction(control, operation));
        return code.size() - 1;
    }

    /** Lets an instruction that was emitted signal one semaphore more. */
    void signal(int number, int semaphore) {
        Instruction old = code.get(number);
        code.set(number, new Instruction(old.control().signalling(semaphore), old.operation()));
    }

    /** Where a half of the weight scratchpad begins. */
    int base(int half) {
        return turns.base(half);
    }

    /** Orders all stages and returns the code. */
    List<Instruction> build() {
        Runs<Weights> weights = new Runs<>(stages.stream().map(Stage::weights).toList());
        Runs<Spikes> spikes = new Runs<>(stages.stream().map(Stage::spikes).toList());
        for (int s = 0; s < stages.size(); s++) {
            if (weights.begins(s)) {
                issueWeights(weights, weights.run(s));
                issueAhead(weights, weights.run(s) + 1);
            }
            if (spikes.begins(s)) {
                issueSpikes(spikes, spikes.run(s));
                int next = spikes.run(s) + 1;
                if (regions > 1 && next < spikes.count() && !spikes.item(next).stored) {
                    issueSpikes(spikes, next);
                }
            }
            int turn = Math.max(0, spikes.run(s)) % regions;
            stages.get(s).body.accept(new Place(weights.run(s) < 0 ? 0 : turns.half(weights.run(s)), weights.begins(s), weights.ends(s),
                    firstRegion + turn, turn, spikes.begins(s), spikes.ends(s)));
        }
        return List.copyOf(code);
    }

    /** Loads what there is room for beside the load before it. */
    private void issueAhead(Runs<Weights> runs, int run) {
        if (run < runs.count() && turns.fitHalf(runs.item(run)) && turns.fitHalf(runs.item(run - 1))) {
            issueWeights(runs, run);
        }
    }

    private void issueWeights(Runs<Weights> runs, int run) {
        if (runs.issue(run)) {
            Weights weights = runs.item(run);
            Control control = turns.take(weights, Control.of(stages.get(runs.first(run)).layer()));
            int half = turns.half(run);
            emit(control.signalling(Semaphores.READY + half),
                    new LoadOperation.LoadWeights(weights.bytes(), weights.address(), base(half)));
        }
    }

    private void issueSpikes(Runs<Spikes> runs, int run) {
        if (!runs.issue(run)) {
            return;
        }
        int turn = run % regions;
        Spikes spikes = runs.item(run);
        List<LoadOperation.LoadSpikes> lists = spikes.lists.apply(firstRegion + turn);
        for (int i = 0; i < lists.size(); i++) {
            Control control = Control.of(stages.get(runs.first(run)).layer());
            if (i == 0 && run >= regions) {
                control = control.waiting(Semaphores.SPIKES_TAKEN + turn);
            }
            if (i == 0 && spikes.stored) {
                control = control.waiting(Semaphores.STORED);
            }
            emit(i < lists.size() - 1 ? control : control.signalling(spikes.ready + turn), lists.get(i));
        }
    }
}
