package metronome.traces.sensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeSet;
import metronome.core.io.DataException;
import metronome.core.network.Shape;
import metronome.traces.sensor.Binning.Grid;
import metronome.traces.sensor.Binning.Polarity;
import metronome.traces.sensor.Binning.Size;
import org.junit.jupiter.api.Test;

/** Does each event end in the spike of its step and its block of pixels, or in a count? */
class BinningTest {
    private static final long SEED = 51;
    private static final Sensor SENSOR = new Sensor("test", 4, 6);

    private static Grid grid(long length, Polarity polarity) {
        return new Grid(length, OptionalInt.empty(), OptionalLong.empty(), Optional.empty(), polarity);
    }

    private static Binning of(Grid grid, Recordings.Event... events) {
        Binning binning = new Binning(grid);
        binning.sensor(SENSOR);
        for (Recordings.Event e : events) {
            binning.event(e.time(), e.row(), e.column(), e.on());
        }
        return binning;
    }

    private static Recordings.Event event(long time, int row, int column, boolean on) {
        return new Recordings.Event(time, row, column, on);
    }

    @Test
    void stepsBeginAtTheFirstEvent() {
        Binning.Result result = of(grid(10, Polarity.CHANNELS), event(1007, 0, 1, false), event(1016, 0, 0, true),
                event(1017, 3, 5, true), event(1046, 0, 0, false)).result();
        assertEquals(new Shape(2, 4, 6), result.shape());
        assertArrayEquals(new int[][] {{1, 24}, {47}, {}, {0}}, result.train().neurons());
        assertEquals(List.of(4L, 0L, 0L, 0L, 0L), List.of(result.events(), result.merged(), result.before(), result.after(),
                result.disordered()));
        assertEquals(1007, result.first());
        assertEquals(1046, result.last());
    }

    @Test
    void aStartAndALastStepLeaveOutWhatIsBesideThem() {
        Grid grid = new Grid(10, OptionalInt.of(2), OptionalLong.of(20), Optional.empty(), Polarity.MERGED);
        Binning.Result result = of(grid, event(19, 0, 0, true), event(20, 0, 0, true), event(29, 0, 0, false), event(49, 1, 0, true),
                event(50, 2, 0, true), event(30, 0, 2, true)).result();
        assertEquals(new Shape(1, 4, 6), result.shape());
        assertArrayEquals(new int[][] {{0}, {2}, {6}}, result.train().neurons());
        assertEquals(List.of(6L, 1L, 1L, 1L, 1L), List.of(result.events(), result.merged(), result.before(), result.after(),
                result.disordered()));
    }

    @Test
    void stepsWithoutEventsAreThere() {
        Grid grid = new Grid(10, OptionalInt.of(4), OptionalLong.empty(), Optional.empty(), Polarity.MERGED);
        assertArrayEquals(new int[][] {{0}, {}, {}, {}, {}}, of(grid, event(0, 0, 0, true)).result().train().neurons());
    }

    @Test
    void noEventIsLost() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 300; i++) {
            Size size = new Size(List.of(1, 2, 4).get(random.nextInt(3)), List.of(1, 2, 3, 6).get(random.nextInt(4)));
            Polarity polarity = Polarity.values()[random.nextInt(2)];
            long length = 1 + random.nextInt(300);
            int lastStep = random.nextInt(6);
            long start = random.nextInt(300);
            var events = Recordings.random(random, 1 + random.nextInt(400), SENSOR, 1000);
            Binning.Result result = of(new Grid(length, OptionalInt.of(lastStep), OptionalLong.of(start), Optional.of(size), polarity),
                    events.toArray(Recordings.Event[]::new)).result();
            for (int k = 0; k <= lastStep; k++) {
                TreeSet<Integer> expected = new TreeSet<>();
                for (Recordings.Event e : events) {
                    if (e.time() >= start + k * length && e.time() < start + (k + 1) * length) {
                        int channel = polarity == Polarity.CHANNELS && e.on() ? 1 : 0;
                        expected.add(channel * size.height() * size.width() + e.row() * size.height() / 4 * size.width()
                                + e.column() * size.width() / 6);
                    }
                }
                assertArrayEquals(expected.stream().mapToInt(n -> n).toArray(), result.train().neurons()[k],
                        "seed " + SEED + ", case " + i + ", step " + k);
            }
            assertEquals(events.stream().filter(e -> e.time() < start).count(), result.before());
            assertEquals(events.stream().filter(e -> e.time() >= start + (lastStep + 1) * length).count(), result.after());
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Grid odd = new Grid(10, OptionalInt.empty(), OptionalLong.empty(), Optional.of(new Size(3, 6)), Polarity.MERGED);
        assertEquals("a size of 3x6 does not divide the pixels of a test of 4 x 6 pixels",
                assertThrows(DataException.class, () -> of(odd)).getMessage());
        of(grid(1, Polarity.MERGED), event(0, 0, 0, true), event(1000, 0, 0, true));
        assertEquals("event 1 is 1001 us after the beginning, which is step 1001 of 1 us each, expected at most step 1000: choose "
                + "longer steps, or a last step", assertThrows(DataException.class,
                () -> of(grid(1, Polarity.MERGED), event(0, 0, 0, true), event(1001, 0, 0, true))).getMessage());
        assertEquals("no events of a camera, expected some",
                assertThrows(DataException.class, () -> of(grid(1, Polarity.MERGED)).result()).getMessage());
    }
}
