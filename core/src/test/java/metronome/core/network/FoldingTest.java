package metronome.core.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import metronome.core.data.Samples;
import metronome.core.spiking.DirectInference;
import metronome.core.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Does a folded network compute what it did? */
class FoldingTest {
    private static final int ROUNDS = 300;

    @Test
    void theFunctionStays() {
        int relays = 0;
        for (long seed = 1; seed <= ROUNDS; seed++) {
            Network network = new RandomResiduals(seed).network();
            Network folded = Folding.of(network);
            Random random = new Random(seed);
            float[] image = new float[network.input().size()];
            for (int i = 0; i < image.length; i++) {
                image[i] = random.nextFloat();
            }
            double[] expected = new DirectInference(network).run(image).lastEntry().getValue();
            double[] found = new DirectInference(folded).run(image).lastEntry().getValue();
            double size = 1;
            for (double value : expected) {
                size = Math.max(size, Math.abs(value));
            }
            assertArrayEquals(expected, found, 1e-4 * size, "seed " + seed);
            boolean head = network.nodes().getFirst().operator() instanceof Operator.BatchNormalisation
                    && network.nodes().get(1).operator() instanceof Operator.Convolution c && c.window().padding() > 0;
            for (Node node : folded.nodes()) {
                assertTrue(!(node.operator() instanceof Operator.Add), "seed " + seed + " " + node);
                assertTrue(head || !(node.operator() instanceof Operator.BatchNormalisation), "seed " + seed + " " + node);
                relays += node.name().endsWith("_relay") ? 1 : 0;
            }
        }
        assertTrue(relays > ROUNDS / 10, relays + " relays");
    }

    @Test
    void inferenceComputesThem() {
        for (long seed = 1; seed <= 40; seed++) {
            Network network = new RandomResiduals(seed).network();
            byte[] images = new byte[3 * network.input().size()];
            new Random(seed).nextBytes(images);
            Samples samples = new Samples(network.input(), images, new int[3]);
            Tensor outputs = Inference.of(network).outputs(samples, 1);
            double[] expected = Reference.run(network, samples.image(2));
            for (int i = 0; i < expected.length; i++) {
                assertEquals(expected[i], outputs.data()[2 * expected.length + i], 1e-3 * (1 + Math.abs(expected[i])),
                        "seed " + seed);
            }
        }
    }

    @Test
    void whatSomebodyElseReadsIsLeft() {
        Network network = NetworkBuilder.chain("n", new Shape(2, 4, 4)).convolution("c", 3, Window.square(1, 1))
                .batchNormalisation("b").rectifier("r").from("c").rectifier("s").add("sum", "r", "s").dense("d", 2).build();
        assertTrue(Folding.of(network).nodes().stream().anyMatch(n -> n.name().equals("b")));
        Network signed = NetworkBuilder.chain("n", new Shape(2, 4, 4)).convolution("a", 2, new Window(3, 3, 1, 1))
                .from(Network.INPUT).convolution("c", 2, new Window(3, 3, 1, 1).dilated(1).grouped(2)).from("c")
                .rectifier("r").add("sum", "c", "a").rectifier("s").dense("d", 2).build();
        assertEquals(List.of("c", "r", "sum_inputs", "sum", "s", "d"),
                Folding.of(signed).nodes().stream().map(Node::name).toList());
    }

    @Test
    void windowsThatDoNotMatchAreLeft() {
        Network network = NetworkBuilder.chain("n", new Shape(2, 5, 5)).convolution("a", 2, new Window(3, 3, 2, 1))
                .from(Network.INPUT).convolution("b", 2, new Window(1, 1, 2, 0)).add("sum", "a", "b").build();
        assertEquals(List.of("sum"), Folding.of(network).nodes().stream().map(Node::name).toList());
        Network other = NetworkBuilder.chain("n", new Shape(2, 5, 5)).convolution("a", 2, new Window(3, 3, 2, 1))
                .from(Network.INPUT).convolution("b", 2, new Window(5, 5, 2, 2)).add("sum", "a", "b").build();
        assertEquals(List.of("a", "b", "sum"), Folding.of(other).nodes().stream().map(Node::name).toList());
    }

    @Test
    void positionsAreRoundedUp() {
        assertEquals(new Shape(1, 28, 28), Window.square(3, 2).roundedUp().output(new Shape(1, 56, 56), 1));
        assertEquals(new Shape(1, 27, 27), Window.square(3, 2).output(new Shape(1, 56, 56), 1));
        assertEquals(new Shape(1, 56, 56), Window.square(3, 2).roundedUp().output(new Shape(1, 113, 113), 1));
        // A last window that would begin beyond the input sees nothing and is left out.
        assertEquals(new Shape(1, 2, 2), new Window(2, 2, 3, 1).roundedUp().output(new Shape(1, 4, 4), 1));
    }
}
