package metronome.core.rival;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import metronome.core.data.StrokeDigits;
import metronome.core.io.DataException;
import metronome.core.network.Inference;
import metronome.core.network.Network;
import metronome.core.network.NetworkBuilder;
import metronome.core.network.Node;
import metronome.core.network.Operator;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.network.ZooWeights;
import metronome.core.spiking.Operations;
import metronome.core.tensor.Kernels;
import metronome.core.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Do rates and times of spikes say what the rectifiers say, and are their operations counted? */
class RivalTest {
    private static final long SEED = 20_261;

    private static Network dense(float[][] weights, float[] bias, float[][] last) {
        return new Network("dense", Shape.vector(weights[0].length), List.of(
                new Node("a", new Operator.Dense(matrix(weights), Tensor.of(bias, bias.length)), List.of(Network.INPUT)),
                new Node("r", new Operator.Rectifier(), List.of("a")),
                new Node("b", new Operator.Dense(matrix(last), Tensor.zeros(last.length)), List.of("r"))));
    }

    private static Tensor matrix(float[][] rows) {
        float[] all = new float[rows.length * rows[0].length];
        for (int i = 0; i < all.length; i++) {
            all[i] = rows[i / rows[0].length][i % rows[0].length];
        }
        return Tensor.of(all, rows.length, rows[0].length);
    }

    private static RivalRun run(Network network, Coding coding, int unit, int steps, float... image) {
        return new RivalSimulator(new RivalNetwork(network, coding, unit)).run(image, steps);
    }

    @Test
    void rateOfTheFirstLayerIsTheActivationToOneSpike() {
        Network network = dense(new float[][] {{0.3f, 0.4f}, {1, -1}, {0.25f, 0}, {2, 0}}, new float[] {0, 0, 0, 0},
                new float[][] {{1, 1, 1, 1}, {0, 0, 1, 0}});
        RivalRun run = run(network, Coding.RATE, 1, 100, 1, 1);
        // 0.7, 0, 0.25; what is above one spike a step is clipped.
        assertArrayEquals(new int[] {70, 0, 25, 100}, run.spikes().get("a"));
        assertArrayEquals(new int[] {2, 0, 4, 1}, run.first().get("a"));
        assertEquals(195, run.total());
        assertEquals(4, run.neurons());
        assertArrayEquals(new double[] {195, 25}, run.outputs(), 1e-6);
    }

    @Test
    void ratesApproachRectifiersOfRandomNetworks() {
        for (int trial = 0; trial < 30; trial++) {
            long seed = SEED + trial;
            Random random = new Random(seed);
            Network network = random(random);
            Tensor images = images(random, network.input(), 8);
            RivalNetwork rival = RivalNetwork.of(network, images, 100, Coding.RATE, 1, 1);
            double coarse = error(rival, images, 16);
            double fine = error(rival, images, 1024);
            // Each layer's rates are off by at most about a spike in T, and what reached it by some more; pools switch.
            assertTrue(fine < 0.03, "seed " + seed + ": error of " + fine + " after 1024 steps");
            assertTrue(fine < coarse, "seed " + seed + ": " + coarse + " after 16 steps, " + fine + " after 1024");
        }
    }

    /** The mean distance of rates and activations. */
    private static double error(RivalNetwork rival, Tensor images, int steps) {
        List<Node> nodes = rival.network().nodes();
        RivalSimulator simulator = new RivalSimulator(rival);
        double[] sum = new double[2];
        Inference.of(rival.network()).visit(images, 1, (_, count, activations) -> {
            for (int n = 0; n < count; n++) {
                int lane = n;
                int size = rival.network().input().size();
                RivalRun run = simulator.run(java.util.Arrays.copyOfRange(images.data(), n * size, (n + 1) * size), steps);
                run.spikes().forEach((name, spikes) -> {
                    float[] values = activations.get(1 + reader(nodes, name));
                    for (int i = 0; i < spikes.length; i++) {
                        sum[0] += Math.abs((double) spikes[i] / steps - values[i * Kernels.LANES + lane]);
                        sum[1]++;
                    }
                });
            }
        });
        return sum[0] / sum[1];
    }

