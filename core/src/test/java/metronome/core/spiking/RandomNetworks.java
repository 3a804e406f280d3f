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

/** Small chains of all shapes, strides and paddings, and images for them. */
final class RandomNetworks {
    private final Random random;
    private final List<Node> nodes = new ArrayList<>();
    private Shape shape;

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

    /** A chain whose activation is given; the last layer has none. */
    Network network(Operator activation) {
        Shape input = new Shape(1 + random.nextInt(3), 1 + random.nextInt(9), 1 + random.nextInt(9));
        shape = input;
        int layers = 1 + random.nextInt(4);
        for (int i = 0; i < layers; i++) {
            add(random.nextBoolean() ? convolution() : dense());
            add(activation);
            if (random.nextInt(3) == 0) {
                add(new Operator.MaxPool(window(3)));
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

    private void add(Operator operator) {
        String previous = nodes.isEmpty() ? Network.INPUT : nodes.getLast().name();
        nodes.add(new Node("n" + nodes.size(), operator, List.of(previous)));
        shape = switch (operator) {
            case Operator.Convolution c -> c.window().output(shape, c.weights().extent(0));
            case Operator.Dense d -> Shape.vector(d.weights().extent(0));
            case Operator.MaxPool p -> p.window().output(shape, shape.channels());
            case Operator.Rectifier _, Operator.Staircase _ -> shape;
        };
    }

    private Operator convolution() {
        Window window = window(5);
        int out = 1 + random.nextInt(9);
        int taps = shape.channels() * window.height() * window.width();
        return new Operator.Convolution(window,
                weights(taps, out, shape.channels(), window.height(), window.width()), weights(4, out));
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
