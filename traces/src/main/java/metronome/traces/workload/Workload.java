package metronome.traces.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import metronome.core.io.DataException;
import metronome.core.network.Shape;
import metronome.core.spiking.FixedWeights;
import metronome.core.spiking.PlainLayer;
import metronome.core.spiking.PlainNeuron;
import metronome.core.spiking.SpikeTrain;

/**
 * The layers of a network with the spikes that go into each and come out of it. Each layer stands by itself: what lies between
 * two layers, pools above all, is no part of it.
 *
 * @param name what it is called in reports
 * @param layers in order
 */
public record Workload(String name, List<Layer> layers) {
    /** How it is known which spikes come out of a layer. */
    public enum Known {
        /** They are what goes into the next one. */
        EXACT,
        /** There is a pool between them: for each spike behind it, the first neuron of its window is taken to have spiked, which is
         * the least that can have been. */
        FEWEST,
        /** There is no next layer, or its shape or steps are others: none is taken to have spiked. */
        UNKNOWN
    }

    /**
     * One layer.
     *
     * @param synapses its shape; weights are zero, as nothing is computed with them
     * @param input spikes that reach it
     * @param output spikes of its neurons
     * @param known what they are taken from
     */
    public record Layer(PlainLayer synapses, SpikeTrain input, SpikeTrain output, Known known) {
        /** {@return which share of the inputs spikes at a step, on average} */
        public double density() {
            return (double) input.spikes() / synapses.input().size() / (input.lastStep() + 1);
        }
    }

    /** Copies the list. */
    public Workload {
        layers = List.copyOf(layers);
    }

    /**
     * {@return the layers with their spikes}
     *
     * @param name what it is called in reports
     * @param spikes that reach each layer, maybe followed by those that the last one fires
     * @param rows shape of each layer; one that takes a flat input may have it in three extents
     * @param leak whether and when potentials leak, which takes cycles
     * @throws DataException if there are not as many of both, or spikes have another shape than the layer
     */
    public static Workload of(String name, List<LayerSpikes> spikes, List<LayerRow> rows, PlainNeuron.LeakOrder leak) {
        if (spikes.size() != rows.size() && spikes.size() != rows.size() + 1) {
            throw new DataException(name + " has spikes of " + spikes.size() + " layers (" + names(spikes.stream().map(LayerSpikes::name))
                    + "), the table " + rows.size() + " (" + names(rows.stream().map(LayerRow::name)) + ")");
        }
        List<Layer> layers = new ArrayList<>();
        for (int l = 0; l < rows.size(); l++) {
            requireShape(spikes.get(l), rows.get(l).input(), "layer " + rows.get(l).name() + " takes");
            Shape next = l + 1 < rows.size() ? rows.get(l + 1).input() : rows.get(l).output();
            layers.add(layer(spikes.subList(l, Math.min(l + 2, spikes.size())), rows.get(l), next, leak));
        }
        if (spikes.size() > rows.size()) {
            requireShape(spikes.getLast(), rows.getLast().output(), "layer " + rows.getLast().name() + " fires");
        }
        return new Workload(name, layers);
    }

    private static String names(Stream<String> names) {
        return String.join(", ", names.toList());
    }

    private static void requireShape(LayerSpikes spikes, Shape expected, String why) {
        boolean flat = spikes.shape().equals(Shape.vector(expected.size()));
        if (!flat && !spikes.shape().equals(expected)) {
            throw new DataException(why + " " + expected + ", the spikes of " + spikes.name() + " are " + spikes.shape());
        }
    }

    /** A layer with its spikes and those of the next one, if there is one. */
    private static Layer layer(List<LayerSpikes> spikes, LayerRow row, Shape next, PlainNeuron.LeakOrder leak) {
        SpikeTrain input = spikes.getFirst().train();
        Known known = spikes.size() > 1 && spikes.getLast().train().lastStep() == input.lastStep() ? known(row.output(), next)
                : Known.UNKNOWN;
        SpikeTrain output = switch (known) {
            case EXACT -> spikes.getLast().train();
            case FEWEST -> unpooled(spikes.getLast().train(), next, row.output());
            case UNKNOWN -> new SpikeTrain(new int[input.lastStep() + 1][0]);
        };
        PlainNeuron neuron = new PlainNeuron(PlainNeuron.Current.PULSE, leak, leak == PlainNeuron.LeakOrder.NONE ? 0 : 1 << 15, 1, false, PlainNeuron.Reset.SUBTRACT, 0,
                false, PlainNeuron.Comparison.EACH_STEP, 0, false, false);
        return new Layer(new PlainLayer(row.name(), row.input(), row.output(), row.window(),
                FixedWeights.ofBytes(new byte[row.weights()]), new int[0], 0, neuron), input, output, known);
    }

    private static Known known(Shape output, Shape next) {
        if (output.size() == next.size()) {
            return Known.EXACT;
        }
        boolean pooled = output.channels() == next.channels() && output.height() / next.height() == output.width() / next.width()
                && output.height() / next.height() > 1;
        return pooled ? Known.FEWEST : Known.UNKNOWN;
    }

    private static SpikeTrain unpooled(SpikeTrain train, Shape pooled, Shape shape) {
        int size = shape.height() / pooled.height();
        int[][] neurons = new int[train.lastStep() + 1][];
        for (int k = 0; k < neurons.length; k++) {
            neurons[k] = train.neurons()[k].clone();
            for (int i = 0; i < neurons[k].length; i++) {
                int channel = neurons[k][i] / (pooled.height() * pooled.width());
                int row = neurons[k][i] / pooled.width() % pooled.height();
                int column = neurons[k][i] % pooled.width();
                neurons[k][i] = (channel * shape.height() + size * row) * shape.width() + size * column;
            }
        }
        return new SpikeTrain(neurons);
    }
}
