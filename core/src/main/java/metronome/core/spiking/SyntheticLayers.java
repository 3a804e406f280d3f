package metronome.core.spiking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import metronome.core.code.Ticking;
import metronome.core.code.ZeroPolicy;
import metronome.core.io.DataException;
import metronome.core.network.Network;
import metronome.core.network.Node;
import metronome.core.network.Operator;
import metronome.core.network.Shape;
import metronome.core.network.Window;

/** Makes the layers of a {@link SyntheticNetwork} one after the other, each from the spikes that reach it. */
final class SyntheticLayers {
    private static final int WEIGHT_BITS = 8;
    private static final byte MEAN_WEIGHT = -127;
    private static final double LAST_STEP_SHARE = 0.01;
    /** One part for the sums, one for the bias, and the drive takes up to five: the scale may be twice a one-sided sum. */
    private static final int SHARE_OF_SUMS = 8;

    private final Network architecture;
    private final SyntheticNetwork.Settings settings;
    private final Wiring wiring;
    private final List<Node> nodes;
    private final FixedNetwork none;
    private final SplittableRandom random;
    private final List<FixedLayer> layers = new ArrayList<>();
    private final List<SyntheticNetwork.Share> shares = new ArrayList<>();

    SyntheticLayers(Network architecture, SyntheticNetwork.Settings settings) {
        this.architecture = architecture;
        this.settings = settings;
        this.wiring = Wiring.of(architecture);
        this.nodes = architecture.nodes().stream().filter(n -> Wiring.isLayer(n.operator())).toList();
        this.none = network(List.of(), Wiring.chain(0));
        this.random = new SplittableRandom(settings.seed());
    }

    private FixedNetwork network(List<FixedLayer> of, Wiring wired) {
        return new FixedNetwork(architecture.name(), settings.code(), Readout.POTENTIAL, WEIGHT_BITS,
                settings.potentialBits(), FixedPoint.leak(settings.code()), architecture.input(), of, wired);
    }

    SyntheticNetwork make() {
        int[] image = SyntheticNetwork.image(architecture.input(), settings, settings.seed() + 1);
        shares.add(SyntheticNetwork.Share.of(Network.INPUT, image, settings.code().zeros()));
        int[][] steps = new int[nodes.size()][];
        for (int l = 0; l < steps.length; l++) {
            int[] arriving = wiring.arriving(l, image, steps);
            steps[l] = layer(l, arriving);
            if (l < steps.length - 1) {
                shares.add(SyntheticNetwork.Share.of(nodes.get(l).name(), steps[l], settings.code().zeros()));
            }
        }
        return new SyntheticNetwork(network(layers, wiring), image, shares);
    }

    /** Adds a layer and gives its firing steps; none of the last, which is read out by potential. */
    private int[] layer(int l, int[] arriving) {
        Node node = nodes.get(l);
        Shape input = architecture.shapes().get(node.inputs().getFirst());
        Shape output = architecture.shapes().get(node.name());
        return switch (node.operator()) {
            case Operator.Convolution(Window window, var weights, _) ->
                synapses(l, new Geometry(node.name(), input, output, window), random(weights.size()), arriving);
            case Operator.Dense(var weights, _) -> synapses(l,
                    new Geometry(node.name(), input, output, Window.covering(input)), random(weights.size()), arriving);
            case Operator.AveragePool pool -> {
                Operator.Convolution mean = pool.asConvolution(input.channels());
                byte[] weights = new byte[mean.weights().size()];
                Arrays.fill(weights, MEAN_WEIGHT);
                yield synapses(l, new Geometry(node.name(), input, output, mean.window()), FixedWeights.ofBytes(weights),
                        arriving);
            }
            case Operator.MaxPool(Window window) -> {
                layers.add(new FixedLayer.Pool(node.name(), input, output, window,
                        settings.code().zeros() == ZeroPolicy.SILENT ? PoolCircuit.RESET : PoolCircuit.COUNTER));
                yield Spikes.latest(arriving, input, output, window);
            }
            default -> throw new DataException("node " + node.name() + ": no layer is made of it");
        };
    }

    private record Geometry(String name, Shape input, Shape output, Window window) {
        FixedLayer.Synapses with(FixedWeights weights, int bias, int shift, FixedDrive drive, double scale) {
            int[] biases = new int[output.channels()];
            Arrays.fill(biases, bias + drive.offset());
            return new FixedLayer.Synapses(name, input, output, window, weights, biases, shift, drive.threshold(),
                    drive.firstTick(), drive.tick(), drive.offset(), scale);
        }
    }

