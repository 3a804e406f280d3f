package metronome.traces.sensor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Recordings of N-MNIST: five bytes an event, which are the column, the row, and, the highest bit first, the polarity and
 * 23 bits of microseconds (garrickorchard.com/datasets/n-mnist). There is no header.
 */
final class Nmnist {
    /** The camera's pixels that the recordings have. */
    static final Sensor SENSOR = new Sensor("N-MNIST", 34, 34);
    private static final int EVENT_BYTES = 5;
    private static final int TIME = (1 << 23) - 1;

    private Nmnist() {
    }

    static Recording read(ByteSource in, SensorListener listener) throws IOException {
        listener.sensor(SENSOR);
        while (in.next(EVENT_BYTES, "an event")) {
            ByteBuffer event = in.record(ByteOrder.BIG_ENDIAN);
            int column = event.get(0) & 0xff;
            int row = event.get(1) & 0xff;
            if (!SENSOR.has(row, column)) {
                throw in.fault("an event at column " + column + ", row " + row + ", expected both in [0, 33]");
            }
            int rest = event.getInt(1) & 0xffffff;
            listener.event(rest & TIME, row, column, rest > TIME);
        }
        return new Recording("N-MNIST", List.of(), new LinkedHashMap<>());
    }
}
