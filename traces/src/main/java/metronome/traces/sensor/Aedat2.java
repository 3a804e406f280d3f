package metronome.traces.sensor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The events of AEDAT 2.0: an address and a time in microseconds, 32 bits each, the highest byte first. What an address
 * means depends on the camera; that of the DVS128 is understood: bit 0 polarity, 0 where it became brighter, bits 1 to 7 column from the
 * right, bits 8 to 14 row from the bottom, bits 15 and 31 special events. So do jAER, which writes such files ({@code DVS128.Extractor}),
 * and libcaer ({@code dvs128.c}); the page of the format says that 1 is brighter and the column from the left.
 */
final class Aedat2 {
    private static final Sensor SENSOR = Sensor.named("DVS128").orElseThrow();
    private static final int EVENT_BYTES = 8;
    private static final int SPECIAL = 1 << 15 | 1 << 31;

    private final ByteSource in;
    private final SensorListener listener;
    private final SequencedMap<String, Long> leftOut = new LinkedHashMap<>();
    private long time = -1;

    private Aedat2(ByteSource in, SensorListener listener) {
        this.in = in;
        this.listener = listener;
    }

    static Recording read(ByteSource in, AedatHeader header, SensorListener listener) throws IOException {
        Optional<String> chip = header.value("AEChip:");
        String name = chip.map(c -> c.substring(c.lastIndexOf('.') + 1)).orElse(SENSOR.name());
        if (!name.equals(SENSOR.name())) {
            throw in.fault("addresses of a " + ByteSource.shown(name) + " (AEChip), expected a DVS128, whose layout alone is "
                    + "read in AEDAT 2.0");
        }
        listener.sensor(SENSOR);
        Aedat2 events = new Aedat2(in, listener);
        while (in.next(EVENT_BYTES, "an event")) {
            events.event(in.record(ByteOrder.BIG_ENDIAN));
        }
        return new Recording("AEDAT 2.0", chip.isPresent() ? List.of()
                : List.of("the header names no camera (AEChip): taken as a DVS128"), events.leftOut);
    }

    private void event(ByteBuffer event) {
        int address = event.getInt(0);
        if (address >= 1 << 16) {
            throw in.fault("address 0x" + Integer.toHexString(address) + ", expected at most 0xffff: a DVS128 uses bits 0 to 15, and 31");
        }
        time = unwrapped(event.getInt(4));
        if (time < 0) {
            throw in.fault("an event at " + time + " us, expected at least 0");
        }
        if ((address & SPECIAL) != 0) {
            leftOut.merge("external events", 1L, Long::sum);
        } else {
            listener.event(time, SENSOR.height() - 1 - (address >> 8 & 127), SENSOR.width() - 1 - (address >> 1 & 127), (address & 1) == 0);
        }
    }

    /** The time of 32 bits goes on behind its highest value with its lowest (jAER, {@code AEFileInputStream}): it is the one next to the last. */
    private long unwrapped(int bits) {
        return time < 0 ? Integer.toUnsignedLong(bits) : time + (bits - (int) time);
    }
}
