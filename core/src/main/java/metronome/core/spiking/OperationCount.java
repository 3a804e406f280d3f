package metronome.core.spiking;

import java.util.ArrayList;
import java.util.List;
import metronome.core.network.Network;
import metronome.core.tensor.Tensor;

/**
 * The operations of a DNN and of the TDSNN that stands for it, by the rule of docs/operations.md; sums over images.
 *
 * @param images how many were counted
 * @param layers from the input on
 */
public record OperationCount(long images, List<Layer> layers) {
    /**
     * One layer, or a sum of layers.
     *
     * @param name of the layer
     * @param dnnDense a DNN that computes everything
     * @param dnnSkipping a DNN that skips activations that are zero
     * @param tdsnnClock a TDSNN whose neurons are updated at every step
     * @param tdsnnEvent a TDSNN whose neurons are updated at steps with an arrival
     */
    public record Layer(String name, Operations dnnDense, Operations dnnSkipping, Operations tdsnnClock,
            Operations tdsnnEvent) {
        Layer plus(Layer other) {
            return new Layer(name, dnnDense.plus(other.dnnDense), dnnSkipping.plus(other.dnnSkipping),
                    tdsnnClock.plus(other.tdsnnClock), tdsnnEvent.plus(other.tdsnnEvent));
        }
    }

    /** Copies the list. */
    public OperationCount {
        layers = List.copyOf(layers);
    }

    /** {@return all layers together} */
    public Layer total() {
        return layers.stream().reduce(
                new Layer("total", Operations.NONE, Operations.NONE, Operations.NONE, Operations.NONE), Layer::plus);
    }

    /**
     * {@return a mean over the images}
     *
     * @param sum of one kind of operation, or of all
     */
    public double perImage(long sum) {
        return images == 0 ? 0 : (double) sum / images;
    }

    /**
     * {@return the operations of two networks that stand for each other, over images}
     *
     * @param dnn the network with rectifiers
     * @param tdsnn layer by layer of the same shapes
     * @param images [count, ...], values in [0, 1]
     * @param threads at least 1
     * @throws IllegalArgumentException if the networks differ in their shapes
     */
    public static OperationCount of(Network dnn, SpikingNetwork tdsnn, Tensor images, int threads) {
        OperationCounter counter = new OperationCounter(dnn, tdsnn);
        return Evaluation.map(images.extent(0), threads, i -> counter.count(Evaluation.image(images, i))).stream()
                .reduce(OperationCount::plus).orElseThrow();
    }

    private OperationCount plus(OperationCount other) {
        List<Layer> sums = new ArrayList<>();
        for (int l = 0; l < layers.size(); l++) {
            sums.add(layers.get(l).plus(other.layers.get(l)));
        }
        return new OperationCount(images + other.images, sums);
    }
}
