package metronome.core.spiking;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import metronome.core.calibration.Prepared;
import metronome.core.code.TemporalCode;
import metronome.core.code.TickVariant;
import metronome.core.code.ZeroPolicy;
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
     * @param tdsnn what it was converted to; layers of one name share a row
     * @param images [count, ...], values in [0, 1]
     * @param threads at least 1
     * @throws IllegalArgumentException if the networks differ in their input
     */
    public static OperationCount of(Network dnn, SpikingNetwork tdsnn, Tensor images, int threads) {
        if (!dnn.input().equals(tdsnn.input())) {
            throw new IllegalArgumentException("DNN and TDSNN must have one input: " + dnn.input() + ", " + tdsnn.input());
        }
        return of(dnn, new Prepared(Optional.empty(), dnn, 1), tdsnn, images, threads);
    }

    /**
     * {@return the same for a TDSNN behind something that is computed in numbers, which is counted as of the DNN for both}
     *
     * @param dnn the network with rectifiers
     * @param prepared what is computed before there are spikes
     * @param tdsnn what follows
     * @param images [count, ...], values in [0, 1]
     * @param threads at least 1
     */
    public static OperationCount of(Network dnn, Prepared prepared, SpikingNetwork tdsnn, Tensor images, int threads) {
        DenseOperations dense = new DenseOperations(dnn);
        DirectInference inference = new DirectInference(dense.network());
        SpikingSimulator simulator = new SpikingSimulator(tdsnn);
        SpikingOperations spiking = new SpikingOperations(tdsnn.layers().stream().map(LayerForm::of).toList(), tdsnn.wiring(),
                tdsnn.code(), tdsnn.ticking().variant());
        Optional<DenseOperations> front = prepared.front().map(DenseOperations::new);
        return Evaluation.map(images.extent(0), threads, i -> {
            float[] image = Evaluation.image(images, i);
            SequencedMap<String, double[]> values = inference.run(image);
            int[] input = simulator.encode(prepared.inputs(Tensor.of(image, 1, image.length), 1).data());
            SequencedMap<String, Layer> rows = new LinkedHashMap<>();
            dense.count(node -> v -> values.get(node.inputs().getFirst())[v] != 0).forEach((name, ways) ->
                    rows.merge(name, row(name, ways), Layer::plus));
            front.ifPresent(f -> f.count(_ -> _ -> true).forEach((name, ways) ->
                    rows.merge(name, row(name, ways.dense()), Layer::plus)));
            spiking.count(input, simulator.run(input).steps()).forEach((name, ways) ->
                    rows.merge(name, row(name, ways), Layer::plus));
            return new OperationCount(1, List.copyOf(rows.values()));
        }).stream().reduce(OperationCount::plus).orElseThrow();
    }

    /**
     * {@return the operations of an architecture with random weights, for the image that it was made with} What is silent in
     * the TDSNN counts as a zero of the DNN; under {@link ZeroPolicy#FLOOR} that is what spikes at step 0.
     *
     * @param architecture any
     * @param made from it
     */
    public static OperationCount of(Network architecture, SyntheticNetwork made) {
        FixedNetwork network = made.network();
        int zero = network.code().zeros() == ZeroPolicy.SILENT ? TemporalCode.SILENT : 0;
        int[][] steps = new FixedSimulator(network, LeakPolicy.EAGER).run(made.image()).steps();
        List<String> names = network.layers().stream().map(FixedLayer::name).toList();
        SequencedMap<String, Layer> rows = new LinkedHashMap<>();
        new DenseOperations(architecture).count(node -> {
            int[] arriving = network.wiring().arriving(names.indexOf(node.name()), made.image(), steps);
            return i -> arriving[i] != zero;
        }).forEach((name, ways) -> rows.put(name, row(name, ways)));
        new SpikingOperations(network.layers().stream().map(LayerForm::of).toList(), network.wiring(), network.code(),
                TickVariant.C).count(made.image(), steps).forEach((name, ways) -> rows.merge(name, row(name, ways), Layer::plus));
        return new OperationCount(1, List.copyOf(rows.values()));
    }

    private static Layer row(String name, DenseOperations.Ways ways) {
        return new Layer(name, ways.dense(), ways.skipping(), Operations.NONE, Operations.NONE);
    }

    private static Layer row(String name, Operations front) {
        return new Layer(name, Operations.NONE, Operations.NONE, front, front);
    }

    private static Layer row(String name, SpikingOperations.Ways ways) {
        return new Layer(name, Operations.NONE, Operations.NONE, ways.clock(), ways.event());
    }

    private OperationCount plus(OperationCount other) {
        SequencedMap<String, Layer> rows = new LinkedHashMap<>();
        layers.forEach(layer -> rows.put(layer.name(), layer));
        other.layers.forEach(layer -> rows.merge(layer.name(), layer, Layer::plus));
        return new OperationCount(images + other.images, List.copyOf(rows.values()));
    }
}
