package metronome.traces.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import metronome.core.network.Network;
import metronome.core.network.NetworkFile;
import metronome.core.spiking.SpikingFile;
import metronome.traces.run.Conversion;

/** From a staircase network to a spiking one. */
final class ConvertCommand {
    static final Option<Path> OUT = Option.of("--output,-o", "FILE", "spiking.safetensors", Value.path(),
            "where the spiking network goes");

    private ConvertCommand() {
    }

    static Command command() {
        List<Option<?>> options = new ArrayList<>(Shared.CONVERSION);
        options.add(OUT);
        return new Simple(new Synopsis("convert", "turns a network retrained with the staircase into a spiking network",
                List.of("Weights are negated and the ticks put in place; firing steps equal the staircase network's."),
                List.of(Operand.of("STAIRCASE", "the staircase.safetensors of train or run")), options,
                List.of("convert out/staircase.safetensors -o spiking.safetensors")), ConvertCommand::run);
    }

    private static void run(Arguments arguments, Console console) {
        Network network = NetworkFile.read(Path.of(arguments.operand(0)));
        Conversion conversion = Shared.conversion(arguments);
        new Trained(network, network, "").remarkCode(conversion, console);
        SpikingFile.write(conversion.convert(network), arguments.get(OUT));
    }
}
