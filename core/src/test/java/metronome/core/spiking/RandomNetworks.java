package metronome.core.spiking;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import metronome.core.code.Rounding;
import metronome.core.code.TemporalCode;
import metronome.core.code.TickVariant;
import metronome.core.code.Ticking;
import metronome.core.code.ZeroPolicy;
import metronome.core.network.Network;
import metronome.core.network.Node;
import metronome.core.network.Operator;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.tensor.Tensor;

/** Small networks of all shapes, strides and paddings, a part of them with branches, and images for them. */
final class RandomNetworks {
    private final Random random;
    private final List<Node> nodes = new ArrayList<>();
    private Shape shape;
    private String last = Network.INPUT;

    RandomNetworks(long seed) {
        this.random = new Random(seed);
    }

    static TemporalCode code(Random random) {
        int steps = 1 + random.nextInt(24);
        double constant = steps * (0.12 + 0.5 * random.nextDouble());
        return new TemporalCode(constant, steps, pick(random, Rounding.values()), pick(random, ZeroPolicy.values()));
    }

    static Ticking ticking(Random random) {
        return new Ticking(pick(random, TickVariant.values()), random.nextInt(4) == 0 ? 0 : 2 * random.nextDouble());
    }

    static PoolCircuit pool(TemporalCode code, Random random) {
        return code.zeros() == ZeroPolicy.SILENT ? PoolCircuit.RESET : pick(random, PoolCircuit.values());
    }

    static <T> T pick(Random random, T[] of) {
        return of[random.nextInt(of.length)];
    }

    /** A network whose activation is given; the last layer has none. */
    Network network(Operator activation) {
        return network(activation, true, false);
    }

    /** A network without branches. */
    Network chain(Operator activation) {
        return network(activation, false, false);
    }

    /** A network with branches and average pools. */
    Network means(Operator activation) {
        return network(activation, true, true);
    }

    private Network network(Operator activation, boolean branches, boolean means) {
        Shape input = new Shape(1 + random.nextInt(3), 1 + random.nextInt(9), 1 + random.nextInt(9));
        shape = input;
        int layers = 1 + random.nextInt(4);
        for (int i = 0; i < layers; i++) {
            add(random.nextBoolean() ? convolution() : dense());
            add(activation);
            if (random.nextInt(3) == 0) {
                add(new Operator.MaxPool(window(3)));
            }
            if (means && random.nextBoolean()) {
                add(new Operator.AveragePool(window(3)));
                add(activation);
            }
            if (branches && random.nextInt(3) == 0) {
                inception(activation);
            }
        }
        add(dense());
        return new Network("random", input, nodes);
    }

    float[] image(Shape of) {
        float[] image = new float[of.size()];
        for (int i = 0; i < image.length; i++) {
            image[i] = random.nextInt(3) == 0 ? 0 : random.nextFloat();
        }
        return image;
    }

    /** Branches of different depth that keep height and width, stacked. */
    private void inception(Operator activation) {
        Shape from = shape;
        String source = last;
        List<String> ends = new ArrayList<>();
        int channels = 0;
        for (int branch = 2 + random.nextInt(2); branch > 0; branch--) {
            shape = from;
            last = source;
            if (random.nextInt(3) == 0) {
                add(new Operator.MaxPool(new Window(1, 1, 1, 0)));
            }
            for (int depth = random.nextInt(3); depth > 0; depth--) {
                add(convolution(kept(3)));
                add(activation);
            }
            ends.add(last);
            channels += shape.channels();
        }
        nodes.add(new Node("n" + nodes.size(), new Operator.Concat(), ends));
        last = nodes.getLast().name();
        shape = new Shape(channels, from.height(), from.width());
    }

    /** A window that keeps the extents. */
    private Window kept(int most) {
        int size = most <= Math.min(shape.height(), shape.width()) && random.nextBoolean() ? most : 1;
        return new Window(size, size, 1, size / 2);
    }

    private void add(Operator operator) {
        nodes.add(new Node("n" + nodes.size(), operator, List.of(last)));
        last = nodes.getLast().name();
        shape = switch (operator) {
            case Operator.Convolution c -> c.window().output(shape, c.weights().extent(0));
            case Operator.Dense d -> Shape.vector(d.weights().extent(0));
            case Operator.MaxPool p -> p.window().output(shape, shape.channels());
            case Operator.AveragePool p -> p.window().output(shape, shape.channels());
            case Operator.Rectifier _, Operator.Staircase _, Operator.Concat _, Operator.Add _,
                    Operator.BatchNormalisation _ -> shape;
        };
    }

    private Operator convolution() {
        return convolution(sparse(window(5)));
    }

    private Operator convolution(Window window) {
        int out = window.groups() * (1 + random.nextInt(Math.max(1, 9 / window.groups())));
        int inputs = shape.channels() / window.groups();
        int taps = inputs * window.height() * window.width();
        return new Operator.Convolution(window,
                weights(taps, out, inputs, window.height(), window.width()), weights(4, out));
    }

    /** Groups, up to one for each channel, and gaps in the kernel, as far as it still fits. */
    private Window sparse(Window window) {
        int groups = 1 + random.nextInt(shape.channels());
        Window grouped = random.nextBoolean() && shape.channels() % groups == 0 ? window.grouped(groups) : window;
        Window dilated = grouped.dilated(1 + random.nextInt(3));
        boolean fits = dilated.spanHeight() <= shape.height() && dilated.spanWidth() <= shape.width();
        return random.nextBoolean() && fits ? dilated : grouped;
    }

    private Operator dense() {
        int out = 1 + random.nextInt(20);
        return new Operator.Dense(weights(shape.size(), out, shape.size()), weights(4, out));
    }

    private Window window(int most) {
        int height = 1 + random.nextInt(Math.min(most, shape.height()));
        int width = 1 + random.nextInt(Math.min(most, shape.width()));
        return new Window(height, width, 1 + random.nextInt(3), random.nextInt(Math.min(height, width)));
    }

    private Tensor weights(int fanIn, int... extents) {
        Tensor tensor = Tensor.zeros(extents);
        for (int i = 0; i < tensor.size(); i++) {
            tensor.data()[i] = (float) ((random.nextGaussian() + 0.3) / Math.sqrt(fanIn));
        }
        return tensor;
    }
}
