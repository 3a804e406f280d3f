package metronome.traces.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import metronome.core.io.DataException;
import metronome.core.network.InputTransform;
import metronome.core.network.Network;
import metronome.core.network.NetworkFile;
import metronome.core.network.Node;
import metronome.core.network.Shape;
import metronome.core.numpy.NpzNetwork;

/** From a network of somebody else's tool to one of ours. */
final class ImportCommand {
    private static final Option<Path> OUT = Option.of("--output,-o", "NETWORK", "network.safetensors", Value.path(),
            "where the network goes");
    private static final Option<Shape> INPUT = Option.of("--input", "CxHxW", "", Value.shape(),
            "the images' channels, height and width, needed only where the file's input is flat");
    private static final Option<Double> SCALE = Option.of("--scale", "S", "1", Value.decimal(0, 1e9),
            "the file takes pixels from 0 to S, ours take them from 0 to 1");
    private static final Option<List<Double>> MEAN = Option.of("--mean", "M,M,M", "", Value.several(Value.decimal(-1e9, 1e9)),
            "what the file has subtracted from the scaled pixels of each channel, in the file's order");
    private static final Option<List<Double>> DEVIATION = Option.of("--deviation", "D,D,D", "", Value.several(Value.decimal(0, 1e9)),
            "by what it has them divided then");
    private static final Option<InputTransform.Order> ORDER = Option.of("--channel-order", "ORDER", "rgb",
            Value.constant(InputTransform.Order.class), "in which order the file takes the channels; ours take red first");

    private static final Option<String> ARCHITECTURE = Option.of("--architecture", "NAME", "",
            Value.word(NpzNetwork.ARCHITECTURES), "of an .npz file, what its arrays are the weights of; it also says how pixels are scaled");

    private ImportCommand() {
    }

    static Command command() {
        return new Simple(new Synopsis("import", "turns a trained network of another tool into one of ours", List.of(
                "ONNX files of opset 8 to 21, and safetensors files of our own, which are checked and copied, and .npz "
                + "files of the architectures that --architecture knows, each array taken by its name. Whatever is not "
                + "supported is refused with the node's name, its operator and the reason; docs/formats.md has the operators.",
                "The network that comes of it takes pixels from 0 to 1, red first: --scale, --mean and --deviation become a "
                + "normalisation at its head, another --channel-order another order of the first layer's weights."),
                List.of(Operand.of("FILE", "what the other tool wrote")), List.of(OUT, INPUT, SCALE, MEAN, DEVIATION, ORDER,
                ARCHITECTURE),
                List.of("import mnist-8.onnx --scale 255 -o mnist.safetensors",
                        "import resnet.onnx --mean .4914,.4822,.4465 --deviation .2471,.2435,.2616",
                        "import squeezenet-v1.0.npz --architecture squeezenet -o squeezenet.safetensors")), ImportCommand::run);
    }

    private static void run(Arguments arguments, Console console) {
        Path file = Path.of(arguments.operand(0));
        ImportFormat format = ImportFormat.of(file);
        checkOptions(arguments, format);
        ImportFormat.Imported imported = format.read(file, arguments.find(INPUT), arguments.find(ARCHITECTURE));
        InputTransform transform = new InputTransform(arguments.get(SCALE), arguments.find(MEAN).orElse(List.of()),
                arguments.find(DEVIATION).orElse(List.of()), arguments.get(ORDER));
        Network network = transformed(file, imported.network(), transform);
        NetworkFile.write(arguments.get(OUT), network);
        print(console.out(), network, format);
        imported.remarks().forEach(remark -> console.remark("note: " + remark));
    }

    /** An archive says nothing of itself, everything else says what it computes. */
    private static void checkOptions(Arguments arguments, ImportFormat format) {
        boolean archive = format == ImportFormat.NPZ;
        List<Option<?>> idle = archive ? List.of(INPUT, SCALE, MEAN, DEVIATION, ORDER) : List.of(ARCHITECTURE);
        idle.stream().filter(arguments::given).findFirst().ifPresent(option -> {
            throw new UsageException(option.name() + (archive ? " is not for an .npz file, whose architecture says it"
                    : " is only for an .npz file"));
        });
    }

    private static Network transformed(Path file, Network network, InputTransform transform) {
        try {
            return transform.before(network);
        } catch (DataException e) {
            throw e.in(file.toString());
        }
    }

    private static void print(PrintWriter out, Network network, ImportFormat format) {
        out.println(network.name() + ", from " + format.name().toLowerCase(Locale.ROOT) + ": input " + network.input() + ", output "
                + network.output());
        out.println(network.nodes().size() + " nodes: " + kinds(network));
        out.printf(Locale.ROOT, "%,d parameters, %,d multiply-accumulates%n", network.parameters(), network.multiplyAccumulates());
    }

    private static String kinds(Network network) {
        Map<String, Long> kinds = network.nodes().stream().map(Node::operator)
                .collect(Collectors.groupingBy(o -> o.getClass().getSimpleName(), LinkedHashMap::new, Collectors.counting()));
        return kinds.entrySet().stream().map(e -> e.getValue() + " " + e.getKey()).collect(Collectors.joining(", "));
    }
}
