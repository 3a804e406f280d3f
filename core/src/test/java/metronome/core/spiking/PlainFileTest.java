package metronome.core.spiking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import metronome.core.io.DataException;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.safetensors.Safetensors;
import metronome.core.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Is a plain network that was read the one that was written, and does damage end in one message? */
class PlainFileTest {
    @TempDir
    Path directory;

    private static PlainNetwork random(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Shape shape = new Shape(3 * random.nextInt(1, 3), random.nextInt(3, 6), random.nextInt(3, 6));
        Shape input = shape;
        int bits = random.nextInt(2, 17);
        List<PlainLayer> layers = new ArrayList<>();
        for (int l = random.nextInt(1, 4); l > 0; l--) {
            boolean eachEvent = random.nextInt(3) == 0;
            PlainNeuron neuron = neuron(random, eachEvent);
            Shape sources = PlainLayer.neurons(shape, neuron.waits());
            Window window = l == 1 ? Window.covering(sources) : new Window(3, 3, 1, 1, 1, 2 - sources.channels() % 2);
            Shape neurons = window.output(sources, 6 * random.nextInt(1, 3));
            Shape output = PlainLayer.sent(neurons, neuron.announces());
            int weights = neurons.channels() * sources.channels() / window.groups() * window.height() * window.width();
            layers.add(new PlainLayer("layer" + l, shape, output, window,
                    FixedWeights.of(random.ints(weights, -(1 << bits - 1), 1 << bits - 1).toArray()),
                    random.ints(eachEvent || random.nextBoolean() ? 0 : neurons.channels()).toArray(), random.nextInt(32), neuron));
            shape = output;
        }
        return new PlainNetwork("random " + seed, random.nextInt(1001), bits, 32, PlainReadout.values()[random.nextInt(2)], input,
                layers);
    }

    private static PlainNeuron neuron(SplittableRandom random, boolean eachEvent) {
        PlainNeuron.Current current = PlainNeuron.Current.values()[eachEvent ? 0 : random.nextInt(2)];
        boolean held = current == PlainNeuron.Current.HELD;
        return new PlainNeuron(current,
                PlainNeuron.LeakOrder.values()[random.nextInt(3)], random.nextInt(65536), random.nextInt(-Integer.MAX_VALUE, Integer.MAX_VALUE), random.nextBoolean(),
                PlainNeuron.Reset.values()[random.nextInt(2)], random.nextInt(-Integer.MAX_VALUE, Integer.MAX_VALUE),
                random.nextBoolean(), PlainNeuron.Comparison.values()[eachEvent ? 1 : 0], random.nextInt(1001),
                !eachEvent && random.nextBoolean(), held && random.nextBoolean());
    }

    private static void assertSame(PlainNetwork expected, PlainNetwork actual) {
        for (int l = 0; l < expected.layers().size(); l++) {
            PlainLayer e = expected.layers().get(l);
            PlainLayer a = actual.layers().get(l);
            assertArrayEquals(e.bias(), a.bias());
            assertEquals(new PlainLayer(e.name(), e.input(), e.output(), e.window(), e.weights(), a.bias(), e.shift(), e.neuron()),
                    a);
        }
        assertEquals(new PlainNetwork(expected.name(), expected.lastStep(), expected.weightBits(), expected.potentialBits(),
                expected.readout(), expected.input(), actual.layers()), actual);
    }

    @Test
    void readsBackWhatItWrote() {
        for (long seed = 0; seed < 60; seed++) {
            Path file = directory.resolve(seed + ".safetensors");
            PlainNetwork written = random(seed);
            PlainFile.write(written, file);
            PlainNetwork read = PlainFile.read(file);
            assertSame(written, read);
            assertArrayEquals(PlainFile.toSafetensors(written).bytes(), PlainFile.toSafetensors(read).bytes());
        }
    }

    private static PlainNetwork small() {
        Shape shape = Shape.vector(2);
        return new PlainNetwork("small", 3, 4, 16, PlainReadout.LOWEST_POTENTIAL, shape, List.of(new PlainLayer("a", shape, shape, Window.covering(shape),
                FixedWeights.of(7, -8, 0, 1), new int[] {5, -5}, 1, new PlainNeuron(PlainNeuron.Current.PULSE, PlainNeuron.LeakOrder.BEFORE, 60_000, 9,
                        true, PlainNeuron.Reset.VALUE, -1, false, PlainNeuron.Comparison.EACH_STEP, 2, false, false))));
    }

    /** The text that docs/formats.md describes. */
    @Test
    void theDescriptionIsAsDocumented() {
        assertEquals("""
                {"version":1,"name":"small","steps":3,"weight_bits":4,"potential_bits":16,"readout":"lowest-potential","input":[2,1,1],"layers":[\
                {"name":"a","channels":2,"window":[1,1,1,0],"shift":1,"bias":[5,-5],"neuron":{"current":"pulse","leak_order":"before",\
                "leak":60000,"threshold":9,"strict":true,"reset":"value","reset_to":-1,"once":false,\
                "comparison":"each-step","delay":2,"announces":false,"waits":false}}]}""", PlainFile.toSafetensors(small()).metadata().get(PlainFile.KEY));
    }

