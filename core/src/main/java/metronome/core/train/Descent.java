package metronome.core.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import metronome.core.network.Network;

/** Stochastic gradient descent with momentum and weight decay, in place on a network's arrays. */
final class Descent {
    private record Slot(float[] values, float[] velocity, boolean decays) {
    }

    private final List<Slot> slots = new ArrayList<>();
    private final float momentum;
    private final float decay;

    Descent(Network network, Settings settings) {
        momentum = (float) settings.momentum();
        decay = (float) settings.weightDecay();
        for (Weights.Pair pair : Weights.pairs(network)) {
            slots.add(new Slot(pair.weights().data(), new float[pair.weights().size()], true));
            slots.add(new Slot(pair.bias().data(), new float[pair.bias().size()], false));
        }
    }

    /** One step from the gradients of the chunks, which are added in their order and set to zero. */
    void step(List<List<Layer.Gradient>> chunks, int images, double rate) {
        List<List<float[]>> gradients = chunks.stream().map(Descent::arrays).toList();
        for (int i = 0; i < slots.size(); i++) {
            float[] sum = gradients.getFirst().get(i);
            for (List<float[]> chunk : gradients.subList(1, gradients.size())) {
                add(chunk.get(i), sum);
            }
            update(slots.get(i), sum, 1f / images, (float) rate);
            for (List<float[]> chunk : gradients) {
                Arrays.fill(chunk.get(i), 0);
            }
        }
    }

    private static List<float[]> arrays(List<Layer.Gradient> gradients) {
        List<float[]> arrays = new ArrayList<>();
        for (Layer.Gradient gradient : gradients) {
            if (gradient.weights().length > 0) {
                arrays.add(gradient.weights());
                arrays.add(gradient.bias());
            }
        }
        return arrays;
    }

    private static void add(float[] x, float[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += x[i];
        }
    }

    private void update(Slot slot, float[] gradient, float scale, float rate) {
        float[] w = slot.values;
        float[] v = slot.velocity;
        float pull = slot.decays ? decay : 0;
        for (int i = 0; i < w.length; i++) {
            v[i] = momentum * v[i] + (gradient[i] * scale + pull * w[i]);
            w[i] -= rate * v[i];
        }
    }
}
