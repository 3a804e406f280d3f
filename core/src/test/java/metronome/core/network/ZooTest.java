package metronome.core.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import metronome.core.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Do the architectures that ship have the sizes that are published of them? */
class ZooTest {
    @Test
    void multiplyAccumulatesAreThePublishedOnes() {
        assertEquals(2_293_000, Zoo.lenetCaffe().multiplyAccumulates());
        Network alexnet = Zoo.alexnet();
        assertEquals(724.4, Math.round(alexnet.multiplyAccumulates() / 1e5) / 10.0);
        assertEquals(60_965_224, parameters(alexnet));
        Network vgg = Zoo.vgg16();
        assertEquals(15_470, Math.round(vgg.multiplyAccumulates() / 1e6));
        assertEquals(138_357_544, parameters(vgg));
        Network googlenet = Zoo.googlenet();
        assertEquals(1_583, Math.round(googlenet.multiplyAccumulates() / 1e6));
        assertEquals(6_998_552, parameters(googlenet));
    }

    @Test
    void namesAreThoseOfTheNetworks() {
        assertEquals(List.of("alexnet", "googlenet"), List.of(Zoo.untrained("alexnet").name(),
                Zoo.untrained("googlenet").name()));
        assertTrue(Zoo.UNTRAINED.contains("vgg16"));
        assertThrows(IllegalArgumentException.class, () -> Zoo.untrained("lenet"));
    }

    private static long parameters(Network network) {
        return network.nodes().stream().mapToLong(node -> switch (node.operator()) {
            case Operator.Convolution c -> c.weights().size() + c.bias().size();
            case Operator.Dense d -> d.weights().size() + d.bias().size();
            default -> 0;
        }).sum();
    }

    @Test
    void shapesOfGoogLeNetAreThoseOfItsTable() {
        var shapes = Zoo.googlenet().shapes();
        assertEquals(new Shape(64, 112, 112), shapes.get("conv1"));
        assertEquals(new Shape(192, 28, 28), shapes.get("pool2"));
        assertEquals(new Shape(256, 28, 28), shapes.get("inception_3a"));
        assertEquals(new Shape(480, 14, 14), shapes.get("pool3"));
        assertEquals(new Shape(832, 7, 7), shapes.get("pool4"));
        assertEquals(new Shape(1024, 7, 7), shapes.get("inception_5b"));
        assertEquals(new Shape(1024, 1, 1), shapes.get("pool5"));
    }

    @Test
    void refusesBranchesThatDoNotMatch() {
        NetworkBuilder builder = NetworkBuilder.chain("n", new Shape(1, 4, 4)).maxPool("half", Window.square(2, 2));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> builder.concat("all", "half", "input")).getMessage()
                .startsWith("inputs of one height and width can be concatenated, not [1x2x2, 1x4x4]"));
        assertEquals("no node nowhere comes before", assertThrows(IllegalArgumentException.class,
                () -> builder.from("nowhere")).getMessage());
        Node half = new Node("half", new Operator.MaxPool(Window.square(2, 2)), List.of(Network.INPUT));
        refused("node all: needs two inputs or more that come before it, has [half]", half,
                new Node("all", new Operator.Concat(), List.of("half")));
        refused("node d: needs one input that comes before it, has [half, half]", half, new Node("d",
                new Operator.Dense(Tensor.zeros(1, 4), Tensor.zeros(1)), List.of("half", "half")));
    }

    private static void refused(String message, Node... nodes) {
        assertEquals(message, assertThrows(IllegalArgumentException.class,
                () -> new Network("n", new Shape(1, 4, 4), List.of(nodes))).getMessage());
    }
}