    /** The mean of four uniform bytes, with a standard deviation of 37; the sum is symmetric around 0. */
    private FixedWeights random(int count) {
        byte[] weights = new byte[count];
        for (int i = 0; i < count; i += 2) {
            long bits = random.nextLong();
            weights[i] = mean((int) bits);
            if (i + 1 < count) {
                weights[i + 1] = mean((int) (bits >>> 32));
            }
        }
        return FixedWeights.ofBytes(weights);
    }

    private static byte mean(int bits) {
        return (byte) (((byte) bits + (byte) (bits >> 8) + (byte) (bits >> 16) + (byte) (bits >> 24) + 2) / 4);
    }

    private int[] synapses(int l, Geometry geometry, FixedWeights weights, int[] arriving) {
        long room = SaturatingSum.highest(settings.potentialBits());
        int shift = shift(FixedBound.oneSided(weights, geometry.output.channels()), room / SHARE_OF_SUMS);
        FixedLayer.Synapses blank = geometry.with(weights, 0, shift, FixedDrive.NONE, 1);
        if (l == nodes.size() - 1) {
            layers.add(blank);
            return new int[0];
        }
        int[] potentials = new FixedStage(blank, none, true, true, LeakPolicy.EAGER)
                .integrate(Spikes.of(arriving, settings.code().steps()), SaturatingSum.UNLIMITED);
        FixedLayer.Synapses layer = calibrated(geometry, blank, reached(l, geometry.output, potentials));
        if (FixedBound.of(layer) > room) {
            throw new DataException("layer " + layer.name() + ": sums up to " + FixedBound.of(layer) + " do not fit "
                    + settings.potentialBits() + "-bit potentials (" + room + ")");
        }
        layers.add(layer);
        for (int i = 0; i < potentials.length; i++) {
            potentials[i] += layer.bias()[i % layer.bias().length];
        }
        return FixedStage.channelMajor(new FixedLif(settings.code().steps(), none.leak(),
                settings.code().zeros() == ZeroPolicy.SILENT, layer).fire(potentials), layer.output());
    }

    private static int shift(long oneSided, long room) {
        int shift = 0;
        while (shift < 20 && oneSided << shift + 1 <= room) {
            shift++;
        }
        return shift;
    }

    /** The bias puts zero at the quantile of the firing neurons, the scale puts 1.0 near the strongest of them. */
    private FixedLayer.Synapses calibrated(Geometry geometry, FixedLayer.Synapses blank, int[] potentials) {
        Arrays.parallelSort(potentials);
        int firing = (int) Math.min(potentials.length - 1, Math.round((1 - settings.silent()) * potentials.length));
        boolean mean = nodes.get(layers.size()).operator() instanceof Operator.AveragePool;
        int zero = mean ? 0 : potentials[firing];
        double scale = Math.max(1, (double) zero - potentials[(int) (LAST_STEP_SHARE * firing)]);
        return geometry.with(blank.weights(), -zero, blank.shift(),
                FixedDrive.of(Ticking.DEFAULT, settings.code(), none.leak(), scale), scale);
    }

    /** The potentials that decide what is read: of the layer, or where one pool reads it, the lowest of each window. */
    private int[] reached(int l, Shape shape, int[] potentials) {
        List<Integer> readers = new ArrayList<>();
        for (int reader = 0; reader < nodes.size(); reader++) {
            if (wiring.sources().get(reader).contains(l)) {
                readers.add(reader);
            }
        }
        if (readers.size() != 1 || !wiring.sources().get(readers.getFirst()).equals(List.of(l))
                || !(nodes.get(readers.getFirst()).operator() instanceof Operator.MaxPool(Window window))) {
            return potentials.clone();
        }
        // The strongest neuron has the lowest potential; latest gives maxima of what is above -1.
        int[] strength = FixedStage.channelMajor(potentials, shape);
        int highest = Arrays.stream(strength).max().orElseThrow();
        Arrays.setAll(strength, i -> highest - strength[i]);
        int[] pooled = Spikes.latest(strength, shape, window.output(shape, shape.channels()), window);
        Arrays.setAll(pooled, i -> highest - pooled[i]);
        return pooled;
    }
}
