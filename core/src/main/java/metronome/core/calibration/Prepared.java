package metronome.core.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import metronome.core.data.Samples;
import metronome.core.io.DataException;
import metronome.core.network.Folding;
import metronome.core.network.Inference;
import metronome.core.network.Network;
import metronome.core.network.Node;
import metronome.core.network.Operator;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.tensor.Tensor;

/**
 * A network cut in two: what is computed in numbers before there are spikes, and what spikes then compute.
 *
 * @param front gives the body's input from images, in [0, 1]; empty if images are that input
 * @param body {@link Folding folded}, without a normalisation at its head
 * @param unit what one in the body's input stands for: the front divides by it
 */
public record Prepared(Optional<Network> front, Network body, double unit) {
    /**
     * {@return a network that reads images itself}
     *
     * @param body all of it
     */
    public static Prepared plain(Network body) {
        return new Prepared(Optional.empty(), body, 1);
    }

    /**
     * {@return a network made ready}
     *
     * @param network that takes images in [0, 1]; a normalisation at its head makes them signed
     * @param form what to do about that; without one the network is only folded
     * @throws DataException naming the node that does not allow it, with advice
     */
    public static Prepared of(Network network, InputForm form) {
        Network folded = Folding.of(network);
        return switch (form) {
            case FOLD -> fold(folded);
            case SPLIT -> head(network).map(n -> split(network, n)).orElseGet(() -> fold(folded));
            case TENSOR -> head(network).map(_ -> tensor(folded)).orElseGet(() -> fold(folded));
        };
    }

    /**
     * {@return the body's input for images}
     *
     * @param images [count, ...] in [0, 1]
     * @param threads at least 1
     */
    public Tensor inputs(Tensor images, int threads) {
        return front.map(f -> Inference.of(f).outputs(images, threads)).orElse(images);
    }

    /** {@return the shape of the images} */
    public Shape images() {
        return front.map(Network::input).orElse(body.input());
    }

    /**
     * {@return the same with another body}
     *
     * @param other that reads what the body reads
     */
    public Prepared with(Network other) {
        return new Prepared(front, other, unit);
    }

    /**
     * {@return the share of images whose class is their label, in [0, 1]}
     *
     * @param samples at least one
     * @param threads at least 1
     */
    public double accuracy(Samples samples, int threads) {
        if (front.isEmpty()) {
            return Inference.of(body).accuracy(samples, threads);
        }
        int[] classes = Inference.largest(Inference.of(body).outputs(inputs(samples.tensor(), threads), threads));
        int right = 0;
        for (int i = 0; i < classes.length; i++) {
            right += classes[i] == samples.label(i) ? 1 : 0;
        }
        return (double) right / classes.length;
    }

    private static Optional<Operator.BatchNormalisation> head(Network network) {
        return network.nodes().getFirst().operator() instanceof Operator.BatchNormalisation n
                && network.readers(Network.INPUT).size() == 1 ? Optional.of(n) : Optional.empty();
    }

    /** The layer that alone reads a node. */
    private static Node only(Network network, String node) {
        List<Node> readers = network.readers(node);
        if (readers.size() != 1) {
            throw new DataException("node " + node + ": is read by " + readers.size() + " nodes, expected one layer of weights "
                    + "behind a signed input; take another form of input");
        }
        return readers.getFirst();
    }

    private static Prepared fold(Network network) {
        Optional<Operator.BatchNormalisation> head = head(network);
        if (head.isEmpty()) {
            return new Prepared(Optional.empty(), network, 1);
        }
        Node first = only(network, network.nodes().getFirst().name());
        if (!(first.operator() instanceof Operator.Convolution(Window w, Tensor weights, Tensor bias))) {
            throw new DataException("node " + first.name() + ": only a convolution can take over mean and deviation of the "
                    + "input here");
        }
        Network front = bordered(network.input(), w.padding(), head.get());
        Window bare = new Window(w.height(), w.width(), w.stride(), 0, w.dilation(), w.groups());
        Network wider = new Network(network.name(), front.output(), network.nodes())
                .with(Map.of(first.name(), new Operator.Convolution(bare, weights, bias)));
        return new Prepared(Optional.of(front), Folding.of(wider), 1);
    }

    /** The image with a border of the value that the normalisation makes zero: less it, padded with zeros, plus it. */
    private static Network bordered(Shape input, int padding, Operator.BatchNormalisation head) {
        int channels = input.channels();
        Tensor mean = Tensor.zeros(channels);
        for (int c = 0; c < channels; c++) {
            mean.data()[c] = (float) (-head.offset(c) / head.factor(c));
            if (!(mean.data()[c] >= 0 && mean.data()[c] <= 1)) {
                throw new DataException("the input's mean of channel " + c + " is " + mean.data()[c]
                        + ", expected one in [0, 1] to pad with; split the input by sign instead");
            }
        }
        int size = 2 * padding + 1;
        Tensor ones = Tensor.zeros(channels, 1, size, size);
        for (int c = 0; c < channels; c++) {
            ones.data()[c * size * size + padding * size + padding] = 1;
        }
        return new Network("border", input, List.of(
                new Node("less", new Operator.BatchNormalisation(mean, Tensor.filled(1, channels), Tensor.filled(1, channels),
                        Tensor.zeros(channels), 0), List.of(Network.INPUT)),
                new Node("plus", new Operator.Convolution(new Window(size, size, 1, 2 * padding).grouped(channels), ones, mean),
                        List.of("less"))));
    }

    private static Prepared split(Network network, Operator.BatchNormalisation head) {
        Node first = only(network, network.nodes().getFirst().name());
        int channels = network.input().channels();
        double unit = 0;
        for (int c = 0; c < channels; c++) {
            unit = Math.max(unit, Math.max(Math.abs(head.offset(c)), Math.abs(head.offset(c) + head.factor(c))));
        }
        Tensor weights = Tensor.zeros(2 * channels, channels, 1, 1);
        Tensor bias = Tensor.zeros(2 * channels);
        for (int i = 0; i < 2 * channels; i++) {
            double sign = i < channels ? 1 / unit : -1 / unit;
            weights.data()[i * channels + i % channels] = (float) (sign * head.factor(i % channels));
            bias.data()[i] = (float) (sign * head.offset(i % channels));
        }
        Network front = new Network("split", network.input(), List.of(
                new Node("signs", new Operator.Convolution(Window.square(1, 1), weights, bias), List.of(Network.INPUT)),
                new Node("parts", new Operator.Rectifier(1), List.of("signs"))));
        List<Node> nodes = new ArrayList<>();
        for (Node node : network.nodes().subList(1, network.nodes().size())) {
            nodes.add(node.equals(first) ? new Node(node.name(), Signs.inputs(node, network.input()), List.of(Network.INPUT)) : node);
        }
        return new Prepared(Optional.of(front), Folding.of(new Network(network.name(), front.output(), nodes)), unit);
    }

    /** Everything up to the first rectifier. */
    private static Prepared tensor(Network network) {
        List<Node> front = new ArrayList<>();
        String last = Network.INPUT;
        while (front.isEmpty() || !(front.getLast().operator() instanceof Operator.Rectifier)) {
            front.add(only(network, last));
            last = front.getLast().name();
        }
        String cut = last;
        List<Node> rest = network.nodes().stream().filter(node -> !front.contains(node)).map(node -> new Node(node.name(),
                node.operator(), node.inputs().stream().map(name -> name.equals(cut) ? Network.INPUT : name).toList())).toList();
        Network computed = new Network("tensor core", network.input(), front);
        return new Prepared(Optional.of(computed), new Network(network.name(), computed.output(), rest), 1);
    }
}
