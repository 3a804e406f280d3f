package metronome.hwmodel.machine;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import metronome.core.code.TemporalCode;
import metronome.core.io.DataException;
import metronome.core.spiking.SpikeTrain;
import metronome.hwmodel.probe.Probe;
import metronome.hwmodel.unit.FiringRecord;
import metronome.hwmodel.unit.ReplayedNeurons;
import metronome.isa.program.Program;
import metronome.isa.program.ProgramMap;
import metronome.isa.target.Target;
import metronome.isa.target.TargetWriter;

/**
 * Runs a program on a target, one image at a time. Safe for several threads: every run has a chip of its own, at rest and
 * with empty memories, and leaves no trace but memory that later runs use again.
 */
public final class Machine {
    private final EngineRuns runs;
    private final ProgramMap map;
    private final InputCheck check;

    /**
     * Puts a program on a chip.
     *
     * @param program compiled for the target
     * @param target the chip
     * @param engines what moves it, at least one; of several, each runs it, and a run in which they differ is refused
     * @throws DataException if the program was compiled for another target
     */
    public Machine(Program program, Target target, Set<Engine> engines) {
        this(new EngineRuns(ProgramImage.of(program), target, engines));
        String hash = TargetWriter.hash(target);
        if (!hash.equals(program.targetHash())) {
            throw new DataException("the program was compiled for another target than " + target.name() + ": it names "
                    + program.targetHash().substring(0, 12) + ", the target is " + hash.substring(0, 12));
        }
    }

    private Machine(EngineRuns runs) {
        this.runs = runs;
        this.map = runs.image().program().map();
        this.check = new InputCheck(map);
    }

    /**
     * {@return the same machine, which shares the arithmetic of a single run out among threads; that changes no result}
     *
     * @param count at least 1
     */
    public Machine withThreads(int count) {
        return new Machine(runs.withThreads(count));
    }

    /**
     * {@return the same machine, which tells a probe what happens; that changes nothing else}
     *
     * @param watcher of its runs; several at once would mix their events
     */
    public Machine withProbe(Probe watcher) {
        return new Machine(runs.withProbe(watcher));
    }

    /**
     * Puts a program on a chip that the fast engine moves.
     *
     * @param program compiled for the target
     * @param target the chip
     * @throws DataException if the program was compiled for another target
     */
    public Machine(Program program, Target target) {
        this(program, target, Set.of(Engine.FAST));
    }

    /**
     * Puts a program on a chip that one engine moves.
     *
     * @param program compiled for the target
     * @param target the chip
     * @param engine moves it
     * @throws DataException if the program was compiled for another target
     */
    public Machine(Program program, Target target, Engine engine) {
        this(program, target, Set.of(engine));
    }

    /**
     * {@return what can be seen of the chip when a spiking program has run for some cycles, or to its end if that is
     * sooner}
     *
     * @param inputSteps as for {@link #run(int[])}
     * @param cycles how many, at least 0
     * @throws DataException as for {@link #run(int[])}
     */
    public ChipState stateAfter(int[] inputSteps, long cycles) {
        check.steps(inputSteps);
        return runs.run(chip -> put(chip, SpikeTrain.of(inputSteps, map.steps())), cycles, Chip::state);
    }

    /**
     * {@return the same of a program whose neurons may fire several times}
     *
     * @param input as for {@link #run(SpikeTrain)}
     * @param cycles how many, at least 0
     * @throws DataException as for {@link #run(SpikeTrain)}
     */
    public ChipState stateAfter(SpikeTrain input, long cycles) {
        check.train(input);
        return runs.run(chip -> put(chip, input), cycles, Chip::state);
    }

    /**
     * Runs a spiking program.
     *
     * @param inputSteps firing step of each input neuron (channel, row, column), {@link TemporalCode#SILENT} for none
     * @return what happened
     * @throws DataException if the program is none for spikes, the input does not fit it, or it cannot go on
     */
    public MachineRun run(int[] inputSteps) {
        check.steps(inputSteps);
        return runs.run(chip -> put(chip, SpikeTrain.of(inputSteps, map.steps())), Long.MAX_VALUE,
                chip -> chip.result(inputSteps));
    }

    /**
     * Runs a spiking program on recorded spikes, without computing potentials: cycles and counts are those of a full run
     * that spikes so.
     *
     * @param steps as a {@link MachineRun} of the same network has them, whatever its target
     * @return what happened, without a result
     * @throws DataException if the record does not fit the program
     */
    public MachineRun replay(int[][] steps) {
        FiringRecord record = check.record(steps);
        MachineRun run = runs.replay(path -> path.with((_, _) -> ReplayedNeurons.ofSteps(record), new DataPath.Known(steps, record)),
                chip -> put(chip, SpikeTrain.of(steps[0], map.steps())), chip -> chip.result(steps[0]));
        return new MachineRun(run.counts(), run.cores(), run.steps(), new int[0], -1);
    }

    /**
     * Runs a program whose neurons may fire several times.
     *
     * @param input spikes of the steps 0 to T
     * @return what happened
     * @throws DataException if the program is another one, the input does not fit it, or it cannot go on
     */
    public TrainRun run(SpikeTrain input) {
        check.train(input);
        return runs.run(chip -> put(chip, input), Long.MAX_VALUE, chip -> chip.trains(input));
    }

    /**
     * Runs such a program on recorded spikes, without computing potentials.
     *
     * @param trains of the input and of each layer, as a {@link TrainRun} of the same network has them
     * @return what happened; counts and cycles are those of a full run that spikes so
     * @throws DataException if the record does not fit the program, or neurons compare at each event
     */
    public TrainRun replay(List<SpikeTrain> trains) {
        check.trains(trains);
        return runs.replay(path -> path.with((_, _) -> ReplayedNeurons.ofTrains(trains, check.shapes())),
                chip -> put(chip, trains.getFirst()), chip -> chip.trains(trains.getFirst()));
    }

    /**
     * Runs a dense program.
     *
     * @param activations one byte for each input (channel, row, column), 255 for 1.0
     * @return what happened; no layer fires
     * @throws DataException if the program is one for spikes, the input does not fit it, or it cannot go on
     */
    public MachineRun runDense(byte[] activations) {
        check.activations(activations);
        int[] silent = new int[map.input().size()];
        Arrays.fill(silent, TemporalCode.SILENT);
        return runs.run(chip -> HostMemory.putActivations(chip.memory(), map, activations), Long.MAX_VALUE,
                chip -> chip.result(silent));
    }

    private void put(Chip chip, SpikeTrain spikes) {
        HostMemory.putSpikes(chip.memory(), map, spikes);
        chip.tellInput(spikes);
    }
}
