package metronome.traces.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import metronome.core.io.DataException;
import metronome.core.spiking.PlainFile;
import metronome.core.spiking.PlainNetwork;
import metronome.core.spiking.PlainSimulator;
import metronome.core.spiking.SpikeTrain;
import metronome.hwmodel.machine.Machine;
import metronome.hwmodel.machine.TrainRun;
import metronome.isa.program.Program;
import metronome.isa.program.ProgramFile;
import metronome.isa.program.ProgramMap;
import metronome.isa.target.Target;
import metronome.isa.target.TargetWriter;
import metronome.traces.report.PlainResult;
import metronome.traces.run.Executions;
import metronome.traces.run.Hashes;
import metronome.traces.run.PlainDifferences;

/** Runs the program of a plain network on a spike train, beside its oracle. */
final class PlainSimulation {
    static final Option<Path> INPUT = Option.of("--input", "FILE", "", Value.path(),
            "of the program of a plain network: the spikes of its input, lines step,neuron, or a trace whose first layer they are in its "
            + "first image; without it random ones");
    static final Option<Double> RATE = Option.of("--rate", "R", "0.1", Value.decimal(0, 1),
            "of random spikes: the chance that a neuron spikes at a step; drawn from --seed");

    private PlainSimulation() {
    }

    static PlainResult run(Arguments arguments, Program program, Target target, Machine machine) {
        Path file = Path.of(arguments.get(SimulateCommand.NETWORK));
        PlainNetwork network = PlainFile.read(file);
        requireSame(network, program.map(), file);
        SpikeTrain input = input(arguments, network);
        PlainSimulator.Result expected = new PlainSimulator(network).run(input);
        TrainRun run = machine.run(input);
        return result(arguments, program, target, run, expected);
    }

    static SpikeTrain input(Arguments arguments, PlainNetwork network) {
        return arguments.find(INPUT).map(file -> InputTrain.read(file, network.input(), network.lastStep()))
                .orElseGet(() -> SpikeTrain.random(new SplittableRandom(arguments.get(Shared.SEED)), network.input().size(),
                        network.lastStep(), arguments.get(RATE)));
    }

    private static void requireSame(PlainNetwork network, ProgramMap map, Path file) {
        List<ProgramMap.Layer> layers = new ArrayList<>();
        layers.add(new ProgramMap.Layer("input", network.input(), true));
        network.layers().forEach(layer -> layers.add(new ProgramMap.Layer(layer.name(), layer.output(), true)));
        if (!map.layers().equals(layers) || map.steps() != network.lastStep()) {
            throw new DataException(file + ": the program is of another network: it has layers " + map.layers()
                    + " and steps 0 to " + map.steps() + ", expected " + layers + " and " + network.lastStep());
        }
    }

    private static PlainResult result(Arguments arguments, Program program, Target target, TrainRun run,
            PlainSimulator.Result expected) {
        List<PlainResult.Layer> layers = new ArrayList<>();
        for (int l = 0; l < run.trains().size(); l++) {
            ProgramMap.Layer layer = program.map().layers().get(l);
            layers.add(new PlainResult.Layer(layer.name(), layer.output().size(), run.trains().get(l).spikes()));
        }
        return new PlainResult(program.map().network(), inputName(arguments), target.name(), TargetWriter.hash(target),
                Hashes.of(ProgramFile.encode(program)), program.map().steps(), layers, PlainDifferences.between(run, expected),
                expected.saturations(), Executions.of(target, program.map(), run.counts(), 1));
    }

    static String inputName(Arguments arguments) {
        return arguments.find(INPUT).map(Path::toString).orElseGet(() -> "random spikes of rate " + arguments.get(RATE) + ", seed "
                + arguments.get(Shared.SEED));
    }
}
