package metronome.hwmodel.unit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import metronome.core.tensor.Workers;
import metronome.hwmodel.memory.EventList;
import metronome.hwmodel.memory.Storage;
import metronome.isa.program.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Do the neurons with vectors do what their scalar twins do, also where potentials saturate? */
class VectorNeuronsTest {
    private static final int CASES = 150;
    private static final int POTENTIALS = 4096;

    private final Storage weights = new Storage(1 << 17);
    private SplittableRandom random;
    private ComputedNeurons scalar;
    private Neurons vector;
    private int saturated;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void twinsAgree(long seed) {
        try (Workers workers = new Workers(2)) {
            twinsAgree(seed, workers);
        }
    }

    private void twinsAgree(long seed, Workers workers) {
        random = new SplittableRandom(seed);
        for (int i = 0; i < CASES; i++) {
            int bits = random.nextInt(16, 31);
            scalar = new ComputedNeurons(POTENTIALS, bits, weights, 1);
            vector = new VectorNeurons(POTENTIALS, bits, weights, i % 2 == 0 ? Sharing.NONE : workers::begin);
            random.nextBytes(weights.bytes());
            String where = "seed " + seed + ", case " + i;
            Tile tile = tile();
            window(tile, random.nextInt(6));
            assertSame(where + ", after a window on " + tile);
            if (random.nextBoolean()) {
                window(tile, 16);
                assertSame(where + ", after a second window on " + tile);
            }
            biases(tile);
            assertSame(where + ", after biases on " + tile);
            fire(where);
        }
        assertTrue(saturated > 0, "no case saturated");
    }

    /**
     * More events of a step meet than are summed in a go, and in the order of their arrival a potential saturates, though it does
     * not in the order of their columns.
     */
    @Test
    void saturatesInTheOrderOfArrival() {
        int inputs = 255;
        EventList[] columns = columnsOfOppositeWeights(inputs);
        EventList both = new EventList();
        for (EventList column : new EventList[] {columns[1], columns[0]}) {
            for (int i = 0; i < column.size(); i++) {
                both.add(column.get(i));
            }
        }
        weights.putWord(1024, 1000);
        scalar.bias(scalar.tile(), 1024);
        vector.bias(scalar.tile(), 1024);
        integrate(new EventList(), both);
        assertEquals(Short.MAX_VALUE - inputs * 127, scalar.potentials()[0], "1000 + 255 x 127 saturates");
        assertSame("two events a channel");
    }

    /** Each of two steps fits by itself, both together do not; the third makes that visible. */
    @Test
    void saturatesOverSeveralSteps() {
        int inputs = 200;
        EventList[] columns = columnsOfOppositeWeights(inputs);
        integrate(columns[1], columns[1], columns[0]);
        assertEquals(Short.MAX_VALUE - inputs * 127, scalar.potentials()[0], "400 x 127 saturates");
        assertSame("three steps");
    }

    /** One neuron of 16 bits with two inputs in a row: all channels of the first have the weight -127, of the second 127. */
    private EventList[] columnsOfOppositeWeights(int channels) {
        scalar = new ComputedNeurons(POTENTIALS, 16, weights, 1);
        vector = new VectorNeurons(POTENTIALS, 16, weights, Sharing.NONE);
        Tile tile = new Tile(new Geometry(1, 2, 1, 1, 1, 2, 1, 0), 0, 0, 1, 0, 1);
        scalar.tile(tile, 0);
        vector.tile(tile, 0);
        EventList[] columns = {new EventList(), new EventList()};
        for (int channel = 0; channel < channels; channel++) {
            for (int column = 0; column < columns.length; column++) {
                weights.bytes()[2 * channel + column] = (byte) (column == 1 ? 127 : -127);
                columns[column].add(Event.of(channel, 0, column));
            }
        }
        return columns;
    }

    private void integrate(EventList... steps) {
        for (Neurons neurons : new Neurons[] {scalar, vector}) {
            for (EventList step : steps) {
                neurons.integrate(scalar.tile(), step, step.size(), 0, 0);
            }
            neurons.endWindow();
        }
    }

