package metronome.traces.sensor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import metronome.core.io.DataException;

/**
 * The events of AEDAT 2.0: an address and a time in microseconds, 32 bits each, the highest byte first. What an address
 * means depends on the camera ({@link AddressLayout}), which the header or the user names.
 */
final class Aedat2 {
    private static final String ASSUMED = "DVS128";
    private static final int EVENT_BYTES = 8;

    private final ByteSource in;
    private final SensorListener listener;
    private final Sensor sensor;
    private final AddressLayout layout;
    private final String doubt;
    private final SequencedMap<String, Long> leftOut = new LinkedHashMap<>();
    private long time = -1;

    /** The doubt is what faults say of a camera that nobody named. */
    private Aedat2(ByteSource in, SensorListener listener, Sensor sensor, AddressLayout layout, String doubt) {
        this.in = in;
        this.listener = listener;
        this.sensor = sensor;
        this.layout = layout;
        this.doubt = doubt;
    }

    static Recording read(ByteSource in, AedatHeader header, Optional<Sensor> camera, SensorListener listener) throws IOException {
        Optional<String> chip = header.value("AEChip:").map(c -> c.substring(c.lastIndexOf('.') + 1)).filter(c -> !c.isEmpty());
        CameraNames names = new CameraNames(chip, chip.flatMap(Sensor::named), camera);
        Sensor sensor = names.camera(in).or(() -> chip.isPresent() ? Optional.empty() : Sensor.named(ASSUMED))
                .orElseThrow(() -> unread(in, chip.get(), "AEChip"));
        AddressLayout layout = AddressLayout.of(sensor).orElseThrow(() -> unread(in, sensor.name(), names.known().isPresent() ? "AEChip"
                : CameraNames.OPTION));
        boolean assumed = chip.isEmpty() && camera.isEmpty();
        Aedat2 events = new Aedat2(in, listener, sensor, layout, assumed ? "; the header names no camera (AEChip): if it is of another than a "
                + ASSUMED + ", name it with " + CameraNames.OPTION : "");
        return events.read(names.notes(sensor));
    }

    private static DataException unread(ByteSource in, String name, String source) {
        return in.fault("addresses of a \"" + ByteSource.shown(name) + "\" (" + source + "), expected one of " + AddressLayout.cameras()
                + ", whose layouts alone are read in AEDAT 2.0" + (source.equals(CameraNames.OPTION) ? ""
                        : "; if they are laid out as those of one of these, name it with " + CameraNames.OPTION));
    }

    private Recording read(List<String> notes) throws IOException {
        try {
            listener.sensor(sensor);
        } catch (DataException e) {
            throw new DataException(e.getMessage() + doubt, e);
        }
        while (in.next(EVENT_BYTES, "an event")) {
            event(in.record(ByteOrder.BIG_ENDIAN));
        }
        return new Recording("AEDAT 2.0", notes, leftOut);
    }

    private void event(ByteBuffer event) {
        int address = event.getInt(0);
        if (layout.faulty(address)) {
            throw in.fault("address 0x" + Integer.toHexString(address) + ", expected none of the bits 0x"
                    + Integer.toHexString(layout.unused()) + ", which a " + sensor + " does not use" + doubt);
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
