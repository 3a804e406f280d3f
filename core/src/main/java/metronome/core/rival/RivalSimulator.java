package metronome.core.rival;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import metronome.core.network.Network;
import metronome.core.network.Node;
import metronome.core.network.Operator;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.tensor.Tensor;

/**
 * Runs a rival step by step in double precision. Within a step layers follow each other, so that a spike crosses the network
 * at once. Immutable; any number of threads may use one.
 */
public final class RivalSimulator {
    /** By so much a potential may miss its threshold: sums of tenths that should be 1 fall short by rounding. */
    static final double ROUNDING = 1e-9;

    private final RivalNetwork rival;
    private final SequencedMap<String, Shape> shapes;
    private final Map<String, Synapses> synapses = new HashMap<>();
    private final Map<String, Synapses> magnitudes = new HashMap<>();
    private final String last;

    /**
     * Prepares a network.
     *
     * @param rival what to run; its weights are shared
     */
    public RivalSimulator(RivalNetwork rival) {
        this.rival = rival;
        this.shapes = rival.network().shapes();
        for (Node node : rival.network().nodes()) {
            Shape in = shapes.get(node.inputs().getFirst());
            Shape out = shapes.get(node.name());
            switch (node.operator()) {
                case Operator.Convolution(Window window, Tensor weights, Tensor bias) ->
                    synapses.put(node.name(), new Synapses(in, out, window, weights, bias));
                case Operator.Dense(Tensor weights, Tensor bias) ->
                    synapses.put(node.name(), new Synapses(in, out, Window.covering(in), weights, bias));
                case Operator.AveragePool pool -> {
                    Operator.Convolution c = pool.asConvolution(in.channels());
                    synapses.put(node.name(), new Synapses(in, out, c.window(), c.weights(), c.bias()));
                }
                case Operator.MaxPool _, Operator.Concat _, Operator.Rectifier _, Operator.Add _,
                        Operator.BatchNormalisation _, Operator.Staircase _ -> { }
            }
        }
        synapses.forEach((name, of) -> magnitudes.put(name, of.magnitudes()));
        this.last = rival.network().nodes().getLast().name();
    }

    /**
     * {@return what the network does with an image}
     *
     * @param image values in [0, 1] in channel-major order
     * @param steps at least 1
     * @throws IllegalArgumentException if there are too few or too many values, or no step
     */
    public RivalRun run(float[] image, int steps) {
        if (image.length != rival.network().input().size() || steps < 1) {
            throw new IllegalArgumentException("needs " + rival.network().input().size() + " values and a step: "
                    + image.length + ", " + steps);
        }
        Tally tally = new Tally();
        SequencedMap<String, Part> parts = parts(image, tally);
        Record record = new Record(parts);
        int[] classes = new int[steps];
        for (int step = 1; step <= steps; step++) {
            for (Part part : parts.sequencedValues()) {
                part.step(step);
            }
            record.note(step);
            classes[step - 1] = largest(outputs(parts.get(last)));
        }
        double[] outputs = outputs(parts.get(last));
        tally.both(0, 0, outputs.length - 1);
        return new RivalRun(classes, outputs, record.spikes, record.first, tally.clockDriven(), tally.eventDriven());
    }

    /** Of each layer that fires, how often and when first. */
    private final class Record {
        private final SequencedMap<String, Part> parts;
        private final SequencedMap<String, int[]> spikes = new LinkedHashMap<>();
        private final SequencedMap<String, int[]> first = new LinkedHashMap<>();

        Record(SequencedMap<String, Part> parts) {
            this.parts = parts;
            parts.forEach((name, part) -> {
                if (synapses.containsKey(name) && !name.equals(last)) {
                    spikes.put(name, new int[part.neurons()]);
                    first.put(name, new int[part.neurons()]);
                }
            });
        }

        void note(int step) {
            spikes.forEach((name, counts) -> {
                Spikes now = parts.get(name).spikes();
                for (int i = 0; i < now.count(); i++) {
                    if (counts[now.get(i)]++ == 0) {
                        first.get(name)[now.get(i)] = step;
                    }
                }
            });
        }
    }

    /** One for each node that is no rectifier; rectifiers are what their neurons do. */
    private SequencedMap<String, Part> parts(float[] image, Tally tally) {
        Map<String, Part> byNode = new HashMap<>();
        SequencedMap<String, Part> parts = new LinkedHashMap<>();
        for (Node node : rival.network().nodes()) {
            List<Part> sources = node.inputs().stream().filter(byNode::containsKey).map(byNode::get).toList();
            if (node.operator() instanceof Operator.Rectifier) {
                byNode.put(node.name(), sources.getFirst());
            } else {
                Part part = part(node, sources, image, tally);
                byNode.put(node.name(), part);
                parts.put(node.name(), part);
            }
        }
        return parts;
    }

    private Part part(Node node, List<Part> sources, float[] image, Tally tally) {
        return switch (node.operator()) {
            case Operator.Convolution _, Operator.Dense _, Operator.AveragePool _ -> neurons(node, sources, image, tally);
            case Operator.MaxPool(Window window) -> {
                Pooling pooling = new Pooling(shapes.get(node.inputs().getFirst()), shapes.get(node.name()), window);
                yield rival.coding() == Coding.RATE ? new GatedPool(pooling, sources.getFirst(), tally)
                        : new EarliestPool(pooling, sources.getFirst(), tally);
            }
            case Operator.Concat _ -> new Stacked(sources);
            case Operator.Add _, Operator.BatchNormalisation _, Operator.Rectifier _, Operator.Staircase _ ->
                throw new IllegalStateException(node.name());
        };
    }

    private Part neurons(Node node, List<Part> sources, float[] image, Tally tally) {
        Optional<Part> source = sources.stream().findFirst();
        boolean fires = !node.name().equals(last);
        Synapses of = synapses.get(node.name());
        return switch (rival.coding()) {
            case RATE -> new RateNeurons(of, source, image, fires, tally);
            case FIRST_SPIKE, FIRST_SPIKE_DYNAMIC -> new FirstSpikeNeurons(of, magnitudes.get(node.name()), source,
                    image, rival.unit(), rival.coding() == Coding.FIRST_SPIKE_DYNAMIC, fires, tally);
        };
    }

    private static double[] outputs(Part part) {
        return switch (part) {
            case RateNeurons rate -> rate.potentials();
            case FirstSpikeNeurons first -> first.potentials();
            case GatedPool _, EarliestPool _, Stacked _ -> throw new IllegalStateException("the last layer has no potentials");
        };
    }

    private static int largest(double[] values) {
        int largest = 0;
        for (int i = 1; i < values.length; i++) {
            largest = values[i] > values[largest] ? i : largest;
        }
        return largest;
    }
}
