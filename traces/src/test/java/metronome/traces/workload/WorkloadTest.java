package metronome.traces.workload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import metronome.core.io.DataException;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.spiking.FixedWeights;
import metronome.core.spiking.PlainLayer;
import metronome.core.spiking.PlainNetwork;
import metronome.core.spiking.PlainNeuron;
import metronome.core.spiking.PlainReadout;
import metronome.core.spiking.PlainSimulator;
import metronome.core.spiking.SpikeTrain;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Counts;
import metronome.hwmodel.machine.Engine;
import metronome.hwmodel.machine.Machine;
import metronome.isa.compiler.PlainCompiler;
import metronome.isa.target.Presets;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import metronome.traces.run.Watcher;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Do spikes that were recorded cost what a full run costs that spikes so? */
class WorkloadTest {
    private static final long SEED = 20261128;

    @TempDir
    private Path directory;

    private static LayerSpikes spikes(Shape shape, int[]... neurons) {
        return new LayerSpikes("s", shape, new SpikeTrain(neurons));
    }

    private static LayerRow row(Shape input, Window window, int channels) {
        return new LayerRow("l", input, window, window.output(input, channels));
    }

    private static Workload workload(List<LayerSpikes> spikes, List<LayerRow> rows) {
        return Workload.of("w", spikes, rows, PlainNeuron.LeakOrder.BEFORE);
    }

    @Test
    void theNextLayersInputIsALayersOutput() {
        Shape image = new Shape(1, 4, 4);
        Shape flat = Shape.vector(32);
        Workload two = workload(List.of(spikes(image, new int[] {3}, new int[] {}), spikes(flat, new int[] {1, 31}, new int[] {0})),
                List.of(row(image, new Window(3, 3, 1, 1), 2), row(flat, Window.covering(flat), 5)));
        assertEquals(Workload.Known.EXACT, two.layers().getFirst().known());
        assertArrayEquals(new int[][] {{1, 31}, {0}}, two.layers().getFirst().output().neurons());
        assertEquals(Workload.Known.UNKNOWN, two.layers().getLast().known());
        assertArrayEquals(new int[][] {{}, {}}, two.layers().getLast().output().neurons());
        assertEquals(1 / 32.0, two.layers().getFirst().density());
    }

    @Test
    void behindAPoolEachSpikeIsTheFirstOfItsWindow() {
        Shape image = new Shape(1, 5, 5);
        Shape pooled = new Shape(2, 2, 2);
        Workload two = workload(List.of(spikes(image, new int[0]), spikes(Shape.vector(8), new int[] {0, 3, 6})),
                List.of(row(image, new Window(3, 3, 1, 1), 2), row(pooled, Window.covering(pooled), 5)));
        assertEquals(Workload.Known.FEWEST, two.layers().getFirst().known());
        assertArrayEquals(new int[][] {{0, 12, 25 + 10}}, two.layers().getFirst().output().neurons());
    }

    @Test
    void otherStepsOrShapesSayNothingOfTheOutput() {
        Shape image = new Shape(1, 4, 4);
        Shape other = new Shape(3, 2, 2);
        LayerRow first = row(image, new Window(3, 3, 1, 1), 2);
        Workload steps = workload(List.of(spikes(image, new int[0]), spikes(Shape.vector(32), new int[] {1}, new int[0])),
                List.of(first, row(Shape.vector(32), Window.covering(Shape.vector(32)), 5)));
        assertEquals(Workload.Known.UNKNOWN, steps.layers().getFirst().known());
        Workload shapes = workload(List.of(spikes(image, new int[0]), spikes(other, new int[] {1})),
                List.of(first, row(other, Window.covering(other), 5)));
        assertEquals(Workload.Known.UNKNOWN, shapes.layers().getFirst().known());
    }

    @Test
    void whatDoesNotFitTogetherIsRefused() {
        Shape image = new Shape(1, 4, 4);
        LayerRow row = row(image, new Window(3, 3, 1, 1), 2);
        LayerSpikes silent = spikes(image, new int[0]);
        assertEquals("w has spikes of 3 layers (s, s, s), the table 1 (l)", assertThrows(DataException.class,
                () -> workload(List.of(silent, silent, silent), List.of(row))).getMessage());
        assertEquals("layer l fires 2x4x4, the spikes of s are 1x4x4", assertThrows(DataException.class,
                () -> workload(List.of(silent, silent), List.of(row))).getMessage());
        assertEquals("layer l takes 1x4x4, the spikes of s are 1x2x8", assertThrows(DataException.class,
                () -> workload(List.of(spikes(new Shape(1, 2, 8), new int[0])), List.of(row))).getMessage());
    }

    @Test
    void whatTheLastLayerFiresMayBeKnown() {
        Shape image = new Shape(1, 4, 4);
        Workload one = workload(List.of(spikes(image, new int[] {3}, new int[0]), spikes(new Shape(2, 4, 4), new int[0], new int[] {31})),
                List.of(row(image, new Window(3, 3, 1, 1), 2)));
        assertEquals(Workload.Known.EXACT, one.layers().getFirst().known());
        assertArrayEquals(new int[][] {{}, {31}}, one.layers().getFirst().output().neurons());
    }

    private static PlainLayer random(SplittableRandom random, String name, Shape input, PlainNeuron.LeakOrder leak) {
        boolean sliding = Math.min(input.height(), input.width()) > 1 && random.nextInt(3) > 0;
        Window window = sliding ? new Window(3, 3, 1 + random.nextInt(2), 1) : Window.covering(input);
        Shape output = window.output(input, 1 + random.nextInt(12));
        int[] weights = IntStream.range(0, output.channels() * input.channels() * window.height() * window.width())
                .map(_ -> random.nextInt(-40, 90)).toArray();
        return new PlainLayer(name, input, output, window, FixedWeights.of(weights), new int[0], 0, new PlainNeuron(PlainNeuron.Current.PULSE, leak, 40000,
                80 + random.nextInt(200), false, PlainNeuron.Reset.SUBTRACT, 0, false, PlainNeuron.Comparison.EACH_STEP, 0, false, false));
    }

