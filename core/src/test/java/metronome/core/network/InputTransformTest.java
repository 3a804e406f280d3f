package metronome.core.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Random;
import metronome.core.io.DataException;
import metronome.core.network.InputTransform.Order;
import metronome.core.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Does a network that expects other inputs give for pixels what it gave for those inputs? */
class InputTransformTest {
    private static final Shape SHAPE = new Shape(3, 4, 5);

    private final Random random = new Random(4);

    private Network network(boolean dense) {
        NetworkBuilder builder = NetworkBuilder.chain("n", SHAPE);
        Network network = (dense ? builder.dense("d", 4) : builder.convolution("c", 4, new Window(3, 3, 1, 1)).rectifier("r")).build();
        network.nodes().forEach(node -> {
            switch (node.operator()) {
                case Operator.Dense(var w, var b) -> fill(w.data(), b.data());
                case Operator.Convolution(_, var w, var b) -> fill(w.data(), b.data());
                default -> { }
            }
        });
        return network;
    }

    private void fill(float[]... arrays) {
        for (float[] array : arrays) {
            for (int i = 0; i < array.length; i++) {
                array[i] = random.nextFloat() - 0.5f;
            }
        }
    }

    private float[] pixels() {
        float[] pixels = new float[SHAPE.size()];
        fill(pixels);
        return pixels;
    }

    private static float[] run(Network network, float[] image) {
        return Inference.of(network).outputs(Tensor.of(image, 1, image.length), 1).data();
    }

    @Test
    void scalesShiftsAndReorders() {
        InputTransform transform = new InputTransform(255, List.of(104.0, 117.0, 123.0), List.of(2.0, 3.0, 4.0), Order.BGR);
        for (boolean dense : new boolean[] {true, false}) {
            Network network = network(dense);
            float[] pixels = pixels();
            float[] expected = new float[pixels.length];
            int plane = SHAPE.height() * SHAPE.width();
            for (int i = 0; i < expected.length; i++) {
                int c = i / plane;
                float pixel = pixels[(2 - c) * plane + i % plane];
                expected[i] = (255 * pixel - transform.mean().get(c).floatValue()) / transform.deviation().get(c).floatValue();
            }
            assertArrayEquals(run(network, expected), run(transform.before(network), pixels), 2e-3f);
        }
    }

    @Test
    void reordersWithoutANode() {
        Network network = network(false);
        Network reordered = new InputTransform(1, List.of(0.0), List.of(1.0), Order.BGR).before(network);
        assertEquals(2, reordered.nodes().size());
        float[] pixels = pixels();
        float[] other = pixels.clone();
        System.arraycopy(pixels, 0, other, 40, 20);
        System.arraycopy(pixels, 40, other, 0, 20);
        assertArrayEquals(run(network, other), run(reordered, pixels), 1e-5f);
    }

    @Test
    void nothingIsNothing() {
        Network network = network(true);
        assertSame(network, InputTransform.NONE.before(network));
    }

    @Test
    void refusesWhatDoesNotFit() {
        Network network = network(true);
        assertEquals("2 values of the mean for an input of 3 channels", refused(
                new InputTransform(1, List.of(1.0, 2.0), List.of(), Order.RGB), network));
        Network pool = NetworkBuilder.chain("p", SHAPE).maxPool("p", Window.square(2, 2)).build();
        assertEquals("node p: reads the input and cannot take its channels in another order; only convolutions and dense layers can",
                refused(new InputTransform(1, List.of(), List.of(), Order.BGR), pool));
        assertEquals("only images of three channels have an order of colours, the network takes 1x2x2", refused(
                new InputTransform(1, List.of(), List.of(), Order.BGR), NetworkBuilder.chain("g", new Shape(1, 2, 2)).dense("d", 1).build()));
    }

    private static String refused(InputTransform transform, Network network) {
        return assertThrows(DataException.class, () -> transform.before(network)).getMessage();
    }
}
