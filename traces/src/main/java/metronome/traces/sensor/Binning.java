package metronome.traces.sensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import metronome.core.io.DataException;
import metronome.core.network.Shape;
import metronome.core.spiking.SpikeTrain;

/**
 * Makes a spike train of a recording: time is cut into steps of equal length and the pixels into blocks of equal size, and a
 * neuron spikes once at a step in which a pixel of its block had an event, however many there were.
 */
public final class Binning implements SensorListener {
    /** The highest step that a train can have: a program has no more. */
    public static final int MOST_STEP = 1000;

    private final Grid grid;
    private final List<StepSpikes> steps = new ArrayList<>();
    private Optional<Sensor> sensor = Optional.empty();
    private int blockRows;
    private int blockColumns;
    private Shape shape = Shape.vector(1);
    private long start;
    private long first;
    private long last;
    private long events;
    private long before;
    private long after;
    private long disordered;

    /** What becomes of the polarity. */
    public enum Polarity {
        /** Channel 0 has what became darker (OFF), channel 1 what became brighter (ON). */
        CHANNELS,
        /** One channel has both. */
        MERGED
    }

    /**
     * How fine the spikes are.
     *
     * @param stepLength in microseconds, at least 1
     * @param lastStep T, in [0, 1000]; if empty that of the last event
     * @param start time at which step 0 begins, in microseconds; if empty that of the first event
     * @param size rows and columns of neurons, which must divide those of the camera; if empty those
     * @param polarity what becomes of it
     */
    public record Grid(long stepLength, OptionalInt lastStep, OptionalLong start, Optional<Size> size, Polarity polarity) {
    }

    /**
     * Rows and columns.
     *
     * @param height rows, at least 1
     * @param width columns, at least 1
     */
    public record Size(int height, int width) {
        /**
         * Checks the ranges.
         *
         * @throws IllegalArgumentException if one is left
         */
        public Size {
            if (height < 1 || width < 1) {
                throw new IllegalArgumentException("rows and columns must be at least 1: " + height + ", " + width);
            }
        }

        @Override
        public String toString() {
            return height + "x" + width;
        }
    }

    /**
     * What became of a recording. Its events are the spikes, those merged into a spike that was there, and those before and after
     * the steps.
     *
     * @param shape of the layer
     * @param train its spikes, those of a step by neuron
     * @param events how many there were
     * @param before how many of them were before step 0
     * @param after how many of them were after the last step
     * @param disordered how many of them were earlier than the one before them in the file
     * @param first time of the first, in microseconds
     * @param last time of the last, in microseconds
     */
    public record Result(Shape shape, SpikeTrain train, long events, long before, long after, long disordered, long first,
            long last) {
        /** {@return how many events were merged into a spike that was there} */
        public long merged() {
            return events - before - after - train.spikes();
        }
    }

    /**
     * Begins without events.
     *
     * @param grid how fine the spikes are
     */
    public Binning(Grid grid) {
        this.grid = grid;
    }

    @Override
    public void sensor(Sensor camera) {
        Size size = grid.size().orElse(new Size(camera.height(), camera.width()));
        if (camera.height() % size.height() != 0 || camera.width() % size.width() != 0) {
            throw new DataException("a size of " + size + " does not divide the pixels of a " + camera.described());
        }
        sensor = Optional.of(camera);
        blockRows = camera.height() / size.height();
        blockColumns = camera.width() / size.width();
        shape = new Shape(grid.polarity() == Polarity.CHANNELS ? 2 : 1, size.height(), size.width());
    }

    @Override
    public void event(long time, int row, int column, boolean on) {
        if (events == 0) {
            first = time;
            start = grid.start().orElse(time);
        } else if (time < last) {
            disordered++;
        }
        last = time;
        events++;
        if (time < start) {
            before++;
        } else if ((time - start) / grid.stepLength() > grid.lastStep().orElse(MOST_STEP)) {
            late(time);
        } else {
            add((int) ((time - start) / grid.stepLength()), row / blockRows, column / blockColumns, on);
        }
    }

    private void late(long time) {
        if (grid.lastStep().isEmpty()) {
            throw new DataException("event " + (events - 1) + " is " + (time - start) + " us after the beginning, which is step "
                    + (time - start) / grid.stepLength() + " of " + grid.stepLength() + " us each, expected at most step " + MOST_STEP
                    + ": choose longer steps, or a last step");
        }
        after++;
    }

    private void add(int step, int row, int column, boolean on) {
        while (steps.size() <= step) {
            steps.add(new StepSpikes());
        }
        int channel = on && grid.polarity() == Polarity.CHANNELS ? 1 : 0;
        steps.get(step).add((channel * shape.height() + row) * shape.width() + column);
    }

    /**
     * {@return the spikes of the events so far}
     *
     * @throws DataException if there was none
     */
    public Result result() {
        if (sensor.isEmpty() || events == 0) {
            throw new DataException("no events of a camera, expected some");
        }
        int[][] neurons = new int[grid.lastStep().orElse(Math.max(0, steps.size() - 1)) + 1][0];
        for (int k = 0; k < steps.size(); k++) {
            neurons[k] = steps.get(k).sorted();
        }
        return new Result(shape, new SpikeTrain(neurons), events, before, after, disordered, first, last);
    }
}