    private static LayerRow row(PlainLayer layer) {
        return new LayerRow(layer.name(), layer.input(), layer.window(), layer.output());
    }

    /** The arrays are made of the oracle's spikes and read back; a layer alone, computed, is the measure. */
    @Test
    void eachLayerCostsWhatAFullRunOfItCosts() {
        SplittableRandom random = new SplittableRandom(SEED);
        long fired = 0;
        for (int i = 0; i < 40; i++) {
            String where = "seed " + SEED + ", case " + i;
            Target target = Presets.named(List.of("edge", "default", "large").get(random.nextInt(3))).orElseThrow();
            PlainNeuron.LeakOrder leak = PlainNeuron.LeakOrder.values()[random.nextInt(3)];
            PlainLayer first = random(random, "a", new Shape(1 + random.nextInt(3), 4 + random.nextInt(8), 4 + random.nextInt(8)), leak);
            PlainLayer second = random(random, "b", first.output(), leak);
            int lastStep = random.nextInt(12);
            SpikeTrain input = SpikeTrain.random(random, first.input().size(), lastStep, 0.25);
            PlainNetwork network = network(target, lastStep, List.of(first, second));
            SpikeTrain hidden = new PlainSimulator(network).run(input).trains().getFirst().sorted();
            Map<String, byte[]> arrays = new LinkedHashMap<>();
            arrays.put("a", Arrays01.npy(input, first.input(), random.nextBoolean()));
            arrays.put("b", Arrays01.npy(hidden, second.input(), random.nextBoolean()));
            Workload read = Workload.of("w", SpikeTensors.read(Arrays01.zip(directory.resolve("a.npz"), arrays)),
                    List.of(row(first), row(second)), leak);
            Counts replayed = new WorkloadReplay(read, target, Set.of(Engine.FAST)).cost(read.layers().getFirst()).counts();
            PlainNetwork alone = network(target, lastStep, List.of(first));
            Counts full = new Machine(PlainCompiler.compile(alone, target), target, Engine.REFERENCE).run(input).counts();
            assertEquals(Optional.empty(), full.difference(replayed), where);
            fired += full.total(Counter.FIRED);
        }
        assertTrue(fired > 1000, "layers fire: " + fired);
    }

    private static PlainNetwork network(Target target, int lastStep, List<PlainLayer> layers) {
        return new PlainNetwork("w", lastStep, target.count(TargetField.WEIGHT_BITS), target.count(TargetField.POTENTIAL_BITS),
                PlainReadout.SPIKES, layers.getFirst().input(), layers);
    }

    @Test
    void aLayerThatDoesNotFitHasAReason() {
        Shape image = new Shape(8, 64, 64);
        int[] all = IntStream.range(0, image.size()).toArray();
        Workload one = workload(List.of(spikes(image, all, all)), List.of(row(image, new Window(3, 3, 1, 1), 1)));
        Target edge = Presets.named("edge").orElseThrow();
        WorkloadReplay.Outcome outcome = new WorkloadReplay(one, edge, Set.of(Engine.FAST)).run(1, Watcher.NONE).getFirst();
        assertEquals(Optional.empty(), outcome.cost());
        assertTrue(outcome.reason().startsWith("the spike buffer is full: region 0, step 1 "), outcome.reason());
    }

    /** The additions are counted here by hand: each spike reaches the outputs whose window covers it. */
    @ParameterizedTest
    @ValueSource(strings = {"lenet5_mnist", "vgg9_cifar10"})
    void publishedSpikesCauseTheAdditionsOfTheirFanOut(String name) {
        String data = System.getenv("METRONOME_DATA");
        Assumptions.assumeTrue(data != null, "METRONOME_DATA is not set");
        Workload workload = Workload.of(name, SpikeTensors.read(Path.of(data, "spike-traces", name + ".npz")),
                LayerTable.shipped(name), PlainNeuron.LeakOrder.BEFORE);
        Target target = Presets.named("large").orElseThrow();
        List<WorkloadReplay.Outcome> outcomes = new WorkloadReplay(workload, target, Set.of(Engine.FAST)).run(2, Watcher.NONE);
        for (int l = 0; l < outcomes.size(); l++) {
            Workload.Layer layer = workload.layers().get(l);
            Counts counts = outcomes.get(l).cost().orElseThrow().counts();
            assertEquals(additions(layer), counts.total(Counter.UPDATES), layer.synapses().name());
            assertEquals(layer.output().spikes(), counts.total(Counter.FIRED), layer.synapses().name());
        }
    }

    private static long additions(Workload.Layer layer) {
        Shape in = layer.synapses().input();
        Shape out = layer.synapses().output();
        Window window = layer.synapses().window();
        long sum = 0;
        for (int[] step : layer.input().neurons()) {
            for (int neuron : step) {
                int row = neuron / in.width() % in.height() + window.padding();
                int column = neuron % in.width() + window.padding();
                sum += covering(row, out.height(), window.stride(), window.height())
                        * covering(column, out.width(), window.stride(), window.width()) * out.channels();
            }
        }
        return sum;
    }

    /** Windows that cover a place of the padded input. */
    private static long covering(int place, int windows, int stride, int size) {
        return IntStream.range(0, windows).filter(w -> place >= w * stride && place < w * stride + size).count();
    }
}
