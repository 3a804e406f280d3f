package metronome.core.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import metronome.core.calibration.Prepared;
import metronome.core.data.Samples;
import metronome.core.network.Lockstep;
import metronome.core.network.Network;
import metronome.core.network.Node;
import metronome.core.network.Operator;
import metronome.core.network.Shape;
import metronome.core.tensor.Kernels;
import metronome.core.tensor.Tensor;
import metronome.core.tensor.Workers;

/**
 * Which part of the learning rate the weights and biases of a layer have.
 *
 * <p>A rectifier lets scales through: with activations divided by s, weights become w r / s and biases b / s, where r is the
 * scale of what they read, and the network computes the same. Gradients become s / r and s times theirs. For steps to stay
 * those of the unscaled network, a weight's part of the rate has to be (r / s)^2 and a bias's 1 / s^2 times what it was. With m, the
 * mean square of what a weight reads at the start, which is divided by r^2, and g, half the sum of w^2 m over the weights of an
 * output, which is divided by s^2,
 *
 * <ul>
 * <li>a bias has g,
 * <li>a weight g / m, and none if it is 0 at the start: it is no synapse, but pruned, or filling of a stacked branch.
 * </ul>
 *
 * <p>g is 1 and all parts are 1 for first weights of variance 2 / fan-in (He et al., ICCV 2015) that read values of mean square 1.
 *
 * @param weights one each; empty if the node learns nothing
 * @param bias one each
 */
record LayerRates(float[] weights, float[] bias) {
    /** How many of the first images tell what layers read. */
    private static final int IMAGES = 4 * Kernels.LANES;

    /**
     * {@return the parts of each node, in order}
     *
     * @param rates which
     * @param start the network as it is before the first step
     * @param samples to learn from, at least one where layers differ
     * @param threads at least 1; the result does not depend on it
     */
    static List<LayerRates> of(Rates rates, Prepared start, Samples samples, int threads) {
        return switch (rates) {
            case EQUAL -> start.body().nodes().stream().map(node -> equal(node.operator())).toList();
            case SCALE_FREE -> scaleFree(start, samples.first(Math.min(IMAGES, samples.count())), threads);
        };
    }

    private static LayerRates equal(Operator operator) {
        return Weights.pair(operator).map(pair -> new LayerRates(filled(pair.weights(), 1), filled(pair.bias(), 1)))
                .orElseGet(() -> new LayerRates(new float[0], new float[0]));
    }

    private static List<LayerRates> scaleFree(Prepared start, Samples samples, int threads) {
        Network network = start.body();
        List<LayerRates> rates = new ArrayList<>();
        try (Workers workers = new Workers(threads)) {
            Lockstep images = new Lockstep(network, start.inputs(samples.tensor(), threads), workers);
            for (Node node : network.nodes()) {
                images.compute(node);
                rates.add(Weights.pair(node.operator()).filter(Weights.Pair::decays)
                        .map(pair -> layer(pair, reads(network, node, pair, images)))
                        .orElseGet(() -> equal(node.operator())));
                images.end(node);
            }
        }
        return rates;
    }

    /**
     * The parts of a layer.
     *
     * @param pair its weights and biases
     * @param read mean square of what each weight reads
     */
    private static LayerRates layer(Weights.Pair pair, double[] read) {
        float[] weights = pair.weights().data();
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += (double) weights[i] * weights[i] * read[i];
        }
        double gain = sum / (2.0 * pair.weights().extent(0));
        float[] parts = new float[weights.length];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = weights[i] == 0 || read[i] == 0 ? 0 : (float) (gain / read[i]);
        }
        return new LayerRates(parts, filled(pair.bias(), (float) gain));
    }

    /** The mean square, over images, places and channels of the same scale, of what each weight of a layer reads. */
    private static double[] reads(Network network, Node node, Weights.Pair pair, Lockstep images) {
        String source = node.inputs().getFirst();
        Shape shape = network.shapes().get(source);
        double[] squares = squares(images.values(source), shape, images.images(), widths(network, source));
        int outputs = pair.weights().extent(0);
        int fanIn = pair.weights().size() / outputs;
        int groups = node.operator() instanceof Operator.Convolution c ? c.window().groups() : 1;
        int taps = fanIn * groups / shape.channels();
        double[] reads = new double[pair.weights().size()];
        for (int i = 0; i < reads.length; i++) {
            int group = i / fanIn * groups / outputs;
            reads[i] = squares[group * (shape.channels() / groups) + i % fanIn / taps];
        }
        return reads;
    }

    /** Of each channel, the mean square of those that share its scale. */
    private static double[] squares(List<float[]> chunks, Shape shape, int images, List<Integer> widths) {
        double[] squares = new double[shape.channels()];
        int place = shape.height() * shape.width() * Kernels.LANES;
        int from = 0;
        for (int width : widths) {
            double sum = 0;
            for (int chunk = 0; chunk < chunks.size(); chunk++) {
                int lanes = Math.min(Kernels.LANES, images - chunk * Kernels.LANES);
                sum += sum(chunks.get(chunk), from * place, (from + width) * place, lanes);
            }
            Arrays.fill(squares, from, from + width, sum * Kernels.LANES / ((double) width * place * images));
            from += width;
        }
        return squares;
    }

    private static double sum(float[] values, int from, int to, int lanes) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += i % Kernels.LANES < lanes ? (double) values[i] * values[i] : 0;
        }
        return sum;
    }

    /** How many channels, one after the other, share a scale: what stacked branches have each of their own. */
    private static List<Integer> widths(Network network, String source) {
        return network.nodes().stream().filter(node -> node.name().equals(source)).findFirst().map(node -> switch (node.operator()) {
            case Operator.Concat _ -> node.inputs().stream().flatMap(input -> widths(network, input).stream()).toList();
            case Operator.MaxPool _, Operator.AveragePool _ -> widths(network, node.inputs().getFirst());
            case Operator.Convolution _, Operator.Dense _, Operator.BatchNormalisation _, Operator.Add _, Operator.Rectifier _,
                    Operator.Staircase _ -> List.of(network.shapes().get(source).channels());
        }).orElseGet(() -> List.of(network.input().channels()));
    }

    private static float[] filled(Tensor like, float value) {
        float[] parts = new float[like.size()];
        Arrays.fill(parts, value);
        return parts;
    }
}
