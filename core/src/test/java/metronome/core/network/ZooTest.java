package metronome.core.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import metronome.core.io.DataException;
import metronome.core.tensor.Tensor;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Do the architectures that ship have the sizes that are published of them? */
class ZooTest {
    /**
     * Figures that others publish: multiply-accumulates of Caffe's and of the papers' networks in millions (Sze et al., Proceedings
     * of the IEEE 2017, table 2, for AlexNet, VGG-16 and GoogLeNet; Howard et al. 2017 for MobileNet), parameters as torchvision and
     * Caffe count them, with biases of convolutions only where no normalisation follows. Of our own network and of the VGG networks for CIFAR-10 the
     * first figure is counted by hand.
     */
    @ParameterizedTest
    @CsvSource({"lenet, 1116416, 80202", "lenet-caffe, 2293000, 431080", "lenet5, 416520, 61706", "alexnet, 724406816, 60965224",
        "vgg11, 7609090048, 132863336", "vgg16, 15470264320, 138357544", "googlenet, 1582671872, 6998552", "resnet18, 1814073344, 11689512",
        "mobilenet, 568740352, 4231976", "vgg7, 48956992, 414218", "vgg11-cifar, 152769536, 9228362", "vgg16-cifar, 313201664, 14724042"})
    void sizesAreThePublishedOnes(String name, long multiplyAccumulates, long parameters) {
        Network network = Zoo.of(name);
        assertEquals(multiplyAccumulates, network.multiplyAccumulates());
        assertEquals(parameters, network.parameters() - idleBiases(network));
        assertEquals(name, network.name());
    }

    /** Biases of convolutions before a normalisation, which takes them away again. */
    private static long idleBiases(Network network) {
        return network.nodes().stream().filter(n -> n.operator() instanceof Operator.BatchNormalisation)
                .mapToLong(n -> network.shapes().get(n.name()).channels()).sum();
    }

    @Test
    void shortcutsOfResNet20AreNoParameters() {
        Network network = Zoo.of("resnet20");
        long constants = network.nodes().stream().filter(n -> n.name().endsWith(".shortcut"))
                .mapToLong(n -> ((Operator.Convolution) n.operator()).weights().size()).sum();
        assertEquals(16 * 32 + 32 * 64, constants);
        assertEquals(269_034, network.parameters() - constants - 32 - 64, "0.27 M in table 6 of He et al.");
        assertEquals(40_551_040, network.multiplyAccumulates() - 256 * 16 * 32 - 64 * 32 * 64);
    }

    @Test
    void squeezeNetHasItsPublishedWeights() {
        Network network = Zoo.of("squeezenet");
        assertEquals(1_248_424, network.parameters());
        assertEquals(861_339_936 - 56L * 512_000, network.multiplyAccumulates(), "without the border of its last convolution");
        assertEquals(new Shape(512, 13, 13), network.shapes().get("fire9/concat"));
        assertEquals(Shape.vector(1000), network.output());
    }

    @Test
    void namesAreThoseOfTheNetworks() {
        Zoo.NAMES.forEach(name -> assertEquals(name, Zoo.of(name).name()));
        assertEquals("unknown architecture \"vgg12\", expected one of " + String.join(", ", Zoo.NAMES) + "; did you mean vgg11?",
                assertThrows(DataException.class, () -> Zoo.of("vgg12")).getMessage());
    }

    /** Layer by layer against tables that others made; layers without weights are not in them. */
    @ParameterizedTest
    @CsvSource({"lenet-caffe, lenet5-caffe", "alexnet, alexnet", "googlenet, googlenet", "vgg16, vgg16", "resnet18, resnet18",
        "resnet20, resnet20-cifar", "squeezenet, squeezenet-1.0"})
    void layersAreThoseOfTheTables(String name, String table) throws IOException {
        String data = System.getenv("METRONOME_DATA");
        Assumptions.assumeTrue(data != null, "METRONOME_DATA is not set");
        List<String> expected = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(data, "topologies", "layers.csv"))) {
            String[] cells = line.split(",");
            if (cells[0].equals(table)) {
                // The border of SqueezeNet's last convolution sees nothing and is left out here.
                expected.add(cells[1].equals("conv_final") ? 512_000L * 169 + " of 512000" : cells[13] + " of " + cells[14]);
            }
        }
        assertEquals(expected.stream().sorted().toList(), layers(Zoo.of(name)).stream().sorted().toList());
    }

    private static List<String> layers(Network network) {
        List<String> layers = new ArrayList<>();
        for (Node node : network.nodes()) {
            Shape output = network.shapes().get(node.name());
            switch (node.operator()) {
                case Operator.Convolution c when !(network.name().equals("resnet20") && node.name().endsWith(".shortcut")) ->
                        layers.add((long) c.weights().size() * output.height() * output.width() + " of " + c.weights().size());
                case Operator.Dense d -> layers.add(d.weights().size() + " of " + d.weights().size());
                default -> { }
            }
        }
        return layers;
    }

    @Test
    void shapesOfGoogLeNetAreThoseOfItsTable() {
        var shapes = Zoo.of("googlenet").shapes();
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
