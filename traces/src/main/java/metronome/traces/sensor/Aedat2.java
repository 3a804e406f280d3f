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
 * means depends on the camera ({@link AddressLayout}), which the header names.
 */
final class Aedat2 {
    private static final String ASSUMED = "DVS128";
    private static final int EVENT_BYTES = 8;

    private final ByteSource in;
    private final SensorListener listener;
    private final Sensor sensor;
    private final AddressLayout layout;
    private final SequencedMap<String, Long> leftOut = new LinkedHashMap<>();
    private long time = -1;

    private Aedat2(ByteSource in, SensorListener listener, Sensor sensor, AddressLayout layout) {
        this.in = in;
        this.listener = listener;
        this.sensor = sensor;
        this.layout = layout;
    }

    static Recording read(ByteSource in, AedatHeader header, SensorListener listener) throws IOException {
        Optional<String> chip = header.value("AEChip:");
        String name = chip.map(c -> c.substring(c.lastIndexOf('.') + 1)).orElse(ASSUMED);
        Optional<Sensor> sensor = Sensor.named(name);
        AddressLayout layout = sensor.flatMap(AddressLayout::of).orElseThrow(() -> in.fault("addresses of a \"" + ByteSource.shown(name)
                + "\" (AEChip), expected one of " + AddressLayout.cameras() + ", whose layouts alone are read in AEDAT 2.0"));
        listener.sensor(sensor.get());
        Aedat2 events = new Aedat2(in, listener, sensor.get(), layout);
        while (in.next(EVENT_BYTES, "an event")) {
            events.event(in.record(ByteOrder.BIG_ENDIAN));
        }
        return new Recording("AEDAT 2.0", chip.isPresent() ? List.of()
                : List.of("the header names no camera (AEChip): taken as a " + ASSUMED), events.leftOut);
    }

    private void event(ByteBuffer event) {
        int address = event.getInt(0);
        if (layout.faulty(address)) {
            throw in.fault("address 0x" + Integer.toHexString(address) + ", expected none of the bits 0x"
                    + Integer.toHexString(layout.unused()) + ", which a " + sensor.name() + " does not use");
        }
        time = unwrapped(event.getInt(4));
        if (time < 0) {
            throw in.fault("an event at " + time + " us, expected at least 0");
        }
        layout.other(address).ifPresentOrElse(this::leaveOut, () -> pixel(address));
    }

    /** DAVIS cameras are known to send a few addresses that are no pixel's. */
    private void pixel(int address) {
        int row = sensor.height() - 1 - layout.row(address);
        int column = sensor.width() - 1 - layout.column(address);
        if (sensor.has(row, column)) {
            listener.event(time, row, column, layout.on(address));
        } else {
            leaveOut("events of no pixel");
        }
    }

    private void leaveOut(String kind) {
        leftOut.merge(kind, 1L, Long::sum);
    }

    /** The time of 32 bits goes on behind its highest value with its lowest (jAER, {@code AEFileInputStream}): it is the one next to the last. */
    private long unwrapped(int bits) {
        return time < 0 ? Integer.toUnsignedLong(bits) : time + (bits - (int) time);
    }
}
