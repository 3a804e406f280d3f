package metronome.core.spiking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.List;
import metronome.core.code.Rounding;
import metronome.core.code.TemporalCode;
import metronome.core.code.ZeroPolicy;
import metronome.core.io.DataException;
import metronome.core.network.Network;
import metronome.core.network.Node;
import metronome.core.network.Operator;
import metronome.core.network.Shape;
import metronome.core.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Is the integer baseline what its definition says, and near the network it came from? */
class IntegerNetworkTest {
    @Test
    void simulatorEqualsTheDefinition() {
        long firstSeed = 50_000;
        System.out.println("IntegerNetworkTest seeds from " + firstSeed);
        for (long seed = firstSeed; seed < firstSeed + 200; seed++) {
            RandomNetworks source = new RandomNetworks(seed);
            Network network = source.chain(new Operator.Rectifier());
            Tensor images = images(source, network, 4);
            IntegerNetwork integers = IntegerQuantiser.quantise(network, images);
            int[] input = IntegerSimulator.encode(Evaluation.image(images, 1));
            IntegerSimulator.Result result = new IntegerSimulator(integers).run(input);
            int[] arriving = input;
            for (int l = 0; l < integers.layers().size(); l++) {
                for (int i = 0; i < result.activations()[l].length; i++) {
                    assertEquals(byDefinition(integers.layers().get(l), arriving, i), result.activations()[l][i],
                            "seed " + seed + ", layer " + l + ", neuron " + i);
                }
                arriving = result.activations()[l];
            }
        }
    }

    private static long byDefinition(IntegerLayer layer, int[] arriving, int i) {
        Shape out = layer.output();
        int channel = i / (out.height() * out.width());
        int y = i / out.width() % out.height();
        int x = i % out.width();
        Shape in = layer.input();
        var window = layer instanceof IntegerLayer.Product p ? p.window() : ((IntegerLayer.Pool) layer).window();
        long sum = 0;
        long most = 0;
        for (int c = 0; c < in.channels(); c++) {
            for (int ky = 0; ky < window.height(); ky++) {
                for (int kx = 0; kx < window.width(); kx++) {
                    int row = y * window.stride() - window.padding() + ky * window.dilation();
                    int column = x * window.stride() - window.padding() + kx * window.dilation();
                    if (row >= 0 && row < in.height() && column >= 0 && column < in.width()) {
                        int value = arriving[(c * in.height() + row) * in.width() + column];
                        most = c == channel ? Math.max(most, value) : most;
                        int inputs = in.channels() / window.groups();
                        boolean sameGroup = c / inputs == channel / (out.channels() / window.groups());
                        if (layer instanceof IntegerLayer.Product p && sameGroup) {
                            sum += (long) value * p.weights()[((channel * inputs + c % inputs) * window.height() + ky)
                                    * window.width() + kx];
                        }
                    }
                }
            }
        }
        return switch (layer) {
            case IntegerLayer.Pool _ -> most;
            case IntegerLayer.Product p when p.last() -> sum + p.bias()[channel];
            case IntegerLayer.Product p -> BigInteger.valueOf(sum + p.bias()[channel])
                    .multiply(BigInteger.valueOf(p.multiplier())).add(BigInteger.ONE.shiftLeft(p.shift() - 1))
                    .shiftRight(p.shift()).max(BigInteger.ZERO).min(BigInteger.valueOf(255)).longValueExact();
        };
    }

    @Test
    void activationsComeNearTheNetwork() {
        int agree = 0;
        for (long seed = 1; seed <= 200; seed++) {
            RandomNetworks source = new RandomNetworks(seed);
            Network network = source.chain(new Operator.Rectifier());
            Tensor images = images(source, network, 8);
            IntegerSimulator integers = new IntegerSimulator(IntegerQuantiser.quantise(network, images));
            int[] classes = integers.classes(images, 2);
            agree += classes[0] == new DirectInference(network).winner(Evaluation.image(images, 0)) ? 1 : 0;
        }
        System.out.println("IntegerNetworkTest: " + agree + " of 200 random networks agree on the class");
        assertTrue(agree >= 190, agree + " of 200");
    }

    @Test
    void percentileClipsWhatIsAbove() {
        Network network = chain(Shape.vector(1), dense(2, 1), new Operator.Rectifier(), dense(1, 1));
        Tensor images = Tensor.of(new float[] {0.25f, 0.25f, 0.25f, 0.25f, 1}, 5, 1);
        IntegerSimulator clipped = new IntegerSimulator(IntegerQuantiser.quantise(network, images, 50));
        assertArrayEquals(new int[] {255}, clipped.run(IntegerSimulator.encode(new float[] {1})).activations()[0]);
        int quarter = IntegerSimulator.encode(new float[] {0.25f})[0];
        assertEquals(255, clipped.run(new int[] {quarter}).activations()[0][0], 1);
        IntegerSimulator whole = new IntegerSimulator(IntegerQuantiser.quantise(network, images));
        assertEquals(64, whole.run(new int[] {quarter}).activations()[0][0], 1);
    }

    @Test
    void refuses() {
        Tensor images = Tensor.zeros(1, 1);
        refused("node n1: only chains with rectifiers", chain(Shape.vector(1), dense(1, 1), new Operator.Staircase(
                new TemporalCode(4, 16, Rounding.CEIL, ZeroPolicy.FLOOR)), dense(1, 1)), images);
        refused("node n1: there is no rectifier between", chain(Shape.vector(1), dense(1, 1), dense(1, 1)), images);
        refused("node n1: the last node must be", chain(Shape.vector(1), dense(1, 1), new Operator.Rectifier()), images);
        refused("node n0: bias 1.0E30 leaves 32-bit accumulators", chain(Shape.vector(1), new Operator.Dense(
                Tensor.of(new float[] {1e-9f}, 1, 1), Tensor.of(new float[] {1e30f}, 1))), images);
        Tensor wide = Tensor.zeros(1, 70_000);
        java.util.Arrays.fill(wide.data(), 1);
        refused("node n0: sums up to 2266950000 leave", chain(Shape.vector(70_000),
                new Operator.Dense(wide, Tensor.zeros(1))), Tensor.zeros(1, 70_000));
    }

    private static void refused(String message, Network network, Tensor images) {
        DataException e = assertThrows(DataException.class, () -> IntegerQuantiser.quantise(network, images));
        assertTrue(e.getMessage().startsWith(message), e.getMessage());
    }

    private static Tensor images(RandomNetworks source, Network network, int count) {
        int size = network.input().size();
        Tensor images = Tensor.zeros(count, size);
        for (int i = 0; i < count; i++) {
            System.arraycopy(source.image(network.input()), 0, images.data(), i * size, size);
        }
        return images;
    }

    private static Operator dense(float weight, int inputs) {
        return new Operator.Dense(Tensor.of(new float[] {weight}, 1, inputs), Tensor.zeros(1));
    }

    private static Network chain(Shape input, Operator... operators) {
        List<Node> nodes = new java.util.ArrayList<>();
        for (Operator operator : operators) {
            nodes.add(new Node("n" + nodes.size(), operator,
                    List.of(nodes.isEmpty() ? Network.INPUT : nodes.getLast().name())));
        }
        return new Network("net", input, nodes);
    }
}