    private Tile tile() {
        int groups = random.nextInt(3) == 0 ? random.nextInt(2, 5) : 1;
        int kernel = random.nextInt(1, 6);
        int out = random.nextInt(1, 6);
        int dilation = random.nextInt(1, 3);
        int stride = random.nextInt(1, 3);
        int in = (out - 1) * stride + (kernel - 1) * dilation + 1;
        int channels = groups * random.nextInt(1, Math.min(100, POTENTIALS / out / out / groups));
        Geometry g = new Geometry(in, in, out, out, kernel, kernel, stride, random.nextInt(kernel), dilation,
                groups == 1 ? Geometry.ALL : 3, groups == 1 ? Geometry.ALL : channels / groups);
        int firstRow = random.nextInt(out);
        int firstChannel = random.nextInt(channels);
        int firstColumn = random.nextInt(out);
        return new Tile(g, 0, firstRow, random.nextInt(1, out - firstRow + 1), firstColumn,
                random.nextInt(1, out - firstColumn + 1), firstChannel,
                random.nextInt(1, channels - firstChannel + 1));
    }

    /** A window of some steps; up to hundreds of events meet at a position. */
    private void window(Tile tile, int shift) {
        NeuronParameters parameters = new NeuronParameters(random.nextInt(1 << 16), random.nextInt(-20, 2000),
                random.nextInt(-100, 3000), random.nextInt(), random.nextBoolean(), random.nextInt(-1000, 1000),
                NeuronParameters.NONE.mode());
        EventList[] steps = IntStream.range(0, random.nextInt(1, 7)).mapToObj(_ -> events(tile)).toArray(EventList[]::new);
        Optional<Change> change = random.nextBoolean() ? Optional.of(tellEarly(tile, steps, parameters.leak(), shift)) : Optional.empty();
        boolean cleared = change.isPresent() && change.get() != Change.POTENTIALS;
        int releases = change.filter(c -> c == Change.EVENTS).isPresent() ? 1 : 0;
        for (Neurons neurons : new Neurons[] {scalar, vector}) {
            neurons.tile(tile, 0);
            neurons.parameters(parameters);
            if (cleared) {
                neurons.clear(tile.size());
            }
            foresee(neurons, steps, releases, parameters.leak(), shift, tile);
            for (int s = 0; s < steps.length; s++) {
                if (s > 0) {
                    neurons.leak();
                }
                neurons.integrate(tile, steps[s], steps[s].size(), 16, shift);
            }
            neurons.endWindow();
        }
        saturated += IntStream.of(scalar.potentials()).anyMatch(v -> v == scalar.most()) ? 1 : 0;
    }

    /** What becomes different between the time at which a window is told of and the window. */
    private enum Change {
        NOTHING, WEIGHTS, EVENTS, ONE_EVENT_MORE, POTENTIALS
    }

    /** Tells the vectors of a window long before it comes, and changes something after that. */
    private Change tellEarly(Tile tile, EventList[] steps, int leak, int shift) {
        vector.foreseeCleared(upcoming(tile, steps, 0, 0, leak, shift));
        Change change = Change.values()[random.nextInt(Change.values().length)];
        change(change, tile, steps, random.nextInt(1 << 13));
        return change;
    }

    private void change(Change change, Tile tile, EventList[] steps, int firstWeight) {
        switch (change) {
            case WEIGHTS -> {
                Storage others = new Storage(1 << 10);
                random.nextBytes(others.bytes());
                weights.copy(others, 0, firstWeight, 1 << 10);
            }
            case EVENTS -> replace(steps[0], tile);
            case ONE_EVENT_MORE -> steps[steps.length - 1].add(Event.of(0, 0, 0));
            case NOTHING, POTENTIALS -> { }
        }
    }

    /** As many events as before, but others. */
    private void replace(EventList list, Tile tile) {
        int size = list.size();
        list.clear();
        for (int i = 0; i < size; i++) {
            list.add(Event.of(random.nextInt(inputs(tile.geometry())), 0, random.nextInt(tile.geometry().inWidth())));
        }
    }

