package metronome.traces.sensor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The events of AEDAT 2.0: an address and a time in microseconds, 32 bits each, signed, the highest byte first. What an address
 * means depends on the camera; that of the DVS128 is understood: bit 0 polarity, bits 1 to 7 column, bits 8 to 14 row from the
 * bottom, bit 15 an external event.
 */
final class Aedat2 {
    private static final Sensor SENSOR = Sensor.named("DVS128").orElseThrow();
    private static final int EVENT_BYTES = 8;
    private static final int EXTERNAL = 1 << 15;

    private Aedat2() {
    }

    static Recording read(ByteSource in, AedatHeader header, SensorListener listener) throws IOException {
        Optional<String> chip = header.value("AEChip:");
        String name = chip.map(c -> c.substring(c.lastIndexOf('.') + 1)).orElse(SENSOR.name());
        if (!name.equals(SENSOR.name())) {
            throw in.fault("addresses of a " + ByteSource.shown(name) + " (AEChip), expected a DVS128, whose layout alone is "
                    + "read in AEDAT 2.0");
        }
        listener.sensor(SENSOR);
        SequencedMap<String, Long> leftOut = new LinkedHashMap<>();
        while (in.next(EVENT_BYTES, "an event")) {
            event(in, listener, leftOut);
        }
        return new Recording("AEDAT 2.0", chip.isPresent() ? List.of()
                : List.of("the header names no camera (AEChip): taken as a DVS128"), leftOut);
    }

    private static void event(ByteSource in, SensorListener listener, SequencedMap<String, Long> leftOut) {
        ByteBuffer event = in.record(ByteOrder.BIG_ENDIAN);
        int address = event.getInt(0);
        int time = event.getInt(4);
        if (address >>> 16 != 0) {
            throw in.fault("address 0x" + Integer.toHexString(address) + ", expected at most 0xffff: a DVS128 uses bits 0 to 15");
        }
        if (time < 0) {
            throw in.fault("an event at " + time + " us, expected at least 0");
        }
        if ((address & EXTERNAL) != 0) {
            leftOut.merge("external events", 1L, Long::sum);
        } else {
            listener.event(time, SENSOR.height() - 1 - (address >> 8 & 127), address >> 1 & 127, (address & 1) != 0);
        }
    }
}
