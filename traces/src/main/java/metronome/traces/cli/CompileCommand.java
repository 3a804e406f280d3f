package metronome.traces.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import metronome.core.data.Dataset;
import metronome.core.network.NetworkFile;
import metronome.core.network.Zoo;
import metronome.core.spiking.IntegerQuantiser;
import metronome.core.spiking.PlainFile;
import metronome.core.spiking.PlainNetwork;
import metronome.core.spiking.SpikingFile;
import metronome.isa.compiler.DenseCompiler;
import metronome.isa.compiler.PlainCompiler;
import metronome.isa.compiler.SpikePlacement;
import metronome.isa.compiler.SpikingCompiler;
import metronome.isa.program.Program;
import metronome.isa.program.ProgramFile;
import metronome.isa.target.Target;
import metronome.traces.run.Images;
import metronome.traces.run.Networks;

/** From a network to a program for a target. */
final class CompileCommand {
    static final Option<Path> OUT = Option.of("--output,-o", "FILE", "program.mtp", Value.path(),
            "where the program goes");
    static final Option<Boolean> DENSE = Option.flag("--dense",
            "the network is a trained DNN: it runs in 8-bit integers on the tensor core, its activations calibrated "
            + "on training images of --dataset");

    private static final Option<SpikePlacement> PLACEMENT = Option.of("--spikes", "WHERE", "auto",
            Value.constant(SpikePlacement.class), "where the spikes of layers wait for their readers, which changes no spike: "
            + "on the chip where they fit, all on the chip, or all in DRAM");

    private CompileCommand() {
    }

    static Command command() {
        return new Simple(new Synopsis("compile", "compiles a network into a program for a target", List.of(
                "A spiking network is put into the integers of the target first. What cannot be mapped is refused with the "
                + "reason."), List.of(Operand.of("NETWORK", "a spiking network of convert, a plain network (docs/formats.md), or with --dense a DNN; or one of "
                + Shared.UNTRAINED)),
                List.of(Shared.TARGET, PLACEMENT, Shared.PARTITION, Shared.SCHEDULE, DENSE, Shared.DATASET, Shared.DATA_DIR, Shared.SEED,
                        Shared.SILENT, OUT),
                List.of("compile vgg16 --seed 1 -o vgg16.mtp",
                        "compile spiking.safetensors --target edge -o program.mtp",
                        "compile plain.safetensors --target large -o plain.mtp",
                        "compile out/dnn.safetensors --dense --dataset digits -o baseline.mtp")), CompileCommand::run);
    }

    private static void run(Arguments arguments, Console console) {
        String network = arguments.operand(0);
        Target target = Targets.named(arguments.get(Shared.TARGET));
        Program program = arguments.given(DENSE) ? dense(arguments, Path.of(network), target)
                : plain(arguments, network).map(plain -> PlainCompiler.compile(plain, target)).orElseGet(() ->
                        spiking(arguments, network, target, console));
        ProgramFile.write(arguments.get(OUT), program);
        console.remark(program.instructions() + " instructions, " + program.data().length + " bytes of data for target "
                + target.name());
    }

    /** The plain network of a file; empty if the name is an architecture's or the file's content another one. */
    private static Optional<PlainNetwork> plain(Arguments arguments, String name) {
        boolean architecture = Zoo.NAMES.contains(name) || arguments.given(Shared.SILENT);
        Optional<PlainNetwork> network = architecture ? Optional.empty() : PlainFile.find(Path.of(name));
        for (Option<?> option : List.of(PLACEMENT, Shared.PARTITION, Shared.SCHEDULE)) {
            if (network.isPresent() && arguments.given(option)) {
                throw new UsageException(option.name() + " is not for a plain network, which runs layer by layer on core 0");
            }
        }
        return network;
    }

    private static Program spiking(Arguments arguments, String network, Target target, Console console) {
        return SpikingCompiler.compile(Shared.untrained(arguments, network, target, console)
                .map(untrained -> untrained.made().network())
                .orElseGet(() -> Networks.fixed(SpikingFile.read(Path.of(network)), target)), target,
                arguments.get(PLACEMENT), arguments.get(Shared.PARTITION), arguments.get(Shared.SCHEDULE));
    }

    private static Program dense(Arguments arguments, Path network, Target target) {
        Dataset dataset = Images.load(arguments.get(Shared.DATASET), Shared.dataDirectory(arguments),
                arguments.get(Shared.SEED), 1);
        return DenseCompiler.compile(IntegerQuantiser.quantise(NetworkFile.read(network),
                dataset.training().first(Images.CALIBRATION).tensor()), target);
    }
}
