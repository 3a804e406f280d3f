package metronome.traces.sensor;

import java.io.IOException;

/** The formats of recordings that are read. */
public enum SensorFormat {
    /** Five bytes an event, 34 x 34 pixels. */
    NMNIST {
        @Override
        Recording read(ByteSource in, SensorListener listener) throws IOException {
            return Nmnist.read(in, listener);
        }
    },
    /** AEDAT 2.0 and 3.1. */
    AEDAT {
        @Override
        Recording read(ByteSource in, SensorListener listener) throws IOException {
            return Aedat.read(in, listener);
        }
    };

    abstract Recording read(ByteSource in, SensorListener listener) throws IOException;
}
