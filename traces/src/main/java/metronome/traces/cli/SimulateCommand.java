package metronome.traces.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import metronome.core.data.Dataset;
import metronome.core.io.DataException;
import metronome.core.network.NetworkFile;
import metronome.core.spiking.FixedNetwork;
import metronome.core.spiking.FixedSimulator;
import metronome.core.spiking.IntegerNetwork;
import metronome.core.spiking.IntegerQuantiser;
import metronome.core.spiking.IntegerSimulator;
import metronome.core.spiking.SpikingFile;
import metronome.hwmodel.machine.Machine;
import metronome.isa.program.Program;
import metronome.isa.program.ProgramFile;
import metronome.isa.program.ProgramMap;
import metronome.isa.target.Target;
import metronome.isa.target.TargetRules;
import metronome.isa.target.TargetWriter;
import metronome.traces.report.PlainResult;
import metronome.traces.report.SimulationResult;
import metronome.traces.run.Executions;
import metronome.traces.run.Hashes;
import metronome.traces.run.Images;
import metronome.traces.run.MachineStudy;
import metronome.traces.run.Networks;
import metronome.traces.run.Untrained;

/** Runs a program on the cycle-accurate machine. */
final class SimulateCommand {
    static final Option<Integer> IMAGES = Option.of("--images", "N", "10", Value.whole(1, 1_000_000),
            "how many test images");
    static final Option<String> NETWORK = Option.of("--network", "NETWORK", "", Value.text(),
            "the network of which the program was compiled: the file of the spiking network, or of a dense program of the "
            + "DNN, or of a plain network its file; it codes the images and is the oracle. Or one of " + Shared.UNTRAINED + ", as are the images, whose "
            + "classes are the oracle's");

    private SimulateCommand() {
    }

    static Command command() {
        return new Simple(new Synopsis("simulate", "runs a program on the cycle-accurate machine", List.of(
                "The spikes of a spiking program, or the outputs of a dense one, are compared with the oracle's.",
                "The program of a plain network, whose neurons compare at every step, runs on one spike train: that of --input, "
                + "or a random one."),
                List.of(Operand.of("PROGRAM", "a program of compile, assemble or run")), List.of(NETWORK, Shared.TARGET,
                Shared.ENGINE, Shared.DATASET, Shared.DATA_DIR, Shared.SEED, Shared.SILENT, IMAGES, PlainSimulation.INPUT, PlainSimulation.RATE, Shared.THREADS,
                Shared.JSON), List.of(
                "simulate out/program.mtp --network out/spiking.safetensors --images 3",
                "simulate plain.mtp --network plain.safetensors --rate 0.2 --seed 7",
                "simulate vgg16.mtp --network vgg16 --seed 1 --images 1",
                "simulate out/baseline.mtp --network out/dnn.safetensors --json")), SimulateCommand::run);
    }

    private static void run(Arguments arguments, Console console) {
        String network = arguments.get(NETWORK);
        Program program = ProgramFile.read(Path.of(arguments.operand(0)));
        Target target = Targets.named(arguments.get(Shared.TARGET));
        Machine machine = machine(arguments.operand(0), program, target, arguments.get(Shared.ENGINE));
        if (program.map().kind() == ProgramMap.Kind.SPIKING_PLAIN) {
            plain(arguments, console, program, target, machine);
            return;
        }
        refuse(arguments, "is for the program of a plain network", PlainSimulation.INPUT, PlainSimulation.RATE);
        Stopwatch watch = new Stopwatch(console);
        Optional<Untrained> untrained = program.map().kind().spiking()
                ? Shared.untrained(arguments, network, target, console) : Optional.empty();
        String images = untrained.isPresent() ? "random images" : arguments.get(Shared.DATASET);
        MachineStudy study = untrained.map(u -> untrained(arguments, machine, u, target, watch))
                .orElseGet(() -> trained(arguments, machine, program, target, watch));
        print(arguments, console, images, program, target, study);
        watch.remark();
        double seconds = watch.seconds("machine, TDSNN") + watch.seconds("machine, DNN baseline");
        console.remark(String.format(Locale.ROOT, "engine %s: %,d cycles simulated in %.1f s, %,.0f cycles/s",
                Value.word(arguments.get(Shared.ENGINE)), study.counts().cycles(), seconds, study.counts().cycles() / seconds));
    }

    private static void plain(Arguments arguments, Console console, Program program, Target target, Machine machine) {
        refuse(arguments, "is not for the program of a plain network, which takes --input or --rate", IMAGES, Shared.DATASET,
                Shared.DATA_DIR, Shared.SILENT);
        PlainResult result = PlainSimulation.run(arguments, program, target, machine);
        console.out().print(arguments.given(Shared.JSON) ? result.json() : result.text());
    }

    static void refuse(Arguments arguments, String why, Option<?>... options) {
        for (Option<?> option : options) {
            if (arguments.given(option)) {
                throw new UsageException(option.name() + " " + why);
            }
        }
    }

    static Machine machine(String file, Program program, Target target, Engines engine) {
        try {
            return new Machine(program, target, engine.engines());
        } catch (DataException e) {
            throw e.in(file);
        }
    }

    private static MachineStudy untrained(Arguments arguments, Machine machine, Untrained network, Target target,
            Stopwatch watch) {
        FixedNetwork fixed = network.made().network();
        return MachineStudy.spiking(machine, new FixedSimulator(fixed, TargetRules.leakPolicy(target)), arguments.get(IMAGES), network::image,
                Shared.threads(arguments), watch);
    }

    private static MachineStudy trained(Arguments arguments, Machine machine, Program program, Target target,
            Stopwatch watch) {
        Dataset dataset = Images.load(arguments.get(Shared.DATASET), Shared.dataDirectory(arguments),
                arguments.get(Shared.SEED), arguments.get(IMAGES));
        Path network = Path.of(arguments.get(NETWORK));
        return program.map().kind().spiking()
                ? MachineStudy.spiking(machine, new FixedSimulator(Networks.fixed(SpikingFile.read(network), target),
                        TargetRules.leakPolicy(target)), dataset.test().first(arguments.get(IMAGES)), Shared.threads(arguments), watch)
                : dense(arguments, machine, network, dataset, watch);
    }

    private static MachineStudy dense(Arguments arguments, Machine machine, Path network, Dataset dataset,
            Stopwatch watch) {
        IntegerNetwork integer = IntegerQuantiser.quantise(NetworkFile.read(network),
                dataset.training().first(Images.CALIBRATION).tensor());
        return MachineStudy.dense(machine, new IntegerSimulator(integer),
                dataset.test().first(arguments.get(IMAGES)), Shared.threads(arguments), watch);
    }

    private static void print(Arguments arguments, Console console, String images, Program program, Target target,
            MachineStudy study) {
        SimulationResult result = new SimulationResult(program.map().network(), images, target.name(),
                TargetWriter.hash(target), Hashes.of(ProgramFile.encode(program)), study.images(), study.accuracy(),
                study.differing(), Executions.of(target, program.map(), study.counts(), study.images()));
        console.out().print(arguments.given(Shared.JSON) ? result.json() : result.text());
    }
}
