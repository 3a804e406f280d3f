package metronome.core.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import metronome.core.io.DataException;
import metronome.core.network.Network;
import metronome.core.network.Operator;
import metronome.core.tensor.Kernels;

/**
 * Stochastic gradient descent with momentum and weight decay, in place on a network's arrays; running means and variances
 * of normalisations follow their batches.
 */
final class Descent {
    /** By how much a running mean or variance moves towards that of a batch, as in PyTorch. */
    private static final float FOLLOW = 0.1f;

    /** Values of one array, with the speeds at which they move, and their parts of the rate. */
    private record Slot(float[] values, float[] velocity, boolean decays, float[] parts) {
        static Slot of(float[] values, boolean decays, float[] parts) {
            return new Slot(values, new float[values.length], decays, parts);
        }
    }

    /** Of each node, in order: none or two slots. */
    private final List<List<Slot>> slots = new ArrayList<>();
    private final List<Operator> operators;
    private final float momentum;
    private final float decay;

    /**
     * Begins at rest.
     *
     * @param network whose arrays move
     * @param rates of its nodes, in order
     * @param settings how
     */
    Descent(Network network, List<LayerRates> rates, Settings settings) {
        momentum = (float) settings.momentum();
        decay = (float) settings.weightDecay();
        operators = network.nodes().stream().map(node -> node.operator()).toList();
        for (int i = 0; i < operators.size(); i++) {
            LayerRates parts = rates.get(i);
            slots.add(Weights.pair(operators.get(i)).map(pair -> slots(pair, parts)).orElse(List.of()));
        }
    }

    private static List<Slot> slots(Weights.Pair pair, LayerRates parts) {
        return List.of(Slot.of(pair.weights().data(), pair.decays(), parts.weights()),
                Slot.of(pair.bias().data(), false, parts.bias()));
    }

    /** The speeds of all arrays, node by node. */
    List<float[]> velocities() {
        return slots.stream().flatMap(List::stream).map(Slot::velocity).toList();
    }

    /** Goes on with speeds that {@link #velocities} gave. */
    void restore(List<float[]> from) {
        List<float[]> to = velocities();
        if (!from.stream().map(v -> v.length).toList().equals(to.stream().map(v -> v.length).toList())) {
            throw new DataException("the speeds of the checkpoint do not fit its network");
        }
        for (int i = 0; i < to.size(); i++) {
            System.arraycopy(from.get(i), 0, to.get(i), 0, to.get(i).length);
        }
    }

    /** One step from the gradients of the chunks, which are added in their order and set to zero. */
    void step(List<List<Layer.Gradient>> chunks, int[] samples, double rate) {
        int images = Arrays.stream(samples).sum();
        for (int node = 0; node < operators.size(); node++) {
            int number = node;
            List<Layer.Gradient> gradients = chunks.stream().map(chunk -> chunk.get(number)).toList();
            if (!slots.get(node).isEmpty()) {
                update(slots.get(node).get(0), gradients.stream().map(Layer.Gradient::weights).toList(), images, rate);
                update(slots.get(node).get(1), gradients.stream().map(Layer.Gradient::bias).toList(), images, rate);
            }
            if (operators.get(node) instanceof Operator.BatchNormalisation n) {
                follow(n, gradients, samples, images);
            }
        }
    }

    private void update(Slot slot, List<float[]> gradients, int images, double rate) {
        float[] sum = gradients.getFirst();
        for (float[] chunk : gradients.subList(1, gradients.size())) {
            Kernels.vector().axpy(1, chunk, sum);
        }
        move(slot, sum, 1f / images, (float) rate);
        gradients.forEach(chunk -> Arrays.fill(chunk, 0));
    }

    private void move(Slot slot, float[] gradient, float scale, float rate) {
        float[] w = slot.values;
        float[] v = slot.velocity;
        float pull = slot.decays ? decay : 0;
        for (int i = 0; i < w.length; i++) {
            v[i] = momentum * v[i] + (gradient[i] * (scale * slot.parts[i]) + pull * w[i]);
            w[i] -= rate * v[i];
        }
    }

    /** Chunks count by their samples. */
    private static void follow(Operator.BatchNormalisation n, List<Layer.Gradient> gradients, int[] samples, int images) {
        int channels = n.mean().size();
        for (int c = 0; c < channels; c++) {
            double mean = 0;
            double variance = 0;
            for (int chunk = 0; chunk < samples.length; chunk++) {
                mean += (double) samples[chunk] / images * gradients.get(chunk).seen()[c];
                variance += (double) samples[chunk] / images * gradients.get(chunk).seen()[channels + c];
            }
            n.mean().data()[c] += (float) (FOLLOW * (mean - n.mean().data()[c]));
            n.variance().data()[c] += (float) (FOLLOW * (variance - n.variance().data()[c]));
        }
    }
}
