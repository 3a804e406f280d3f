package metronome.hwmodel.machine;

import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import metronome.core.io.DataException;
import metronome.core.tensor.Workers;
import metronome.hwmodel.memory.Storage;
import metronome.hwmodel.probe.Probe;
import metronome.hwmodel.unit.Sharing;
import metronome.isa.target.Target;

/**
 * Moves chips, each by an engine of its own, and compares what comes out of them.
 *
 * @param image in the memory of each chip
 * @param target what chips are like
 * @param engines at least one
 * @param threads among which arithmetic is shared out
 * @param probe that is told what happens
 * @param spare the DRAM of runs that are over: with large networks, all else that a run allocates is small beside it
 */
record EngineRuns(ProgramImage image, Target target, Set<Engine> engines, int threads, Optional<Probe> probe, Queue<Storage> spare) {
    EngineRuns(ProgramImage image, Target target, Set<Engine> engines) {
        this(image, target, Set.copyOf(engines), 1, Optional.empty(), new ConcurrentLinkedQueue<>());
    }

    EngineRuns withThreads(int count) {
        return new EngineRuns(image, target, engines, count, probe, spare);
    }

    EngineRuns withProbe(Probe watcher) {
        return new EngineRuns(image, target, engines, threads, Optional.of(watcher), spare);
    }

    /**
     * Runs chips for some cycles, or to the end of the program if that is sooner.
     *
     * @param input puts it into a chip
     * @param cycles how many
     * @param result takes it from a chip
     * @return the result of the first engine
     * @throws DataException if the program cannot go on, or engines differ
     */
    <T> T run(Consumer<Chip> input, long cycles, Function<Chip, T> result) {
        if (threads == 1) {
            return moved(engine -> engine.dataPath(Sharing.NONE), input, cycles, result);
        }
        try (Workers workers = new Workers(threads)) {
            return moved(engine -> engine.dataPath(workers::begin), input, cycles, result);
        }
    }

    /** Runs chips, whose potentials are not computed as their engines do it, to the end of the program. */
    <T> T replay(Function<DataPath, DataPath> instead, Consumer<Chip> input, Function<Chip, T> result) {
        return moved(engine -> instead.apply(engine.dataPath(Sharing.NONE)), input, Long.MAX_VALUE, result);
    }

    private <T> T moved(Function<Engine, DataPath> dataPath, Consumer<Chip> input, long cycles, Function<Chip, T> result) {
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
}
