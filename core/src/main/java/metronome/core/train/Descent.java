package metronome.core.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import metronome.core.io.DataException;
import metronome.core.network.Network;
import metronome.core.network.Operator;
import metronome.core.tensor.Kernels;
import metronome.core.tensor.Tensor;

/**
 * Stochastic gradient descent with momentum and weight decay, in place on a network's arrays; running means and variances
 * of normalisations follow their batches.
 */
final class Descent {
    /** By how much a running mean or variance moves towards that of a batch, as in PyTorch. */
    private static final float FOLLOW = 0.1f;

    /** Values of one array, with the speed at which they move, and their part of the rate. */
    record Slot(float[] values, float[] velocity, boolean decays, float part) {
        static Slot of(float[] values, boolean decays, float part) {
            return new Slot(values, new float[values.length], decays, part);
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
     * @param start the same as it was before the first step
     * @param settings how
     */
    Descent(Network network, Network start, Settings settings) {
        momentum = (float) settings.momentum();
        decay = (float) settings.weightDecay();
        operators = network.nodes().stream().map(node -> node.operator()).toList();
        for (int i = 0; i < operators.size(); i++) {
            Operator first = start.nodes().get(i).operator();
            slots.add(Weights.pair(operators.get(i)).map(pair -> slots(pair, part(first, settings.rates()))).orElse(List.of()));
        }
    }

    private static float part(Operator start, Rates rates) {
        return switch (rates) {
            case EQUAL -> 1;
            case BY_WEIGHTS -> Weights.pair(start).filter(Weights.Pair::decays).map(pair -> size(pair.weights())).orElse(1f);
        };
    }

    private static List<Slot> slots(Weights.Pair pair, float part) {
        return List.of(Slot.of(pair.weights().data(), pair.decays(), part), Slot.of(pair.bias().data(), false, part));
    }

    /** The mean square of weights in units of 2 / fan-in; 1 if all are 0. */
    private static float size(Tensor weights) {
        double sum = 0;
        for (float w : weights.data()) {
            sum += (double) w * w;
        }
        return sum == 0 ? 1 : (float) (sum / (2.0 * weights.extent(0)));
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
        move(slot, sum, slot.part / images, (float) rate);
        gradients.forEach(chunk -> Arrays.fill(chunk, 0));
    }

    private void move(Slot slot, float[] gradient, float scale, float rate) {
        float[] w = slot.values;
        float[] v = slot.velocity;
        float pull = slot.decays ? decay : 0;
        for (int i = 0; i < w.length; i++) {
            v[i] = momentum * v[i] + (gradient[i] * scale + pull * w[i]);
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
