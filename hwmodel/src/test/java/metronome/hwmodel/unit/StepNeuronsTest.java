package metronome.hwmodel.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import metronome.core.spiking.EventKind;
import metronome.hwmodel.memory.EventList;
import metronome.hwmodel.memory.Storage;
import metronome.isa.instruction.LifOperation;
import metronome.isa.program.Event;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Do the neurons with vectors do what their scalar twins do where they compare at every step, up to saturation? */
class StepNeuronsTest {
    private static final int CASES = 200;
    private static final int POTENTIALS = 2048;
    private static final int WEIGHTS = 1 << 17;

    private final Storage weights = new Storage(WEIGHTS);
    private SplittableRandom random;
    private ComputedNeurons scalar;
    private VectorNeurons vector;
    private long spikes;
    private int saturated;
    private int dense;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12})
    void twinsAgree(long seed) {
        random = new SplittableRandom(seed);
        for (int i = 0; i < CASES; i++) {
            int bits = random.nextInt(16, 31);
            scalar = new ComputedNeurons(POTENTIALS, bits, weights, 1);
            vector = new VectorNeurons(POTENTIALS, bits, weights, Sharing.NONE);
            random.nextBytes(weights.bytes());
            Tile tile = random.nextInt(4) == 0 ? convolution() : dense();
            dense += DenseKernel.fits(tile) ? 1 : 0;
            run(tile, "seed " + seed + ", case " + i + ", " + tile);
        }
        assertTrue(spikes > 10_000 && saturated > 10 && dense > CASES / 2, spikes + ", " + saturated + ", " + dense);
    }

    private Tile dense() {
        int height = random.nextInt(1, 4);
        int width = random.nextInt(1, 4);
        int channels = random.nextInt(1, 300);
        Geometry g = new Geometry(height, width, 1, 1, height, width, random.nextInt(1, 3), 0);
        return new Tile(g, random.nextInt(POTENTIALS - 2 * channels + 1), 0, 1, random.nextInt(3), channels);
    }

    private Tile convolution() {
        int channels = random.nextInt(1, 60);
        Geometry g = new Geometry(4, 4, 4, 4, 3, 3, 1, 1);
        return new Tile(g, random.nextInt(POTENTIALS - 16 * channels + 1), random.nextInt(3), 2, 0, channels);
    }

    /** Some steps as lif.run takes them; the weights of the last event may end with the scratchpad. */
    private void run(Tile tile, String where) {
        Geometry g = tile.geometry();
        int inputs = random.nextInt(1, 20);
        int bytes = inputs * g.kernelHeight() * g.kernelWidth() * tile.channels();
        int first = random.nextBoolean() ? WEIGHTS - bytes : random.nextInt(WEIGHTS - bytes + 1);
        int shift = random.nextInt(random.nextBoolean() ? 6 : 16);
        int threshold = random.nextInt(-200, 4000);
        boolean held = random.nextInt(3) == 0;
        NeuronParameters parameters = new NeuronParameters(random.nextInt(1 << 16), threshold, 0, 0, false, 0,
                new LifOperation.LifMode(random.nextInt(3), random.nextBoolean(), random.nextBoolean(), random.nextInt(4) == 0,
                        false, 0, held, held && random.nextBoolean(), random.nextBoolean(),
                        random.nextBoolean() ? threshold : random.nextInt(-500, 500)));
        for (Neurons neurons : List.of(scalar, vector)) {
            neurons.parameters(parameters);
            neurons.tile(tile, 0);
        }
        for (int step = random.nextInt(1, 9); step > 0; step--) {
            EventList events = events(g, parameters.mode().waits() ? EventKind.KINDS * inputs : inputs);
            EventList expected = step(scalar, tile, parameters, events, first, shift);
            EventList actual = step(vector, tile, parameters, events, first, shift);
            assertEquals(list(expected), list(actual), where);
            assertEquals(digest(scalar), digest(vector), where);
            spikes += expected.size();
            saturated += IntStream.of(scalar.potentials()).anyMatch(v -> v == scalar.most() || v == -scalar.most() - 1) ? 1 : 0;
        }
    }

    private EventList events(Geometry g, int inputs) {
        EventList events = new EventList();
        for (int n = random.nextInt(4) == 0 ? 0 : random.nextInt(700); n > 0; n--) {
            events.add(Event.of(random.nextInt(inputs), random.nextInt(g.inHeight()), random.nextInt(g.inWidth())));
        }
        return events;
    }

    private static EventList step(Neurons neurons, Tile tile, NeuronParameters parameters, EventList events, int first,
            int shift) {
        if (parameters.mode().leakOrder() == 1) {
            neurons.leak();
        }
        boolean held = parameters.mode().held();
        if (parameters.mode().waits()) {
            neurons.integrateWaiting(tile.slopes(), events, events.size(), first, shift);
        } else {
            neurons.integrate(held ? tile.slopes() : tile, events, events.size(), first, shift);
        }
        neurons.endWindow();
        if (held) {
            neurons.drive(tile.slopes());
        }
        if (parameters.mode().leakOrder() == 2) {
            neurons.leak();
        }
        EventList fired = new EventList();
        neurons.compare(0, fired);
        return fired;
    }

    private static List<Integer> list(EventList events) {
        return IntStream.range(0, events.size()).map(events::get).boxed().toList();
    }

    private static long digest(Neurons neurons) {
        CRC32C sum = new CRC32C();
        neurons.digest(sum);
        return sum.getValue();
    }
}
