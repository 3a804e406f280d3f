package metronome.traces.sensor;

import java.io.IOException;
import java.util.Optional;

/** AEDAT files of the versions 2.0 and 3.1; the others are refused. Source: docs.inivation.com, "AEDAT File Formats". */
final class Aedat {
    private Aedat() {
    }

    static Recording read(ByteSource in, Optional<Sensor> camera, SensorListener listener) throws IOException {
        AedatHeader header = AedatHeader.read(in);
        return header.version().equals(AedatHeader.VERSION_2) ? Aedat2.read(in, header, camera, listener)
                : new Aedat3(in, camera, listener).read(header);
    }
}
