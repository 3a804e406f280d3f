package metronome.hwmodel.machine;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import metronome.core.code.TemporalCode;
import metronome.core.io.DataException;
import metronome.core.network.Shape;
import metronome.core.spiking.SpikeTrain;
import metronome.core.tensor.Workers;
import metronome.hwmodel.memory.Storage;
import metronome.hwmodel.probe.Probe;
import metronome.hwmodel.unit.FiringRecord;
import metronome.hwmodel.unit.ReplayedNeurons;
import metronome.hwmodel.unit.Sharing;
import metronome.isa.program.Program;
import metronome.isa.program.ProgramMap;
import metronome.isa.target.Target;
import metronome.isa.target.TargetWriter;

/**
 * Runs a program on a target, one image at a time. Safe for several threads: every run has a chip of its own, at rest and
 * with empty memories, and leaves no trace but memory that later runs use again.
 */
public final class Machine {
    private final ProgramImage image;
    private final Program program;
    private final Target target;
    private final Set<Engine> engines;
    private final int threads;
    private final Optional<Probe> probe;
    /** The DRAM of runs that are over: with large networks, all else that a run allocates is small beside it. */
    private final Queue<Storage> spare;

    /**
     * Puts a program on a chip.
     *
     * @param program compiled for the target
     * @param target the chip
     * @param engines what moves it, at least one; of several, each runs it, and a run in which they differ is refused
     * @throws DataException if the program was compiled for another target
     */
    public Machine(Program program, Target target, Set<Engine> engines) {
        this(ProgramImage.of(program), target, engines, 1, Optional.empty(), new ConcurrentLinkedQueue<>());
        String hash = TargetWriter.hash(target);
        if (!hash.equals(program.targetHash())) {
            throw new DataException("the program was compiled for another target than " + target.name() + ": it names "
                    + program.targetHash().substring(0, 12) + ", the target is " + hash.substring(0, 12));
        }
    }

    private Machine(ProgramImage image, Target target, Set<Engine> engines, int threads, Optional<Probe> probe, Queue<Storage> spare) {
        this.image = image;
        this.program = image.program();
        this.target = target;
        this.engines = Set.copyOf(engines);
        this.threads = threads;
        this.probe = probe;
        this.spare = spare;
    }

    /**
     * {@return the same machine, which shares the arithmetic of a single run out among threads; that changes no result}
     *
     * @param count at least 1
     */
    public Machine withThreads(int count) {
        return new Machine(image, target, engines, count, probe, spare);
    }

    /**
     * {@return the same machine, which tells a probe what happens; that changes nothing else}
     *
     * @param watcher of its runs; several at once would mix their events
     */
    public Machine withProbe(Probe watcher) {
        return new Machine(image, target, engines, threads, Optional.of(watcher), spare);
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
        checkInput(inputSteps);
        return run(chip -> put(chip, SpikeTrain.of(inputSteps, program.map().steps())), cycles, Chip::state);
    }

    /**
     * {@return the same of a program whose neurons may fire several times}
     *
     * @param input as for {@link #run(SpikeTrain)}
     * @param cycles how many, at least 0
     * @throws DataException as for {@link #run(SpikeTrain)}
     */
    public ChipState stateAfter(SpikeTrain input, long cycles) {
        checkInput(input);
        return run(chip -> put(chip, input), cycles, Chip::state);
    }

    /**
     * Runs a spiking program.
     *
     * @param inputSteps firing step of each input neuron (channel, row, column), {@link TemporalCode#SILENT} for none
     * @return what happened
     * @throws DataException if the program is none for spikes, the input does not fit it, or it cannot go on
     */
    public MachineRun run(int[] inputSteps) {
        checkInput(inputSteps);
        return run(chip -> put(chip, SpikeTrain.of(inputSteps, program.map().steps())), Long.MAX_VALUE,
                chip -> chip.result(inputSteps));
    }

    private void checkInput(int[] inputSteps) {
        requireOnce();
        checkSteps(inputSteps, program.map().input(), "input");
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
        ProgramMap map = program.map();
        requireOnce();
        require(steps.length == map.layers().size(), "the record has " + steps.length + " layers, the program "
                + map.layers().size());
        List<Shape> shapes = map.layers().stream().map(ProgramMap.Layer::output).toList();
        for (int layer = 0; layer < steps.length; layer++) {
            checkCount(steps[layer], shapes.get(layer), map.layers().get(layer).name());
        }
        FiringRecord record = new FiringRecord(steps, shapes, map.steps());
        for (int layer = 0; layer < steps.length; layer++) {
            if (!record.fits(layer)) {
                checkSteps(steps[layer], shapes.get(layer), map.layers().get(layer).name());
            }
        }
        MachineRun run = run(engine -> engine.dataPath(Sharing.NONE).with((_, _) -> ReplayedNeurons.ofSteps(record), new DataPath.Known(steps, record)),
                chip -> put(chip, SpikeTrain.of(steps[0], map.steps())), Long.MAX_VALUE, chip -> chip.result(steps[0]));
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
        checkInput(input);
        return run(chip -> put(chip, input), Long.MAX_VALUE,
                chip -> chip.trains(input));
    }