    /** Index of the rectifier behind a layer; of a mean the layer itself. */
    private static int reader(List<Node> nodes, String name) {
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i).inputs().contains(name) && nodes.get(i).operator() instanceof Operator.Rectifier) {
                return i;
            }
        }
        return nodes.stream().map(Node::name).toList().indexOf(name);
    }

    private static Network random(Random random) {
        int channels = 1 + random.nextInt(3);
        NetworkBuilder builder = NetworkBuilder.chain("random", new Shape(channels, 6, 7))
                .convolution("c1", 4, new Window(3, 3, 1, random.nextInt(2))).rectifier("r1");
        switch (random.nextInt(4)) {
            case 0 -> builder.maxPool("p1", Window.square(2, 2));
            case 1 -> builder.averagePool("p1", Window.square(2, 2));
            case 2 -> builder.maxPool("left", Window.square(2, 2)).from("r1").convolution("c3", 2, Window.square(2, 2))
                    .rectifier("r3").concat("both", "left", "r3");
            default -> { }
        }
        Network network = builder.convolution("c2", 4, new Window(2, 2, 1, 0, 1, 2)).rectifier("r2").dense("d", 5).build();
        Map<String, Operator> filled = new HashMap<>();
        for (Node node : network.nodes()) {
            switch (node.operator()) {
                case Operator.Convolution(Window w, Tensor weights, Tensor bias) ->
                    filled.put(node.name(), new Operator.Convolution(w, noise(random, weights), noise(random, bias)));
                case Operator.Dense(Tensor weights, Tensor bias) ->
                    filled.put(node.name(), new Operator.Dense(noise(random, weights), noise(random, bias)));
                default -> { }
            }
        }
        return network.with(filled);
    }

    private static Tensor noise(Random random, Tensor like) {
        Tensor noise = like.copy();
        for (int i = 0; i < noise.size(); i++) {
            noise.data()[i] = (float) (random.nextGaussian() * 0.3);
        }
        return noise;
    }

    private static Tensor images(Random random, Shape shape, int count) {
        Tensor images = Tensor.zeros(count, shape.channels(), shape.height(), shape.width());
        for (int i = 0; i < images.size(); i++) {
            images.data()[i] = random.nextInt(3) == 0 ? 0 : random.nextFloat();
        }
        return images;
    }

    @Test
    void poolPassesOnTheMostActiveInput() {
        Network network = new Network("pool", new Shape(1, 1, 4), List.of(
                new Node("c", new Operator.Convolution(Window.square(1, 1), Tensor.filled(1, 1, 1, 1, 1), Tensor.zeros(1)),
                        List.of(Network.INPUT)),
                new Node("r", new Operator.Rectifier(), List.of("c")),
                new Node("p", new Operator.MaxPool(new Window(1, 2, 2, 0)), List.of("r")),
                new Node("d", new Operator.Dense(matrix(new float[][] {{1, 0}, {0, 1}}), Tensor.zeros(2)), List.of("p"))));
        RivalRun run = run(network, Coding.RATE, 1, 40, 0.25f, 0.75f, 0, 0.5f);
        // Inputs and windows: the gate may lose a spike while it finds out.
        assertEquals(30, run.outputs()[0], 1);
        assertEquals(20, run.outputs()[1], 1e-6);
        RivalRun first = run(network, Coding.FIRST_SPIKE, 3, 40, 0.25f, 0.75f, 0, 0.5f);
        // The earliest spikes at 3 / 0.75 = 4 and 3 / 0.5 = 6; each then adds its weight at every step.
        assertArrayEquals(new double[] {37, 35}, first.outputs(), 1e-6);
    }

    @Test
    void firstSpikesComeInTheOrderOfActivations() {
        for (int trial = 0; trial < 30; trial++) {
            Random random = new Random(SEED + trial);
            int unit = 1 + random.nextInt(20);
            float[][] weights = new float[20][6];
            for (float[] row : weights) {
                for (int i = 0; i < row.length; i++) {
                    row[i] = random.nextFloat() - 0.4f;
                }
            }
            Network network = dense(weights, new float[20], new float[][] {new float[20]});
            float[] image = new float[6];
            for (int i = 0; i < image.length; i++) {
                image[i] = random.nextFloat();
            }
            for (Coding coding : List.of(Coding.FIRST_SPIKE, Coding.FIRST_SPIKE_DYNAMIC)) {
                int[] first = run(network, coding, unit, 50, image).first().get("a");
                for (int i = 0; i < first.length; i++) {
                    double z = 0;
                    for (int j = 0; j < image.length; j++) {
                        z += (double) weights[i][j] * image[j];
                    }
                    double step = Math.ceil((unit - 1e-9) / z);
                    assertEquals(z <= 0 || step > 50 ? 0 : (int) step, first[i], "seed " + (SEED + trial) + ", neuron " + i);
                }
            }
        }
    }

    @Test
    void secondLayerIntegratesWhatHasArrivedAndBiasFromThenOn() {
        Network network = new Network("two", Shape.vector(1), List.of(
                new Node("a", new Operator.Dense(matrix(new float[][] {{0.5f}, {0.2f}}), Tensor.zeros(2)), List.of(Network.INPUT)),
                new Node("ra", new Operator.Rectifier(), List.of("a")),
                new Node("b", new Operator.Dense(matrix(new float[][] {{0.4f, -0.9f}}), Tensor.of(new float[] {-0.1f}, 1)), List.of("ra")),
                new Node("rb", new Operator.Rectifier(), List.of("b")),
                new Node("c", new Operator.Dense(matrix(new float[][] {{1}, {0}}), Tensor.zeros(2)), List.of("rb"))));
        // a fires at 2 and 5; b has a slope of 0.3 from step 2 on, so 0.3, 0.6, 0.9 at 4, and -0.6 from 5 on: never.
        RivalRun base = run(network, Coding.FIRST_SPIKE, 1, 20, 1);
        assertArrayEquals(new int[] {2, 5}, base.first().get("a"));
        assertArrayEquals(new int[] {0}, base.first().get("b"));
        // Dimmer, a fires at 3 and 7; b reaches 0.9 at 5 and fires at 6, before it knows better.
        RivalRun early = run(network, Coding.FIRST_SPIKE, 1, 20, 0.8f);
        assertArrayEquals(new int[] {3, 7}, early.first().get("a"));
        assertArrayEquals(new int[] {6}, early.first().get("b"));
        // The threshold of 1 is raised by 0.9 while the second is expected; then the slope is negative.
        assertArrayEquals(new int[] {0}, run(network, Coding.FIRST_SPIKE_DYNAMIC, 1, 20, 0.8f).first().get("b"));
    }

    @Test
    void branchesAreStackedInOrderAndWaitedFor() {
        Operator one = new Operator.Convolution(Window.square(1, 1), Tensor.filled(0.5f, 1, 1, 1, 1), Tensor.zeros(1));
        Operator other = new Operator.Convolution(Window.square(1, 1), Tensor.filled(0.2f, 1, 1, 1, 1), Tensor.zeros(1));
        Network network = new Network("branches", new Shape(1, 1, 1), List.of(new Node("a", one, List.of(Network.INPUT)),
                new Node("ra", new Operator.Rectifier(), List.of("a")), new Node("b", other, List.of(Network.INPUT)),
                new Node("rb", new Operator.Rectifier(), List.of("b")), new Node("both", new Operator.Concat(), List.of("ra", "rb")),
                new Node("c", new Operator.Dense(matrix(new float[][] {{1, 0.5f}, {1, 0}, {0, 1}}), Tensor.zeros(3)), List.of("both")),
                new Node("rc", new Operator.Rectifier(), List.of("c")),
                new Node("d", new Operator.Dense(matrix(new float[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}), Tensor.zeros(3)), List.of("rc"))));
        RivalRun rate = run(network, Coding.RATE, 1, 20, 1);
        // Of the first neuron's 12 one is still to come: it fires once a step.
        assertArrayEquals(new int[] {11, 10, 4}, rate.spikes().get("c"));
        // The branches fire at 2 and 5; while the second is waited for, the first neuron's threshold is 1.5.
        RivalRun first = run(network, Coding.FIRST_SPIKE, 1, 20, 1);
        assertArrayEquals(new int[] {2, 2, 5}, first.first().get("c"));
        RivalRun dynamic = run(network, Coding.FIRST_SPIKE_DYNAMIC, 1, 20, 1);
        assertArrayEquals(new int[] {3, 2, 5}, dynamic.first().get("c"));
    }

    @Test
    void nobodyWaitsForTheRestOfAWindowThatHasSpiked() {
        Network network = new Network("pool", new Shape(1, 1, 2), List.of(
                new Node("a", new Operator.Convolution(Window.square(1, 1), Tensor.filled(1, 1, 1, 1, 1), Tensor.zeros(1)),
                        List.of(Network.INPUT)),
                new Node("ra", new Operator.Rectifier(), List.of("a")),
                new Node("p", new Operator.MaxPool(new Window(1, 2, 1, 0)), List.of("ra")),
                new Node("b", new Operator.Dense(matrix(new float[][] {{1}}), Tensor.zeros(1)), List.of("p")),
                new Node("rb", new Operator.Rectifier(), List.of("b")),
                new Node("c", new Operator.Dense(matrix(new float[][] {{1}, {0}}), Tensor.zeros(2)), List.of("rb"))));
        assertArrayEquals(new int[] {2}, run(network, Coding.FIRST_SPIKE_DYNAMIC, 1, 20, 0.5f, 0.2f).first().get("b"));
    }

    @Test
    void nobodyWaitsForANeuronThatNothingDrives() {
        for (float drive : new float[] {0, -0.1f, 0.1f}) {
            Network network = new Network("idle", Shape.vector(1), List.of(
                    new Node("a", new Operator.Dense(matrix(new float[][] {{0.5f}, {drive}}), Tensor.zeros(2)), List.of(Network.INPUT)),
                    new Node("ra", new Operator.Rectifier(), List.of("a")),
                    new Node("b", new Operator.Dense(matrix(new float[][] {{1, -2}}), Tensor.zeros(1)), List.of("ra")),
                    new Node("rb", new Operator.Rectifier(), List.of("b")),
                    new Node("c", new Operator.Dense(matrix(new float[][] {{1}, {0}}), Tensor.zeros(2)), List.of("rb"))));
            int first = run(network, Coding.FIRST_SPIKE_DYNAMIC, 1, 20, 1).first().get("b")[0];
            // With something to wait for the threshold is 3, which is reached two steps later.
            assertEquals(drive > 0 ? 4 : 2, first, "drive " + drive);
        }
    }

    /** a fires at 1 and 2; of b the first is driven at step 1 only and never fires, the second fires at 2; c hears 1 a step from then on. */
    @Test
    void nobodyWaitsWhereNothingDrivesAnyMore() {
        Network network = new Network("ceasing", Shape.vector(1), List.of(
                new Node("a", new Operator.Dense(matrix(new float[][] {{1}, {0.5f}}), Tensor.zeros(2)), List.of(Network.INPUT)),
                new Node("ra", new Operator.Rectifier(), List.of("a")),
                new Node("b", new Operator.Dense(matrix(new float[][] {{0.25f, -0.5f}, {0.5f, 0}}), Tensor.zeros(2)), List.of("ra")),
                new Node("rb", new Operator.Rectifier(), List.of("b")),
                new Node("c", new Operator.Dense(matrix(new float[][] {{-2, 1}}), Tensor.zeros(1)), List.of("rb")),
                new Node("rc", new Operator.Rectifier(), List.of("c")),
                new Node("d", new Operator.Dense(matrix(new float[][] {{1}, {0}}), Tensor.zeros(2)), List.of("rc"))));
        RivalRun ceasing = run(network, Coding.FIRST_SPIKE_DYNAMIC, 1, 20, 1);
        assertArrayEquals(new int[] {0, 2}, ceasing.first().get("b"));
        assertArrayEquals(new int[] {2}, ceasing.first().get("c"), "a threshold of 1");
    }

    @Test
    void countsOperations() {
        Network network = dense(new float[][] {{0.5f, 0}, {0.2f, 0}}, new float[] {0, 0}, new float[][] {{1, 1}, {0, 1}, {0, 0}});
        RivalRun rate = run(network, Coding.RATE, 1, 10, 1, 0);
        // 2 products of the pixel that is not zero; 5 + 2 spikes of 3 synapses and a reset each; 2 currents at 10 steps.
        assertEquals(new Operations(2, 2 + 21 + 7 + 20, 20 + 2), rate.clock());
        assertEquals(new Operations(2, 2 + 21 + 7 + 20, 20 + 2), rate.event());
        RivalRun first = run(network, Coding.FIRST_SPIKE, 1, 10, 1, 0);
        // 2 spikes of 3 synapses, 3 biases begin, 2 + 3 potentials at 10 steps, 2 compared.
        assertEquals(new Operations(2, 2 + 6 + 3 + 50, 20 + 2), first.clock());
        // The first layer is predicted once, the last is reached at two steps.
        assertEquals(new Operations(2 + 4 + 6, 2 + 6 + 3 + 4 + 6, 2 + 2), first.event());
        RivalRun dynamic = run(network, Coding.FIRST_SPIKE_DYNAMIC, 1, 10, 1, 0);
        // Nothing waits before the last layer, which does not fire; who is driven is found out by comparisons.
        assertEquals(new Operations(2, 2 + 6 + 3 + 50, 40 + 2), dynamic.clock());
    }

    @Test
    void biasOfALaterLayerIsAddedAtEveryStepOrCaughtUp() {
        Network network = new Network("biased", Shape.vector(1), List.of(
                new Node("a", new Operator.Dense(matrix(new float[][] {{0.5f}}), Tensor.zeros(1)), List.of(Network.INPUT)),
                new Node("r", new Operator.Rectifier(), List.of("a")),
                new Node("b", new Operator.Dense(matrix(new float[][] {{1}, {0}}), Tensor.of(new float[] {0.25f, 0}, 2)), List.of("r"))));
        RivalRun run = run(network, Coding.RATE, 1, 8, 1);
        assertArrayEquals(new double[] {4 + 2, 0}, run.outputs(), 1e-9);
        assertEquals(new Operations(1, 1 + 8 + 4 + 8 + 16, 8 + 1), run.clock());
        assertEquals(new Operations(1 + 8, 1 + 8 + 4 + 8 + 8, 8 + 1), run.event());
    }

    @Test
    void studySaturatesAndThreadsDoNotMatter() {
        var data = StrokeDigits.dataset(1, 64, 64);
        RivalNetwork rival = RivalNetwork.of(ZooWeights.load("digits", ZooWeights.Kind.DNN), data.training().tensor(), 99.9,
                Coding.RATE, 1, 1);
        RivalStudy one = RivalStudy.of(rival, data.test(), 48, 1);
        RivalStudy two = RivalStudy.of(rival, data.test(), 48, 2);
        assertArrayEquals(one.accuracy(), two.accuracy());
        assertEquals(one.event(), two.event());
        double dnn = Inference.of(ZooWeights.load("digits", ZooWeights.Kind.DNN)).accuracy(data.test(), 1);
        assertEquals(dnn, one.accuracy()[47], 0.04);
        int step = one.saturation();
        assertTrue(one.accuracy()[step - 1] >= one.best() - 0.001 - 1e-9);
        assertTrue(step == 1 || one.accuracy()[step - 2] < one.best() - 0.001);
    }

    @Test
    void refusesWhatSpikesCannotExpress() {
        List<Node> nodes = new ArrayList<>(List.of(
                new Node("a", new Operator.Dense(Tensor.zeros(2, 2), Tensor.zeros(2)), List.of(Network.INPUT)),
                new Node("b", new Operator.Dense(Tensor.zeros(2, 2), Tensor.zeros(2)), List.of("a"))));
        Network bare = new Network("bare", Shape.vector(2), nodes);
        assertTrue(assertThrows(DataException.class, () -> new RivalNetwork(bare, Coding.RATE, 1)).getMessage()
                .startsWith("node a: must be read by one rectifier"));
        nodes.removeLast();
        nodes.add(new Node("r", new Operator.Rectifier(), List.of("a")));
        Network cut = new Network("cut", Shape.vector(2), nodes);
        assertTrue(assertThrows(DataException.class, () -> new RivalNetwork(cut, Coding.RATE, 1)).getMessage()
                .startsWith("node r: is last"));
        nodes.add(new Node("b", new Operator.Dense(Tensor.zeros(2, 2), Tensor.zeros(2)), List.of("r")));
        Network sound = new Network("sound", Shape.vector(2), nodes);
        assertThrows(IllegalArgumentException.class, () -> new RivalNetwork(sound, Coding.RATE, 2));
        assertThrows(IllegalArgumentException.class, () -> run(sound, Coding.RATE, 1, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> run(sound, Coding.RATE, 1, 0, 0, 0));
    }
}
