package metronome.traces.sensor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import metronome.core.io.DataException;

/**
 * The events of AEDAT 3.1: packets, each of events of one type and one source, the lowest byte of numbers first. A packet has a
 * header of 28 bytes: type and source in 2 bytes each, then, in 4 bytes each, the size of an event, the place of the time in
 * it, how often the time has overflowed 2^31, room, number and number of valid events. A polarity event is a word, bit 0
 * whether it is valid, bit 1 the polarity, bits 2 to 16 the row, bits 17 to 31 the column, and the time (libcaer's
 * {@code events/common.h} and {@code events/polarity.h}).
 */
final class Aedat3 {
    private static final int HEADER_BYTES = 28;
    private static final int EVENT_BYTES = 8;
    private static final int TIME_PLACE = 4;
    private static final int POLARITY = 1;
    private static final int ADDRESS = (1 << 15) - 1;
    private static final List<String> TYPES = List.of("special", "polarity", "frame", "IMU6", "IMU9", "sample", "ear", "configuration",
            "point-1D", "point-2D", "point-3D", "point-4D", "spike", "matrix");
    private static final Pattern SOURCE = Pattern.compile("Source ([0-9]{1,5}): ?(.*)");
    /** What stands for the camera where a program has written again what it got from elsewhere. */
    private static final Pattern AGAIN = Pattern.compile("(File|Network|Processor),(?:.*,)?dvsSizeX=([0-9]{1,4}),dvsSizeY=([0-9]{1,4})(?:,.*)?");
    private static final int MOST_PIXELS = 2048;

    private final ByteSource in;
    private final Optional<Sensor> camera;
    private final SensorListener listener;
    private final Map<Integer, String> sources = new HashMap<>();
    private final SequencedMap<String, Long> leftOut = new LinkedHashMap<>();
    private Optional<Integer> source = Optional.empty();
    private Sensor sensor;
    private List<String> notes = List.of();

    /** A packet's header. */
    private record Packet(int type, int source, int size, int timePlace, int overflows, int room, int number, int valid) {
        static Packet of(ByteBuffer b) {
            return new Packet(b.getShort(0), b.getShort(2), b.getInt(4), b.getInt(8), b.getInt(12), b.getInt(16), b.getInt(20),
                    b.getInt(24));
        }

        boolean sound() {
            return type >= 0 && size >= 1 && overflows >= 0 && number >= 0 && room == number && valid >= 0 && valid <= number;
        }
    }

    /** The camera is that which a user names, where the header names none that is known. */
    Aedat3(ByteSource in, Optional<Sensor> camera, SensorListener listener) {
        this.in = in;
        this.camera = camera;
        this.listener = listener;
    }

    Recording read(AedatHeader header) throws IOException {
        String format = header.value("Format:").orElse("none");
        if (!format.equals("RAW")) {
            throw in.fault("format \"" + ByteSource.shown(format) + "\" of packets, expected a line #Format: RAW");
        }
        for (String line : header.lines()) {
            Matcher found = SOURCE.matcher(line);
            if (found.matches()) {
                sources.put(Integer.parseInt(found.group(1)), found.group(2).strip());
            }
        }
        while (in.next(HEADER_BYTES, "the header of a packet")) {
            packet(Packet.of(in.record(ByteOrder.LITTLE_ENDIAN)));
        }
        return new Recording("AEDAT 3.1", notes, leftOut);
    }

    private void packet(Packet packet) throws IOException {
        if (!packet.sound()) {
            throw in.fault("a packet's header that cannot be: " + packet);
        }
        if (packet.type() != POLARITY) {
            in.skip((long) packet.number() * packet.size(), "a packet");
            leftOut.merge((packet.type() < TYPES.size() ? TYPES.get(packet.type()) : "type-" + packet.type()) + " events",
                    (long) packet.number(), Long::sum);
            return;
        }
        if (packet.size() != EVENT_BYTES || packet.timePlace() != TIME_PLACE) {
            throw in.fault("polarity events of " + packet.size() + " bytes with their time at " + packet.timePlace()
                    + ", expected 8 and 4");
        }
        from(packet.source());
        events(packet);
    }

    /** All polarity events must be of one camera. */
    private void from(int id) {
        if (source.isPresent() && source.get() != id) {
            throw in.fault("events of source " + id + " after those of source " + source.get() + ", expected one source");
        }
        if (source.isEmpty()) {
            Optional<String> name = Optional.ofNullable(sources.get(id));
            CameraNames names = new CameraNames(name, name.flatMap(n -> Sensor.named(n).or(() -> again(n))), camera);
            sensor = names.camera(in).orElseThrow(() -> unknown(id, name));
            notes = names.notes(sensor);
            source = Optional.of(id);
            listener.sensor(sensor);
        }
    }

    private DataException unknown(int id, Optional<String> name) {
        return in.fault(name.map(n -> "events of a \"" + ByteSource.shown(n) + "\", expected one of " + String.join(", ", Sensor.families())
                + ", or a File, Network or Processor with dvsSizeX and dvsSizeY").orElse("events of source " + id + ", which the header does not name")
                + "; the camera can be named with " + CameraNames.OPTION);
    }

    private static Optional<Sensor> again(String source) {
        Matcher found = AGAIN.matcher(source);
        if (!found.matches()) {
            return Optional.empty();
        }
        Sensor sensor = new Sensor(found.group(1), Integer.parseInt(found.group(3)), Integer.parseInt(found.group(2)));
        return Optional.of(sensor).filter(s -> s.has(0, 0) && s.height() <= MOST_PIXELS && s.width() <= MOST_PIXELS);
    }

    private void events(Packet packet) throws IOException {
        int valid = 0;
        for (int i = 0; i < packet.number(); i++) {
            if (!in.next(EVENT_BYTES, "an event")) {
                throw in.fault("the file ends after " + i + " of " + packet.number() + " events of a packet");
            }
            ByteBuffer event = in.record(ByteOrder.LITTLE_ENDIAN);
            if ((event.getInt(0) & 1) != 0) {
                valid++;
                event(event.getInt(0), event.getInt(4), packet.overflows());
            }
        }
        if (valid != packet.valid()) {
            throw in.fault("a packet of " + valid + " valid events, its header says " + packet.valid());
        }
        if (valid < packet.number()) {
            leftOut.merge("invalid events", (long) packet.number() - valid, Long::sum);
        }
    }

    private void event(int word, int time, int overflows) {
        int row = word >> 2 & ADDRESS;
        int column = word >>> 17;
        if (!sensor.has(row, column) || time < 0) {
            throw in.fault("an event at column " + column + ", row " + row + ", " + time + " us, expected a pixel of a " + sensor.described()
                    + " and a time of at least 0");
        }
        listener.event((long) overflows << 31 | time, row, column, (word & 2) != 0);
    }
}