    /** Tells of the window, of another one, or of none. */
    private void foresee(Neurons neurons, EventList[] steps, int releases, int leak, int shift, Tile tile) {
        int told = random.nextInt(4);
        if (told > 0) {
            neurons.foresee(upcoming(tile, steps, told == 1 ? random.nextInt(1, 3) : 0, releases, leak, shift));
        }
    }

    private static UpcomingWindow upcoming(Tile tile, EventList[] steps, int less, int releases, int leak, int shift) {
        return new UpcomingWindow(tile, IntStream.range(0, steps.length)
                .mapToObj(s -> new CellEvents.Step(s > 0, steps[s], Math.max(0, steps[s].size() - less))).toList(), releases, leak,
                inputs(tile.geometry()), 16, shift);
    }

    /** What is computed ahead is that of the events and weights at the beginning of the window, whatever comes over them. */
    @Test
    void computesByWhatThereWasAtTheBeginning() {
        scalar = new ComputedNeurons(POTENTIALS, 30, weights, 1);
        vector = new VectorNeurons(POTENTIALS, 30, weights, Sharing.NONE);
        Tile tile = new Tile(new Geometry(4, 4, 4, 4, 3, 3, 1, 1), 0, 0, 4, 0, 20);
        new SplittableRandom(3).nextBytes(weights.bytes());
        EventList first = new EventList();
        EventList second = new EventList();
        first.add(Event.of(0, 1, 2));
        second.add(Event.of(2, 3, 0));
        UpcomingWindow window = new UpcomingWindow(tile,
                List.of(new CellEvents.Step(false, first, 1), new CellEvents.Step(false, second, 1)), 0, 0, 3, 0, 1);
        for (Neurons neurons : new Neurons[] {scalar, vector}) {
            neurons.tile(tile, 0);
            neurons.foresee(window);
            neurons.integrate(tile, first, 1, 0, 1);
            neurons.integrate(tile, second, 1, 0, 1);
        }
        first.clear();
        first.add(Event.of(1, 0, 0));
        weights.clear(0, 1 << 17);
        vector.endWindow();
        assertTrue(IntStream.of(scalar.potentials()).anyMatch(v -> v != 0));
        assertSame("overwritten");
    }

    /** The array refuses such events when it comes to them; until then nothing must break, and nothing counts. */
    @Test
    void eventsOutsideTheInputAreNoTrouble() {
        scalar = new ComputedNeurons(POTENTIALS, 30, weights, 1);
        vector = new VectorNeurons(POTENTIALS, 30, weights, Sharing.NONE);
        Tile tile = new Tile(new Geometry(4, 4, 4, 4, 3, 3, 1, 1), 0, 0, 4, 0, 20);
        new SplittableRandom(4).nextBytes(weights.bytes());
        EventList list = new EventList();
        list.add(Event.of(4095, 1, 1));
        list.add(Event.of(0, 1023, 1));
        list.add(Event.of(0, 3, 1023));
        CellEvents.Step step = new CellEvents.Step(false, list, list.size());
        scalar.tile(tile, 0);
        vector.tile(tile, 0);
        vector.foresee(new UpcomingWindow(tile, List.of(step, step), 0, 0, 3, 0, 0));
        vector.integrate(tile, list, list.size(), 0, 0);
        vector.integrate(tile, list, list.size(), 0, 0);
        vector.endWindow();
        assertSame("outside");
    }

