package metronome.hwmodel.unit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import metronome.core.network.Shape;
import metronome.hwmodel.memory.EventList;
import metronome.isa.program.Event;
import metronome.isa.target.Presets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Does every event cost what its own measurement says, though only one of each shape is measured? */
class FanOutTableTest {
    private static final int CASES = 200;
    private static final int INPUTS = 6;
    private static final int ROUNDS = 4;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void rememberedCostsAreMeasuredCosts(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < CASES; i++) {
            WeightFormat format = new WeightFormat(random.nextInt(1, 3), random.nextInt(2, 20), random.nextInt(1, 5),
                    random.nextInt(1, 4));
            int ports = random.nextInt(1, 4);
            int lanes = random.nextInt(1, 40);
            int banks = random.nextInt(1, 40);
            int updateCycles = random.nextInt(1, 4);
            Tile tile = tile(random);
            FanOutTable table = new FanOutTable(new FanOutTiming(lanes, banks, ports, updateCycles, format, 1 << 16), format,
                    true);
            FanOutTiming timing = new FanOutTiming(lanes, banks, ports, updateCycles, format, 1 << 16);
            int firstWeight = random.nextInt(64);
            for (int round = 0; round < ROUNDS; round++) {
                table.tile(tile, INPUTS, firstWeight);
                timing.tile(tile, firstWeight);
                for (int n = 0; n < 60; n++) {
                    int event = Event.of(random.nextInt(INPUTS), random.nextInt(tile.geometry().inHeight()),
                            random.nextInt(tile.geometry().inWidth()));
                    assertEquals(timing.measure(event), table.cost(event), "seed " + seed + ", case " + i + ", round " + round + " "
                            + tile);
                }
                firstWeight = random.nextBoolean() ? firstWeight : random.nextInt(64);
                tile = another(random, tile);
            }
        }
    }

    /** In the second case an event reaches more neurons than the parts of a sum have room for. */
    @ParameterizedTest(name = "{0} channels")
    @ValueSource(ints = {9, 4000})
    void sumsAreThoseOfTheCosts(int channels) {
        SplittableRandom random = new SplittableRandom(channels);
        WeightFormat format = new WeightFormat(1, 16, 4, 1);
        Geometry geometry = new Geometry(6, 6, 6, 6, 3, 3, 1, 1);
        Tile tile = new Tile(geometry, 0, 0, 6, 0, 6, 0, channels);
        FanOutTiming timing = new FanOutTiming(16, 16, 1, 1, format, 1 << 20);
        FanOutTable table = new FanOutTable(timing, format, true);
        table.tile(tile, INPUTS, 0);
        LifCosts costs = LifCosts.of(Presets.named("default").orElseThrow());
        EventList events = new EventList();
        random.ints(1000, 0, INPUTS * 36).forEach(neuron -> events.add(Event.of(neuron, new Shape(INPUTS, 6, 6))));
        for (int count : new int[] {1, 127, 128, 129, 1000}) {
            StepCost expected = new StepCost(costs);
            expected.begin();
            int[] begins = new int[count];
            long time = 7;
            for (int i = 0; i < count; i++) {
                begins[i] = (int) time;
                time += table.cost(events.get(i)).cycles();
                expected.add(table.cost(events.get(i)));
            }
            StepCost sum = new StepCost(costs);
            sum.measure(table, events, 0, count);
            assertSame(expected, sum, count);
            StepCost planned = new StepCost(costs);
            planned.begin();
            int[] told = new int[count + 2];
            assertEquals(time, table.add(events, count, planned, 7, told, 2), count + " events");
            assertSame(expected, planned, count);
            assertArrayEquals(begins, Arrays.copyOfRange(told, 2, count + 2), count + " events");
        }
    }

    private static void assertSame(StepCost expected, StepCost sum, int count) {
        assertEquals(List.of((long) expected.events(), expected.cycles(), expected.updates(), expected.words(), expected.potentialStalls(),
                expected.weightStalls()), List.of((long) sum.events(), sum.cycles(), sum.updates(), sum.words(), sum.potentialStalls(),
                sum.weightStalls()), count + " events");
    }

    /** One that has rows, columns or channels in common with the tile before, as tiles of a layer do, or nothing. */
    private static Tile another(SplittableRandom random, Tile t) {
        Tile other = tile(random, t.geometry());
        return switch (random.nextInt(4)) {
            case 0 -> new Tile(t.geometry(), other.base(), other.firstRow(), other.rows(), t.firstColumn(), t.columns(),
                    t.firstChannel(), t.channels());
            case 1 -> new Tile(t.geometry(), other.base(), t.firstRow(), t.rows(), other.firstColumn(), other.columns(),
                    t.firstChannel(), t.channels());
            case 2 -> new Tile(t.geometry(), other.base(), t.firstRow(), t.rows(), t.firstColumn(), t.columns(),
                    other.firstChannel(), other.channels());
            default -> tile(random);
        };
    }

    /** Of several groups, the tile often holds one in part and another whole. */
    private static Tile tile(SplittableRandom random) {
        int groups = random.nextInt(1, 4);
        int kernel = random.nextInt(1, 4);
        int dilation = random.nextInt(1, 3);
        int stride = random.nextInt(1, 3);
        int out = random.nextInt(1, 7);
        int in = (out - 1) * stride + (kernel - 1) * dilation + 1;
        int perGroup = random.nextInt(1, 9);
        Geometry geometry = new Geometry(in, in, out, out, kernel, kernel, stride, random.nextInt(kernel), dilation,
                Math.ceilDiv(INPUTS, groups), perGroup);
        return tile(random, geometry);
    }

    private static Tile tile(SplittableRandom random, Geometry geometry) {
        int out = geometry.outHeight();
        int channels = Math.ceilDiv(INPUTS, geometry.groupInputs()) * geometry.groupOutputs();
        int firstRow = random.nextInt(out);
        int firstChannel = random.nextInt(channels);
        int firstColumn = random.nextInt(out);
        return new Tile(geometry, random.nextInt(100), firstRow, random.nextInt(1, out - firstRow + 1), firstColumn,
                random.nextInt(1, out - firstColumn + 1), firstChannel,
                random.nextInt(1, channels - firstChannel + 1));
    }
}
