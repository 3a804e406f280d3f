package metronome.traces.sensor;

/** Is told what a recording holds, in the order of the file. */
public interface SensorListener {
    /**
     * Before any event.
     *
     * @param sensor whose events follow
     * @throws metronome.core.io.DataException if they cannot be used
     */
    void sensor(Sensor sensor);

    /**
     * A pixel has seen its brightness change.
     *
     * @param time in microseconds, at least 0
     * @param row of the pixel, from the top
     * @param column of the pixel, from the left
     * @param on whether it became brighter
     * @throws metronome.core.io.DataException if it cannot be used
     */
    void event(long time, int row, int column, boolean on);
}
