package metronome.isa.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import metronome.isa.instruction.Control;
import metronome.isa.instruction.Instruction;
import metronome.isa.instruction.LifOperation;
import metronome.isa.instruction.LoadOperation;
import org.junit.jupiter.api.Test;

/** Are weights loaded while the stage before them works, where there is room for both? */
class ScheduleTest {
    private static final int HALF = 1000;

    @Test
    void whatFitsBesideTheLoadBeforeIsLoadedAhead() {
        assertEquals(List.of("load 0 at 0", "load 1 at 1000", "work 0", "load 2 at 0", "work 1", "load 3 at 1000", "work 2", "work 3"),
                order(HALF, 1, HALF, 1));
    }

    @Test
    void whatTakesBothHalvesIsNotAndKeepsTheNextFromIt() {
        assertEquals(List.of("load 0 at 0", "work 0", "load 1 at 0", "work 1", "load 2 at 0", "load 3 at 1000", "work 2", "work 3"),
                order(1, HALF + 1, HALF, 1));
    }

    /** A half is free when the stage that read it has signalled so; the first load of each waits for nobody. */
    @Test
    void aLoadWaitsForTheStageThatReadTheHalf() {
        List<Integer> waits = build(1, 1, 1, 1).stream().filter(i -> i.operation() instanceof LoadOperation.LoadWeights)
                .map(i -> i.control().wait0()).toList();
        assertEquals(List.of(0, 0, Semaphores.FREE, Semaphores.FREE + 1), waits);
    }

    /** Each load, with the number of its weights and where they go, and each stage. */
    private static List<String> order(int... bytes) {
        return build(bytes).stream().map(instruction -> switch (instruction.operation()) {
            case LoadOperation.LoadWeights load -> "load " + load.dram() + " at " + load.scratch();
            default -> "work " + instruction.control().layer();
        }).toList();
    }

    private static List<Instruction> build(int... bytes) {
        Schedule schedule = new Schedule(HALF, 0, 1);
        IntStream.range(0, bytes.length).forEach(stage -> schedule.stage(stage, new Schedule.Weights(stage, bytes[stage]),
                _ -> schedule.emit(Control.of(stage), new LifOperation.Clear())));
        return schedule.build();
    }
}