    /**
     * Runs such a program on recorded spikes, without computing potentials.
     *
     * @param trains of the input and of each layer, as a {@link TrainRun} of the same network has them
     * @return what happened; counts and cycles are those of a full run that spikes so
     * @throws DataException if the record does not fit the program, or neurons compare at each event
     */
    public TrainRun replay(List<SpikeTrain> trains) {
        List<ProgramMap.Layer> layers = program.map().layers();
        require(trains.size() == layers.size(), "the record has " + trains.size() + " layers, the program " + layers.size());
        checkInput(trains.getFirst());
        for (int layer = 1; layer < layers.size(); layer++) {
            checkTrain(trains.get(layer), layers.get(layer).output(), layers.get(layer).name());
        }
        List<Shape> shapes = layers.stream().map(ProgramMap.Layer::output).toList();
        return run(engine -> engine.dataPath(Sharing.NONE).with((_, _) -> ReplayedNeurons.ofTrains(trains, shapes)),
                chip -> put(chip, trains.getFirst()), Long.MAX_VALUE,
                chip -> chip.trains(trains.getFirst()));
    }

    /** The input list has room for as many spikes as all neurons at all steps, however they are spread. */
    private void checkInput(SpikeTrain input) {
        checkTrain(input, program.map().input(), "input");
        long room = (long) program.map().input().size() * input.neurons().length;
        require(input.spikes() <= room, "layer input: " + input.spikes() + " spikes, expected at most " + room
                + ", as many as neurons at all steps");
    }

    private void checkTrain(SpikeTrain train, Shape shape, String layer) {
        ProgramMap map = program.map();
        require(map.kind() == ProgramMap.Kind.SPIKING_PLAIN, "the program's neurons spike once, or not at all");
        require(train.lastStep() == map.steps(), "layer " + layer + ": " + (train.lastStep() + 1) + " steps, the program has "
                + (map.steps() + 1));
        for (int[] step : train.neurons()) {
            require(Arrays.stream(step).allMatch(i -> i >= 0 && i < shape.size()), "layer " + layer
                    + ": spikes must be of its " + shape.size() + " neurons");
        }
    }

    /**
     * Runs a dense program.
     *
     * @param activations one byte for each input (channel, row, column), 255 for 1.0
     * @return what happened; no layer fires
     * @throws DataException if the program is one for spikes, the input does not fit it, or it cannot go on
     */
    public MachineRun runDense(byte[] activations) {
        ProgramMap map = program.map();
        require(!map.kind().spiking(), "the program takes spikes, not activations");
        require(activations.length == map.input().size(), "input has " + activations.length + " values, the program "
                + map.input().size());
        int[] silent = new int[map.input().size()];
        Arrays.fill(silent, TemporalCode.SILENT);
        return run(chip -> HostMemory.putActivations(chip.memory(), map, activations), Long.MAX_VALUE,
                chip -> chip.result(silent));
    }

    private <T> T run(Consumer<Chip> input, long cycles, Function<Chip, T> result) {
        if (threads == 1) {
            return run(engine -> engine.dataPath(Sharing.NONE), input, cycles, result);
        }
        try (Workers workers = new Workers(threads)) {
            return run(engine -> engine.dataPath(workers::begin), input, cycles, result);
        }
    }

    /** Each engine moves a chip of its own; what comes out is taken from the first. */
    private <T> T run(Function<Engine, DataPath> dataPath, Consumer<Chip> input, long cycles, Function<Chip, T> result) {
        EventDigest told = EventDigest.of(probe, engines.size());
        List<Chip> chips = engines.stream().sorted().map(engine -> {
            Chip chip = new Chip(image, target, dataPath.apply(engine), memory(), told.next(probe));
            input.accept(chip);
            chip.move(engine.mover(chip), cycles);
            return chip;
        }).toList();
        if (chips.size() > 1) {
            chips.getFirst().state().difference(chips.getLast().state()).or(told::difference).ifPresent(difference -> {
                throw new DataException("the engines differ, which is a fault of Metronome: " + difference);
            });
        }
        T taken = result.apply(chips.getFirst());
        chips.forEach(chip -> spare.add(chip.memory()));
        return taken;
    }

    /** The DRAM of an earlier run, or a new one. */
    private Storage memory() {
        Storage earlier = spare.poll();
        if (earlier == null) {
            return image.memory();
        }
        image.restore(earlier);
        return earlier;
    }

    private void put(Chip chip, SpikeTrain spikes) {
        HostMemory.putSpikes(chip.memory(), program.map(), spikes);
        chip.tellInput(spikes);
    }

    private void requireOnce() {
        ProgramMap.Kind kind = program.map().kind();
        require(kind.spiking(), "the program takes activations, not spikes");
        require(kind != ProgramMap.Kind.SPIKING_PLAIN, "the program takes spike trains, not firing steps");
    }

    private static void checkCount(int[] steps, Shape shape, String layer) {
        require(steps.length == shape.size(), "layer " + layer + ": " + steps.length + " firing steps for "
                + shape.size() + " neurons");
    }

    private void checkSteps(int[] steps, Shape shape, String layer) {
        checkCount(steps, shape, layer);
        for (int i = 0; i < steps.length; i++) {
            if (steps[i] < TemporalCode.SILENT || steps[i] > program.map().steps()) {
                throw new DataException("layer " + layer + ": neuron " + i + " fires at step " + steps[i] + ", outside [0, "
                        + program.map().steps() + "]");
            }
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new DataException(otherwise);
        }
    }
}
