package metronome.traces.cli;

import java.nio.file.Path;
import java.util.List;
import metronome.core.data.Dataset;
import metronome.core.network.NetworkFile;
import metronome.core.spiking.IntegerQuantiser;
import metronome.core.spiking.SpikingFile;
import metronome.isa.compiler.DenseCompiler;
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
    private static final Option<Boolean> DENSE = Option.flag("--dense",
            "the network is a trained DNN: compile it in 8-bit integers for the tensor core, its activations calibrated "
            + "on training images of --dataset");

    private CompileCommand() {
    }

    static Command command() {
        return new Simple(new Synopsis("compile", "compiles a network into a program for a target", List.of(
                "A spiking network is put into the integers of the target first. What cannot be mapped is refused with the "
                + "reason."), List.of(Operand.of("NETWORK", "a spiking network of convert, or with --dense a DNN")),
                List.of(Shared.TARGET, Shared.PARTITION, DENSE, Shared.DATASET, Shared.DATA_DIR, Shared.SEED, OUT),
                List.of("compile spiking.safetensors --target edge -o program.mtp",
                        "compile out/dnn.safetensors --dense --dataset digits -o baseline.mtp")), CompileCommand::run);
    }

    private static void run(Arguments arguments, Console console) {
        Path network = Path.of(arguments.operand(0));
        Target target = Targets.named(arguments.get(Shared.TARGET));
        Program program = arguments.given(DENSE) ? dense(arguments, network, target)
                : SpikingCompiler.compile(Networks.fixed(SpikingFile.read(network), target), target,
                        arguments.get(Shared.PARTITION));
        ProgramFile.write(arguments.get(OUT), program);
        console.remark(program.instructions() + " instructions, " + program.data().length + " bytes of data for target "
                + target.name());
    }

    private static Program dense(Arguments arguments, Path network, Target target) {
        Dataset dataset = Images.load(arguments.get(Shared.DATASET), Shared.dataDirectory(arguments),
                arguments.get(Shared.SEED), 1);
        return DenseCompiler.compile(IntegerQuantiser.quantise(NetworkFile.read(network),
                Images.tensor(dataset.training().first(Images.CALIBRATION))), target);
    }
}
