package metronome.core.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import metronome.core.tensor.Tensor;

/** Small networks with normalisations, residual additions of every kind and stacked branches. */
public final class RandomResiduals {
    private final Random random;
    private final List<Node> nodes = new ArrayList<>();
    private Shape shape = new Shape(2, 9, 8);
    private String last = Network.INPUT;

    /**
     * Begins.
     *
     * @param seed of everything
     */
    public RandomResiduals(long seed) {
        random = new Random(seed);
    }

    /** {@return a network whose additions can all be folded} */
    public Network network() {
        if (random.nextBoolean()) {
            normalise();
        }
        convolution(new Window(3, 3, 1, random.nextInt(2)), 2 + random.nextInt(3));
        normalise();
        rectify();
        for (int blocks = 1 + random.nextInt(3); blocks > 0; blocks--) {
            block();
        }
        if (random.nextBoolean() && shape.height() >= 3 && shape.width() >= 3) {
            add(new Operator.MaxPool(new Window(3, 3, 2, random.nextInt(2)).roundedUp()), List.of(last));
        }
        add(new Operator.AveragePool(Window.covering(shape)), List.of(last));
        add(new Operator.Dense(weights(3, shape.size()), weights(3)), List.of(last));
        if (random.nextBoolean()) {
            normalise();
        }
        return new Network("residual", new Shape(2, 9, 8), nodes);
    }

    private void block() {
        String from = last;
        Shape before = shape;
        int stride = 1 + random.nextInt(2);
        int channels = stride == 1 && random.nextBoolean() ? before.channels() : 4;
        convolution(new Window(3, 3, stride, 1), channels);
        normalise();
        rectify();
        int groups = random.nextBoolean() ? 1 : shape.channels();
        boolean dilated = random.nextBoolean();
        convolution((dilated ? new Window(3, 3, 1, 2).dilated(2) : new Window(3, 3, 1, 1)).grouped(groups), channels);
        normalise();
        String body = last;
        if (stride != 1 || channels != before.channels() || random.nextBoolean()) {
            last = from;
            shape = before;
            convolution(Window.square(1, stride), channels);
            if (random.nextBoolean()) {
                normalise();
            }
            from = last;
        }
        add(new Operator.Add(), random.nextBoolean() ? List.of(body, from) : List.of(from, body));
        if (random.nextInt(4) > 0) {
            rectify();
        } else {
            add(new Operator.Rectifier(1.5f), List.of(last));
        }
    }

    private void convolution(Window window, int channels) {
        int inputs = shape.channels() / window.groups();
        add(new Operator.Convolution(window, weights(channels, inputs, window.height(), window.width()), weights(channels)),
                List.of(last));
    }

    private void normalise() {
        Tensor variance = weights(shape.channels());
        for (int i = 0; i < variance.size(); i++) {
            variance.data()[i] = variance.data()[i] * variance.data()[i];
        }
        add(new Operator.BatchNormalisation(weights(shape.channels()), variance, weights(shape.channels()),
                weights(shape.channels()), 0.3), List.of(last));
    }

    private void rectify() {
        add(new Operator.Rectifier(), List.of(last));
    }

    private void add(Operator operator, List<String> inputs) {
        nodes.add(new Node("n" + nodes.size(), operator, inputs));
        last = nodes.getLast().name();
        shape = new Network("so far", new Shape(2, 9, 8), nodes).output();
    }

    private Tensor weights(int... extents) {
        Tensor tensor = Tensor.zeros(extents);
        for (int i = 0; i < tensor.size(); i++) {
            tensor.data()[i] = (float) random.nextGaussian() / 2;
        }
        return tensor;
    }
}
