package metronome.core.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import metronome.core.tensor.Tensor;

/**
 * Makes each addition one convolution over the stacked channels of all that is added up: a convolution among the summands
 * that nothing else reads gives its kernel, anything else is taken over by a 1 x 1 kernel of ones. A summand of a larger
 * stride than the others is brought to their extents by a relay, a 1 x 1 convolution of that stride that hands each
 * channel on.
 */
final class Residual {
    /** What is appended to the name of an addition for its stacked inputs. */
    private static final String STACKED = "_inputs";
    /** What is appended to the name of a summand for its relay. */
    private static final String RELAY = "_relay";

    private final Network network;
    private final List<Node> nodes = new ArrayList<>();
    private final Set<String> absorbed;

    /** One summand: where it comes from, through which kernel, and what it adds to every place. */
    private record Summand(String name, String source, Shape input, Operator.Convolution kernel) {
    }

    private Residual(Network network) {
        this.network = network;
        absorbed = network.nodes().stream().filter(node -> node.operator() instanceof Operator.Add)
                .flatMap(node -> node.inputs().stream()).filter(this::isAbsorbed).collect(Collectors.toSet());
    }

    static Network of(Network network) {
        return network.nodes().stream().anyMatch(node -> node.operator() instanceof Operator.Add)
                ? new Residual(network).run() : network;
    }

    private boolean isAbsorbed(String name) {
        return !name.equals(Network.INPUT) && original(name).operator() instanceof Operator.Convolution
                && network.readers(name).size() == 1;
    }

    private Node original(String name) {
        return network.nodes().stream().filter(node -> node.name().equals(name)).findFirst().orElseThrow();
    }

    private Network run() {
        for (Node node : network.nodes()) {
            if (node.operator() instanceof Operator.Add) {
                add(node);
            } else if (!absorbed.contains(node.name())) {
                nodes.add(node);
            }
        }
        return new Network(network.name(), network.input(), nodes);
    }

    private void add(Node node) {
        int first = nodes.size();
        List<Summand> summands = new ArrayList<>(node.inputs().stream().map(this::summand).toList());
        Window window = summands.stream().map(s -> s.kernel.window())
                .max(java.util.Comparator.comparingInt(w -> w.height() * w.width())).orElseThrow();
        summands.replaceAll(s -> relayed(s, window));
        if (summands.stream().allMatch(s -> fits(s.kernel.window(), window))) {
            stack(node, window, summands);
        } else {
            nodes.subList(first, nodes.size()).clear();
            node.inputs().stream().filter(absorbed::contains).forEach(name -> nodes.add(original(name)));
            nodes.add(node);
        }
    }

    private Summand summand(String name) {
        Shape shape = network.shapes().get(name);
        if (absorbed.contains(name)) {
            String source = original(name).inputs().getFirst();
            return new Summand(name, source, network.shapes().get(source), (Operator.Convolution) original(name).operator());
        }
        return new Summand(name, name, shape, identity(shape.channels(), Window.square(1, 1)));
    }

    /** One kernel of ones for each channel. */
    private static Operator.Convolution identity(int channels, Window window) {
        return new Operator.Convolution(window.grouped(channels), Tensor.filled(1, channels, 1, 1, 1),
                Tensor.zeros(channels));
    }

    private Summand relayed(Summand summand, Window window) {
        Window own = summand.kernel.window();
        boolean strided = own.height() == 1 && own.width() == 1 && own.stride() > window.stride() && window.stride() == 1;
        if (!strided || !isActivation(summand.source)) {
            return summand;
        }
        Window step = Window.square(1, own.stride());
        String relay = summand.name + RELAY;
        nodes.add(new Node(relay, identity(summand.input.channels(), step), List.of(summand.source)));
        nodes.add(new Node(relay + "_activation", activation(), List.of(relay)));
        return new Summand(summand.name, relay + "_activation", step.output(summand.input, summand.input.channels()),
                new Operator.Convolution(Window.square(1, 1).grouped(own.groups()), summand.kernel.weights(),
                        summand.kernel.bias()));
    }

    /** That of the network, which a relay repeats without changing a value that has been through it. */
    private Operator activation() {
        return network.nodes().stream().map(Node::operator).filter(Operator.Staircase.class::isInstance).findFirst()
                .orElseGet(Operator.Rectifier::new);
    }

    /** Whether values are never negative, so that a relay can hand them on. */
    private boolean isActivation(String name) {
        return name.equals(Network.INPUT) || switch (original(name).operator()) {
            case Operator.Rectifier _, Operator.Staircase _ -> true;
            case Operator.MaxPool _, Operator.Concat _ -> original(name).inputs().stream().allMatch(this::isActivation);
            case Operator.Convolution _, Operator.Dense _, Operator.AveragePool _, Operator.Add _,
                    Operator.BatchNormalisation _ -> false;
        };
    }

    /** Whether a kernel can lie within one of another window, tap on tap. */
    private static boolean fits(Window inner, Window outer) {
        return inner.stride() == outer.stride() && (inner.grouped(1).equals(outer.grouped(1))
                || inner.height() == 1 && inner.width() == 1 && inner.padding() == 0
                && outer.padding() % outer.dilation() == 0);
    }

    private void stack(Node node, Window window, List<Summand> summands) {
        SequencedMap<String, Shape> sources = new LinkedHashMap<>();
        summands.forEach(s -> sources.putIfAbsent(s.source, s.input));
        int outputs = network.shapes().get(node.name()).channels();
        int inputs = sources.values().stream().mapToInt(Shape::channels).sum();
        Window plain = window.grouped(1);
        Tensor weights = Tensor.zeros(outputs, inputs, window.height(), window.width());
        Tensor bias = Tensor.zeros(outputs);
        Map<String, Integer> firsts = new LinkedHashMap<>();
        sources.forEach((source, shape) -> firsts.put(source,
                firsts.keySet().stream().mapToInt(s -> sources.get(s).channels()).sum()));
        for (Summand s : summands) {
            put(s.kernel, plain, firsts.get(s.source), weights);
            for (int o = 0; o < outputs; o++) {
                bias.data()[o] += s.kernel.bias().data()[o];
            }
        }
        String reads = sources.firstEntry().getKey();
        if (sources.size() > 1) {
            reads = node.name() + STACKED;
            nodes.add(new Node(reads, new Operator.Concat(), List.copyOf(sources.keySet())));
        }
        nodes.add(new Node(node.name(), new Operator.Convolution(plain, weights, bias), List.of(reads)));
    }

    /** Adds a kernel, of groups or of one tap, to the weights behind the first of its input channels. */
    private static void put(Operator.Convolution kernel, Window window, int first, Tensor weights) {
        Window own = kernel.window();
        int taps = own.height() * own.width();
        boolean whole = own.grouped(1).equals(window);
        int place = whole ? 0 : window.padding() / window.dilation() * (window.width() + 1);
        int inputs = kernel.weights().extent(1);
        int outputs = kernel.weights().extent(0);
        for (int i = 0; i < kernel.weights().size(); i++) {
            int out = i / taps / inputs;
            int channel = first + out / (outputs / own.groups()) * inputs + i / taps % inputs;
            int at = (out * weights.extent(1) + channel) * window.height() * window.width() + place + i % taps;
            weights.data()[at] += kernel.weights().data()[i];
        }
    }
}
