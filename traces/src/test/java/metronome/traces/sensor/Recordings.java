package metronome.traces.sensor;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Writes recordings, for tests. */
final class Recordings {
    static final String HEADER_2 = "#!AER-DAT2.0\r\n# Timestamps tick is 1 us\r\n# AEChip: ch.unizh.ini.jaer.chip.retina.DVS128\r\n";
    static final String HEADER_DAVIS = "#!AER-DAT2.0\r\n# AEChip: eu.seebetter.ini.chips.davis.DAVIS240C\r\n#End Of ASCII Header\r\n";
    static final String HEADER_3 = "#!AER-DAT3.1\r\n#Format: RAW\r\n#Source 1: DAVIS240C\r\n#Start-Time: 2016-04-01 10:00:00 "
            + "(TZ+0200)\r\n#!END-HEADER\r\n";

    private Recordings() {
    }

    /** An event as a listener is told of it. */
    record Event(long time, int row, int column, boolean on) {
    }

    /** Keeps what it is told. */
    static final class Kept implements SensorListener {
        final List<Sensor> sensors = new ArrayList<>();
        final List<Event> events = new ArrayList<>();

        @Override
        public void sensor(Sensor sensor) {
            sensors.add(sensor);
        }

        @Override
        public void event(long time, int row, int column, boolean on) {
            events.add(new Event(time, row, column, on));
        }
    }

    static List<Event> random(RandomGenerator random, int count, Sensor sensor, long longest) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(new Event(random.nextLong(longest), random.nextInt(sensor.height()), random.nextInt(sensor.width()),
                    random.nextBoolean()));
        }
        return events;
    }

    static byte[] nmnist(List<Event> events) {
        ByteBuffer out = ByteBuffer.allocate(5 * events.size());
        for (Event e : events) {
            out.put((byte) e.column()).put((byte) e.row()).put((byte) ((e.on() ? 128 : 0) + (e.time() >> 16)))
                    .putShort((short) e.time());
        }
        return out.array();
    }

    static byte[] aedat2(String header, List<Event> events) {
        ByteBuffer out = ByteBuffer.allocate(8 * events.size());
        for (Event e : events) {
            out.putInt((127 - e.row() << 8) + (127 - e.column() << 1) + (e.on() ? 0 : 1)).putInt((int) e.time());
        }
        return joined(header.getBytes(StandardCharsets.ISO_8859_1), out.array());
    }

    static byte[] aedat2Davis(String header, List<Event> events) {
        ByteBuffer out = ByteBuffer.allocate(8 * events.size());
        for (Event e : events) {
            out.putInt((179 - e.row() << 22) + (239 - e.column() << 12) + (e.on() ? 1 << 11 : 0)).putInt((int) e.time());
        }
        return joined(header.getBytes(StandardCharsets.ISO_8859_1), out.array());
    }

    /** A packet of polarity events, all of one overflow, the invalid ones beside. */
    static byte[] packet(int source, List<Event> valid, List<Event> invalid) {
        int number = valid.size() + invalid.size();
        ByteBuffer out = header(1, source, 8, number, valid.size(), valid.isEmpty() ? 0 : (int) (valid.getFirst().time() >> 31),
                8 * number);
        valid.forEach(e -> polarity(out, e, 1));
        invalid.forEach(e -> polarity(out, e, 0));
        return out.array();
    }

    static byte[] packet(int type, int size, int number) {
        return header(type, 1, size, number, number, 0, size * number).array();
    }

    private static ByteBuffer header(int type, int source, int size, int number, int valid, int overflows, int bytes) {
        return ByteBuffer.allocate(28 + bytes).order(ByteOrder.LITTLE_ENDIAN).putShort((short) type).putShort((short) source)
                .putInt(size).putInt(4).putInt(overflows).putInt(number).putInt(number).putInt(valid);
    }

    private static void polarity(ByteBuffer out, Event e, int valid) {
        out.putInt(e.column() << 17 | e.row() << 2 | (e.on() ? 2 : 0) | valid).putInt((int) (e.time() & Integer.MAX_VALUE));
    }

    static byte[] aedat3(String header, byte[]... packets) {
        byte[] all = header.getBytes(StandardCharsets.ISO_8859_1);
        for (byte[] packet : packets) {
            all = joined(all, packet);
        }
        return all;
    }

    static byte[] joined(byte[] first, byte[] second) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(first);
        out.writeBytes(second);
        return out.toByteArray();
    }
}
