package metronome.traces.sensor;

import java.io.IOException;
import java.util.Optional;

/** A format of recordings that is read. */
public final class SensorFormat {
    /** Five bytes an event, 34 x 34 pixels. */
    public static final SensorFormat NMNIST = new SensorFormat(Nmnist::read);
    /** AEDAT 2.0 and 3.1, of the camera that the header names. */
    public static final SensorFormat AEDAT = aedat(Optional.empty());

    private final Reader reader;

    /** Reads what a file of the format holds. */
    private interface Reader {
        Recording read(ByteSource in, SensorListener listener) throws IOException;
    }

    private SensorFormat(Reader reader) {
        this.reader = reader;
    }

    /**
     * {@return AEDAT 2.0 and 3.1}
     *
     * @param camera whose events they are where the header names no camera that is known; one that it names must be the same
     */
    public static SensorFormat aedat(Optional<Sensor> camera) {
        return new SensorFormat((in, listener) -> Aedat.read(in, camera, listener));
    }

    Recording read(ByteSource in, SensorListener listener) throws IOException {
        return reader.read(in, listener);
    }
}