    @Test
    void refuses() {
        refused("missing steps in", "\"steps\"", "\"stepps\"");
        refused("steps must be a whole number in [0, 1000]: 1001", "\"steps\":3", "\"steps\":1001");
        refused("version must be 1: 2", "\"version\":1", "\"version\":2");
        refused("weight_bits must be a whole number in [2, 16]", "\"weight_bits\":4", "\"weight_bits\":17");
        refused("layer a: weights must be whole numbers in [-4, 3] (weight_bits): 7.0", "\"weight_bits\":4", "\"weight_bits\":3");
        refused("potential_bits must be a whole number in [16, 32]", "\"potential_bits\":16", "\"potential_bits\":8");
        refused("threshold and reset must be potentials of 16 bits: 32768", "\"threshold\":9", "\"threshold\":32768");
        refused("unknown key layers[0].neuron.leek", "\"leak\":", "\"leek\":1,\"leak\":");
        refused("layers[0].neuron.strict must be true or false, is a number", "\"strict\":true", "\"strict\":1");
        refused("layers[0].neuron.reset must be one of [subtract, value]: \"zero\"", "\"reset\":\"value\"", "\"reset\":\"zero\"");
        refused("readout must be one of [spikes, lowest-potential]: \"last\"", "\"lowest-potential\"", "\"last\"");
        refused("layers[0].neuron.current must be one of [pulse, held]: \"kept\"", "\"pulse\"", "\"kept\"");
        refused("layers[0].neuron.leak must be a whole number in [0, 65535]: 65536", "60000", "65536");
        refused("layers[0].bias[1] must be a whole number", "[5,-5]", "[5,-5.5]");
        refused("layer a: 2x1x1, ", "[5,-5]", "[5,-5,1]");
        refused("neurons that compare at each event have no bias", "each-step", "each-event");
        refused("missing tensor b.weight", "\"name\":\"a\"", "\"name\":\"b\"");
        refused("tensor a.weight must have shape [3, 2, 1, 1]", "\"channels\":2", "\"channels\":3");
        refused("a network needs a layer", text(small()).substring(text(small()).indexOf("\"layers\":[") + 10), "]}");
        refused("not JSON", "}", "");
    }

    private static String text(PlainNetwork network) {
        return PlainFile.toSafetensors(network).metadata().get(PlainFile.KEY);
    }

    private void refused(String message, String target, String replacement) {
        refused(message, PlainFile.toSafetensors(small()).tensors().firstEntry().getValue(), text(small()).replace(target,
                replacement));
    }

    private void refused(String message, Tensor weights, String text) {
        Path file = directory.resolve("bad");
        new Safetensors(new LinkedHashMap<>(Map.of("a.weight", weights)), new LinkedHashMap<>(Map.of(PlainFile.KEY, text)))
                .write(file);
        DataException e = assertThrows(DataException.class, () -> PlainFile.read(file));
        assertTrue(e.getMessage().startsWith(file + ": ") && e.getMessage().contains(message), e.getMessage());
    }

    @Test
    void refusesWeightsThatAreNoWholeNumbers() {
        for (float wrong : new float[] {0.5f, Float.NaN, Float.POSITIVE_INFINITY, 8, -9}) {
            refused("layer a: weights must be whole numbers in [-8, 7] (weight_bits): " + wrong,
                    Tensor.of(new float[] {0, 1, wrong, 2}, 2, 2, 1, 1), text(small()));
        }
    }

    @Test
    void refusesTensorsTooManyAndLayersOfOneName() {
        Tensor weights = PlainFile.toSafetensors(small()).tensors().firstEntry().getValue();
        Safetensors more = new Safetensors(new LinkedHashMap<>(Map.of("a.weight", weights, "b", weights)),
                PlainFile.toSafetensors(small()).metadata());
        assertTrue(assertThrows(DataException.class, () -> PlainFile.fromSafetensors(more)).getMessage()
                .startsWith("metadata metronome.plain: layers: tensors must be [a.weight]"));
        String layer = text(small()).substring(text(small()).indexOf("{\"name\":\"a\""), text(small()).length() - 2);
        refused("layers: tensors must be [a.weight, a.weight], each of another name", weights,
                text(small()).replace(layer, layer + "," + layer));
    }

    @Test
    void survivesDamage() throws Exception {
        long seed = 515_151;
        System.out.println("PlainFileTest.survivesDamage seed " + seed);
        Random random = new Random(seed);
        byte[] whole = PlainFile.toSafetensors(random(4)).bytes();
        int headerEnd = new String(whole, StandardCharsets.ISO_8859_1).indexOf("}}") + 2;
        int refused = 0;
        for (int i = 0; i < 5000; i++) {
            byte[] bytes = whole.clone();
            for (int flips = random.nextInt(3); flips >= 0; flips--) {
                bytes[random.nextInt(headerEnd)] = (byte) (32 + random.nextInt(96));
            }
            try {
                PlainFile.fromSafetensors(Safetensors.parse(bytes));
            } catch (DataException _) {
                refused++;
            }
        }
        assertTrue(refused > 4000, "refused only " + refused);
        Path file = directory.resolve("short");
        for (int length : new int[] {0, 7, 8, 100, whole.length - 1}) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertTrue(assertThrows(DataException.class, () -> PlainFile.read(file)).getMessage().startsWith(file + ": "));
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(List.of(file), files.toList());
        }
    }
}
