package metronome.traces.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import metronome.core.data.Dataset;
import metronome.core.data.Samples;
import metronome.core.io.DataException;
import metronome.core.network.Network;
import metronome.core.network.NetworkFile;
import metronome.core.spiking.FixedNetwork;
import metronome.core.spiking.FixedSimulator;
import metronome.core.spiking.IntegerNetwork;
import metronome.core.spiking.IntegerQuantiser;
import metronome.core.spiking.PlainFile;
import metronome.core.spiking.PlainNetwork;
import metronome.core.spiking.SpikeTrain;
import metronome.isa.compiler.DenseCompiler;
import metronome.isa.compiler.PlainCompiler;
import metronome.isa.compiler.SpikePlacement;
import metronome.isa.compiler.SpikingCompiler;
import metronome.isa.program.Program;
import metronome.isa.program.ProgramFile;
import metronome.isa.target.Target;
import metronome.isa.target.TargetRules;
import metronome.traces.run.Images;
import metronome.traces.run.Networks;
import metronome.traces.run.Untrained;
import metronome.traces.trace.TraceSubject;
import metronome.traces.trace.TracedNetwork;

/**
 * What a trace is recorded of.
 *
 * @param subject network and images
 * @param images how many
 * @param idle options that do not matter to it
 */
record RecordedRun(TraceSubject subject, int images, List<Option<?>> idle) {
    static final Option<String> NETWORK = Option.of("--network", "NETWORK", "", Value.text(),
            "a spiking network of convert or run, a plain network, or with --dense a DNN, by its file; or one of " + Shared.UNTRAINED
            + ", as are the images. Without it, the one that ships for the data set");
    static final Option<Path> PROGRAM = Option.of("--program", "FILE.mtp", "", Value.path(),
            "the network's program for the target, where it is not to be the one that compile makes without options");

    static List<Option<?>> options(List<Option<?>> others) {
        List<Option<?>> options = new ArrayList<>(List.of(NETWORK, CompileCommand.DENSE, PROGRAM, Shared.TARGET, Shared.ENGINE, Shared.DATASET, Shared.DATA_DIR,
                Shared.SEED, Shared.SILENT, SimulateCommand.IMAGES, PlainSimulation.INPUT, PlainSimulation.RATE));
        options.addAll(others.subList(0, others.size() - 1));
        options.add(Shared.THREADS);
        options.add(others.getLast());
        return options;
    }

    static RecordedRun of(Arguments arguments, Target target, Console console) {
        String name = arguments.find(NETWORK).orElse("");
        if (arguments.given(CompileCommand.DENSE)) {
            SimulateCommand.refuse(arguments, "is not for a DNN", PlainSimulation.INPUT, PlainSimulation.RATE, Shared.SILENT);
            return new RecordedRun(dense(arguments, name), arguments.get(SimulateCommand.IMAGES), List.of(Shared.SILENT, PlainSimulation.RATE));
        }
        Optional<Untrained> untrained = Shared.untrained(arguments, name, target, console);
        Optional<PlainNetwork> plain = name.isEmpty() || untrained.isPresent() ? Optional.empty() : PlainFile.find(Path.of(name));
        if (plain.isPresent()) {
            SimulateCommand.refuse(arguments, "is not for a plain network, which takes --input or --rate", SimulateCommand.IMAGES,
                    Shared.DATASET, Shared.DATA_DIR);
            return of(arguments, plain.orElseThrow());
        }
        SimulateCommand.refuse(arguments, "is for a plain network", PlainSimulation.INPUT, PlainSimulation.RATE);
        return new RecordedRun(untrained.map(u -> once(u, target)).orElseGet(() -> once(arguments, name, target)),
                arguments.get(SimulateCommand.IMAGES), List.of(untrained.isPresent() ? Shared.DATASET : Shared.SILENT, PlainSimulation.RATE));
    }

    private static RecordedRun of(Arguments arguments, PlainNetwork network) {
        SpikeTrain input = PlainSimulation.input(arguments, network);
        List<Option<?>> idle = new ArrayList<>(List.of(Shared.SILENT, Shared.DATASET, SimulateCommand.IMAGES));
        arguments.find(PlainSimulation.INPUT).ifPresent(_ -> idle.add(PlainSimulation.RATE));
        return new RecordedRun(new TraceSubject.Plain(network, PlainSimulation.inputName(arguments), input), 1, idle);
    }

    private static TraceSubject once(Untrained untrained, Target target) {
        return new TraceSubject.Once(new FixedSimulator(untrained.made().network(), TargetRules.leakPolicy(target)), "random",
                untrained::image);
    }

    private static TraceSubject once(Arguments arguments, String name, Target target) {
        String dataset = arguments.get(Shared.DATASET);
        FixedNetwork network = Networks.fixed(Trained.spiking(
                name.isEmpty() ? Optional.empty() : Optional.of(Path.of(name)), dataset), target);
        int images = arguments.get(SimulateCommand.IMAGES);
        Dataset all = Images.load(dataset, Shared.dataDirectory(arguments), arguments.get(Shared.SEED), images);
        Samples samples = all.test().first(images);
        FixedSimulator oracle = new FixedSimulator(network, TargetRules.leakPolicy(target));
        return new TraceSubject.Once(oracle, all.name(), i -> oracle.encode(Images.image(samples, i)));
    }

    private static TraceSubject dense(Arguments arguments, String name) {
        String dataset = arguments.get(Shared.DATASET);
        Network network = name.isEmpty() ? Trained.of(dataset, Optional.empty()).dnn() : NetworkFile.read(Path.of(name));
        Dataset all = Images.load(dataset, Shared.dataDirectory(arguments), arguments.get(Shared.SEED), arguments.get(SimulateCommand.IMAGES));
        IntegerNetwork integer = IntegerQuantiser.quantise(network, all.training().first(Images.CALIBRATION).tensor());
        return new TraceSubject.Dense(integer, all.name(), all.test()::image);
    }

    /** The program that runs it on the target. */
    Program program(Arguments arguments, Target target) {
        return arguments.find(PROGRAM).map(this::read).orElseGet(() -> switch (subject) {
            case TraceSubject.Once once -> SpikingCompiler.compile(once.oracle().network(), target);
            case TraceSubject.Plain plain -> PlainCompiler.compile(plain.network(), target);
            case TraceSubject.Dense dense -> DenseCompiler.compile(dense.network(), target);
        });
    }

    private Program read(Path file) {
        Program program = ProgramFile.read(file);
        List<TracedNetwork.Layer> layers = program.map().layers().stream()
                .map(layer -> new TracedNetwork.Layer(layer.name(), layer.output())).toList();
        TracedNetwork mine = subject.spiking();
        if (!layers.equals(mine.layers()) || program.map().steps() != mine.steps()) {
            throw new DataException(file + ": a program of another network than " + mine.network() + ": it has layers " + layers
                    + " and steps 0 to " + program.map().steps() + ", expected " + mine.layers() + " and " + mine.steps());
        }
        return program;
    }
}
