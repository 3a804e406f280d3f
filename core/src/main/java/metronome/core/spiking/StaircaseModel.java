package metronome.core.spiking;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import metronome.core.code.TemporalCode;
import metronome.core.io.DataException;
import metronome.core.network.Network;
import metronome.core.network.Node;
import metronome.core.network.Operator;
import metronome.core.network.Shape;
import metronome.core.network.Window;

/**
 * The staircase network in double precision and closed form: what the spiking network must reproduce spike by spike.
 *
 * <p>It knows nothing of potentials, leaks and ticks: each layer sums decoded values times weights and asks
 * {@link TemporalCode#firingStep}. It starts from the trained network and shares no arithmetic with the conversion and
 * the simulators, so that agreement means something.
 */
public final class StaircaseModel implements SpikingModel {
    private sealed interface Layer {
        record Product(DirectProduct sums) implements Layer {
        }

        record Pool(Shape input, Shape output, Window window) implements Layer {
        }
    }

    private final Network network;
    private final Readout readout;
    private final Wiring wiring;
    private final TemporalCode code;
    private final List<Layer> layers = new ArrayList<>();
    private final double[] decoded;

    /**
     * Prepares a network; float weights are widened.
     *
     * @param network what {@link Converter} accepts
     * @param readout how the class is read; {@link Readout#LAST_SPIKE} makes the last layer fire too
     * @throws DataException if no staircase gives a code
     */
    public StaircaseModel(Network network, Readout readout) {
        this.network = network;
        this.readout = readout;
        this.wiring = Wiring.of(network);
        this.code = code(network);
        this.decoded = IntStream.rangeClosed(0, code.steps()).mapToDouble(code::decode).toArray();
        for (Node node : network.nodes()) {
            Shape input = network.shapes().get(node.inputs().getFirst());
            Shape output = network.shapes().get(node.name());
            switch (node.operator()) {
                case Operator.MaxPool(Window window) -> layers.add(new Layer.Pool(input, output, window));
                case Operator.Convolution _, Operator.Dense _, Operator.AveragePool _ ->
                    layers.add(new Layer.Product(DirectProduct.of(node.operator(), input, output)));
                case Operator.Concat _, Operator.Add _, Operator.BatchNormalisation _, Operator.Staircase _,
                        Operator.Rectifier _ -> { }
            }
        }
    }

    private static TemporalCode code(Network network) {
        return network.nodes().stream().map(Node::operator).filter(Operator.Staircase.class::isInstance)
                .map(operator -> ((Operator.Staircase) operator).code()).findFirst()
                .orElseThrow(() -> new DataException("network " + network.name() + ": has no staircase"));
    }

    @Override
    public TemporalCode code() {
        return code;
    }

    @Override
    public Shape input() {
        return network.input();
    }

    @Override
    public FiringRecord run(int[] spikes) {
        requireSpikes(spikes);
        int[][] steps = new int[layers.size()][];
        double[] sums = {};
        for (int l = 0; l < steps.length; l++) {
            int[] arriving = wiring.arriving(l, spikes, steps);
            switch (layers.get(l)) {
                case Layer.Pool(Shape in, Shape out, Window window) -> steps[l] = Spikes.latest(arriving, in, out, window);
                case Layer.Product(DirectProduct product) -> {
                    sums = product.apply(decode(arriving));
                    steps[l] = ticked(l) ? fire(sums) : new int[0];
                }
            }
        }
        return FiringRecord.of(steps, negated(sums), readout, 0);
    }

    private boolean ticked(int layer) {
        return layer < layers.size() - 1 || readout == Readout.LAST_SPIKE;
    }

    private double[] decode(int[] steps) {
        double[] values = new double[steps.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = steps[i] == TemporalCode.SILENT ? 0 : decoded[steps[i]];
        }
        return values;
    }

    private int[] fire(double[] sums) {
        int[] steps = new int[sums.length];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = code.firingStep(sums[i]);
        }
        return steps;
    }

    private static double[] negated(double[] sums) {
        double[] potentials = new double[sums.length];
        for (int i = 0; i < sums.length; i++) {
            potentials[i] = -sums[i];
        }
        return potentials;
    }
}