    /** Each change by itself, on a tile whose weights fill several pages, the last of which is written to. */
    @ParameterizedTest
    @EnumSource(Change.class)
    void seesWhatHasChangedSinceItWasTold(Change change) {
        random = new SplittableRandom(5);
        try (Workers workers = new Workers(2)) {
            scalar = new ComputedNeurons(POTENTIALS, 30, weights, 1);
            vector = new VectorNeurons(POTENTIALS, 30, weights, workers::begin);
            random.nextBytes(weights.bytes());
            Tile tile = new Tile(new Geometry(5, 5, 5, 5, 3, 3, 1, 1), 0, 0, 5, 0, 80);
            EventList[] steps = {events(tile, 300), events(tile, 300)};
            vector.foreseeCleared(upcoming(tile, steps, 0, 0, 0, 0));
            change(change, tile, steps, 16 + 12 * 9 * 80 - 1024);
            for (Neurons neurons : new Neurons[] {scalar, vector}) {
                neurons.tile(tile, 0);
                if (change == Change.POTENTIALS) {
                    neurons.bias(tile, 16);
                }
                neurons.foresee(upcoming(tile, steps, 0, change == Change.EVENTS ? 1 : 0, 0, 0));
                neurons.integrate(tile, steps[0], steps[0].size(), 16, 0);
                neurons.leak();
                neurons.integrate(tile, steps[1], steps[1].size(), 16, 0);
                neurons.endWindow();
            }
            assertTrue(IntStream.of(scalar.potentials()).anyMatch(v -> v != 0));
            assertSame(change.toString());
        }
    }

    /** Otherwise nothing would be gained, and nobody would see it. */
    @Test
    void whatWasToldEarlyIsNotBegunAgain() {
        AtomicInteger begun = new AtomicInteger();
        Sharing counting = (tasks, worker) -> {
            begun.incrementAndGet();
            return Sharing.NONE.begin(tasks, worker);
        };
        vector = new VectorNeurons(POTENTIALS, 30, weights, counting);
        Tile tile = new Tile(new Geometry(4, 4, 4, 4, 3, 3, 1, 1), 0, 0, 4, 0, 20);
        EventList events = new EventList();
        events.add(Event.of(0, 1, 2));
        vector.foreseeCleared(upcoming(tile, new EventList[] {events, events}, 0, 0, 0, 0));
        vector.tile(tile, 0);
        vector.clear(tile.size());
        int packedAndBegun = begun.get();
        vector.foresee(upcoming(tile, new EventList[] {events, events}, 0, 0, 0, 0));
        assertEquals(packedAndBegun, begun.get());
        vector.foresee(upcoming(tile, new EventList[] {events, events}, 1, 0, 0, 0));
        assertEquals(2 * packedAndBegun, begun.get(), "another window is begun");
    }

    private static int inputs(Geometry g) {
        return g.groupInputs() == Geometry.ALL ? 12 : 9;
    }

    private EventList events(Tile tile) {
        return events(tile, random.nextInt(4) == 0 ? 0 : random.nextInt(900));
    }

    private EventList events(Tile tile, int count) {
        Geometry g = tile.geometry();
        EventList events = new EventList();
        for (int n = count; n > 0; n--) {
            events.add(Event.of(random.nextInt(inputs(g)), random.nextInt(g.inHeight()), random.nextInt(g.inWidth())));
        }
        return events;
    }

    /** Biases of any size, or such as a network has. */
    private void biases(Tile tile) {
        int first = 4 * random.nextInt(100);
        for (int channel = 0; channel < tile.channels(); channel++) {
            weights.putWord(first + 4 * channel, random.nextBoolean() ? random.nextInt() : random.nextInt(-5000, 5000));
        }
        scalar.bias(tile, first);
        vector.bias(tile, first);
    }

    private void fire(String where) {
        int cut = random.nextInt(5);
        fire(new FireWindow(0, cut, cut == 4), where);
        if (cut < 4) {
            fire(new FireWindow(cut + 1, 4, true), where);
        }
        assertEquals(0, vector.live(), where);
    }

    private void fire(FireWindow window, String where) {
        for (int step = window.from(); step <= window.to(); step++) {
            EventList expected = new EventList();
            EventList actual = new EventList();
            scalar.fire(window, step, expected);
            vector.fire(window, step, actual);
            assertArrayEquals(array(expected), array(actual), where + ", step " + step);
            assertEquals(scalar.live(), vector.live(), where + ", step " + step);
            assertSame(where + ", after step " + step);
        }
    }

    private static int[] array(EventList list) {
        return IntStream.range(0, list.size()).map(list::get).toArray();
    }

    private void assertSame(String where) {
        CRC32C expected = new CRC32C();
        CRC32C actual = new CRC32C();
        scalar.digest(expected);
        vector.digest(actual);
        assertEquals(expected.getValue(), actual.getValue(), where);
    }
}
