package metronome.hwmodel.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import metronome.isa.program.Event;
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
