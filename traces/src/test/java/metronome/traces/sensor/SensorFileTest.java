package metronome.traces.sensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import metronome.core.io.DataException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Are the events of recordings read as they were written, and is what cannot be one refused with its place? */
class SensorFileTest {
    private static final long SEED = 20261128;
    private static final Sensor DVS128 = Sensor.named("DVS128").orElseThrow();
    private static final Sensor DAVIS = Sensor.named("DAVIS240C").orElseThrow();
    private static final Recordings.Event ONE = new Recordings.Event(70000, 2, 5, true);

    @TempDir
    private Path directory;

    private Path file(byte[] bytes) {
        try {
            return Files.write(directory.resolve("recording"), bytes);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Recording read(byte[] bytes, SensorFormat format, Recordings.Kept kept) {
        return SensorFile.read(file(bytes), format, kept);
    }

    private void refused(String message, SensorFormat format, byte[] bytes) {
        Path file = file(bytes);
        assertEquals(file + ": " + message, assertThrows(DataException.class,
                () -> SensorFile.read(file, format, new Recordings.Kept())).getMessage());
    }

    @Test
    void theBytesOfAnNmnistEventAreColumnRowPolarityTime() {
        Recordings.Kept kept = new Recordings.Kept();
        read(new byte[] {5, 2, (byte) 0x81, 0x11, 0x70, 33, 0, 0x7f, (byte) 0xff, (byte) 0xff}, SensorFormat.NMNIST, kept);
        assertEquals(List.of(new Recordings.Event(70000, 2, 5, true), new Recordings.Event((1 << 23) - 1, 0, 33, false)), kept.events);
        assertEquals(List.of(Nmnist.SENSOR), kept.sensors);
    }

    @Test
    void anAedat2AddressIsRowFromTheBottomColumnFromTheRightPolarity() {
        Recordings.Kept kept = new Recordings.Kept();
        byte[] events = {0, 0, 0x7f, 0x03, 0, 1, 0x11, 0x70, 0, 0, 0x00, (byte) 0xfe, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff};
        read(Recordings.joined(Recordings.HEADER_2.getBytes(), events), SensorFormat.AEDAT, kept);
        assertEquals(List.of(new Recordings.Event(70000, 0, 126, false), new Recordings.Event(Integer.MAX_VALUE, 127, 0, true)), kept.events);
    }

    @Test
    void whatIsWrittenIsRead() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 200; i++) {
            String where = "seed " + SEED + ", case " + i;
            var nmnist = Recordings.random(random, random.nextInt(50), Nmnist.SENSOR, 1 << 23);
            check(nmnist, SensorFormat.NMNIST, Recordings.nmnist(nmnist), where);
            var dvs = Recordings.random(random, random.nextInt(50), DVS128, 1L << 31);
            String end = List.of("", "#End Of ASCII Header\r\n", "# End of ASCII Header\r\n").get(random.nextInt(3));
            check(dvs, SensorFormat.AEDAT, Recordings.aedat2(Recordings.HEADER_2 + end, dvs), where);
            var davis2 = Recordings.random(random, random.nextInt(50), DAVIS, 1L << 31);
            check(davis2, SensorFormat.AEDAT, Recordings.aedat2Davis(Recordings.HEADER_DAVIS, davis2), where);
            var davis = Recordings.random(random, 1 + random.nextInt(50), DAVIS, 1L << 31);
            var invalid = Recordings.random(random, random.nextInt(5), DAVIS, 1L << 31);
            check(davis, SensorFormat.AEDAT, Recordings.aedat3(Recordings.HEADER_3, Recordings.packet(3, 24, 4),
                    Recordings.packet(1, davis, invalid), Recordings.packet(0, 8, 1)), where);
        }
    }

    private void check(List<Recordings.Event> events, SensorFormat format, byte[] bytes, String where) {
        Recordings.Kept kept = new Recordings.Kept();
        read(bytes, format, kept);
        assertEquals(events, kept.events, where);
        assertEquals(1, kept.sensors.size(), where);
    }

    @Test
    void whatIsPassedOverIsCounted() {
        Recordings.Kept kept = new Recordings.Kept();
        Recording three = read(Recordings.aedat3(Recordings.HEADER_3, Recordings.packet(2, 1000, 2), Recordings.packet(99, 1, 3),
                Recordings.packet(1, List.of(ONE), List.of(ONE, ONE)), Recordings.packet(2, 36, 1)), SensorFormat.AEDAT, kept);
        assertEquals(Map.of("frame events", 3L, "type-99 events", 3L, "invalid events", 2L), three.leftOut());
        assertEquals("AEDAT 3.1", three.format());
        byte[] external = {0, 0, (byte) 0x80, 1, 0, 0, 0, 9};
        Recording two = read(Recordings.joined(Recordings.aedat2(Recordings.HEADER_2, List.of(ONE)), external), SensorFormat.AEDAT, kept);
        assertEquals(Map.of("external events", 1L), two.leftOut());
        assertEquals(List.of(), two.notes());
        assertEquals(List.of("the header names no camera: taken as a DVS128, --camera names another"),
                read(Recordings.aedat2("#!AER-DAT2.0\r\n", List.of(ONE)), SensorFormat.AEDAT, kept).notes());
    }

    /** Programs have changed the letters behind a camera's number, and write what they got from elsewhere as a file with its size. */
    @Test
    void camerasAreKnownByTheirFamily() {
        Map<String, Sensor> sources = Map.of("DVS128", new Sensor("DVS128", 128, 128), "DAVIS346", new Sensor("DAVIS346", 260, 346),
                "DAVIS346Cbsi", new Sensor("DAVIS346Cbsi", 260, 346), "DAVIS640", new Sensor("DAVIS640", 480, 640),
                "DAVIS640het", new Sensor("DAVIS640het", 240, 320), "DAVISHet640", new Sensor("DAVISHet640", 240, 320),
                "DAVIS208", new Sensor("DAVIS208", 192, 208), "File,dvsSizeX=2048,dvsSizeY=180,apsSizeX=9,apsSizeY=8", new Sensor("File", 180, 2048),
                "Processor,a=1,dvsSizeX=7,dvsSizeY=2048", new Sensor("Processor", 2048, 7));
        sources.forEach((source, sensor) -> {
            Recordings.Kept kept = new Recordings.Kept();
            read(Recordings.aedat3("#!AER-DAT3.1\r\n#Format: RAW\r\n#Source 1: " + source + "\r\n#!END-HEADER\r\n",
                    Recordings.packet(1, List.of(ONE), List.of())), SensorFormat.AEDAT, kept);
            assertEquals(List.of(sensor), kept.sensors);
        });
        Map<String, Sensor> chips = Map.of("Dvs128", new Sensor("Dvs128", 128, 128), "ch.unizh.ini.jaer.chip.retina.DVS128", new Sensor("DVS128", 128, 128),
                "eu.seebetter.ini.chips.davis.Davis346redColor", new Sensor("Davis346redColor", 260, 346), "Davis240A", new Sensor("Davis240A", 180, 240),
                "eu.seebetter.ini.chips.davis.Davis640", new Sensor("Davis640", 480, 640), "Davis128", new Sensor("Davis128", 128, 128));
        chips.forEach((chip, sensor) -> {
            Recordings.Kept kept = new Recordings.Kept();
            read(("#!AER-DAT2.0\r\n# AEChip: " + chip + "\r\n").getBytes(), SensorFormat.AEDAT, kept);
            assertEquals(List.of(sensor), kept.sensors);
        });
    }

    /** Which camera cannot be seen in the addresses; a DVS128 is assumed, and what does not fit it says so. */
    @Test
    void aCameraThatTheHeaderDoesNotNameIsNamedByTheUser() {
        SplittableRandom random = new SplittableRandom(SEED);
        SensorFormat davis = SensorFormat.aedat(Optional.of(DAVIS));
        List<Recordings.Event> events = Recordings.random(random, 50, DAVIS, 1L << 31);
        for (String chip : List.of("", "# AEChip:\r\n", "# AEChip: a.b.MyChip\r\n", "# AEChip: a.b.Davis240red\r\n")) {
            byte[] bytes = Recordings.aedat2Davis("#!AER-DAT2.0\r\n" + chip + "#End Of ASCII Header\r\n", events);
            Recordings.Kept kept = new Recordings.Kept();
            Recording recording = read(bytes, davis, kept);
            assertEquals(events, kept.events, chip);
            assertEquals(List.of(new Sensor(chip.contains("red") ? "Davis240red" : "DAVIS240C", 180, 240)), kept.sensors);
            assertEquals(chip.contains("red") ? List.of() : List.of("the header names " + (chip.contains("My") ? "a \"MyChip\"" : "no camera")
                    + ": taken as a DAVIS240C, as --camera says"), recording.notes());
        }
        byte[] nameless = Recordings.aedat2Davis("#!AER-DAT2.0\r\n", List.of(ONE));
        refused("byte 14: address 0x2c4ea800, expected none of the bits 0x7fff0000, which a DVS128 does not use; the header names no camera (AEChip): if "
                + "it is of another than a DVS128, name it with --camera", SensorFormat.AEDAT, nameless);
        refused("byte 14: address 0x2c4ea800, expected none of the bits 0x7fff0000, which a DVS128 does not use",
                SensorFormat.aedat(Optional.of(DVS128)), nameless);
        refused("byte 0: addresses of a \"DAVIS208\" (--camera), expected one of DVS128, DAVIS128, DAVIS240, DAVIS346, DAVIS640, whose layouts alone "
                + "are read in AEDAT 2.0", SensorFormat.aedat(Sensor.named("DAVIS208")), "#!AER-DAT2.0\r\n".getBytes());
    }

    @Test
    void aCameraThatTheHeaderNamesIsNoOther() {
        byte[] dvs = "#!AER-DAT2.0\r\n# AEChip: DVS128\r\n".getBytes();
        refused("byte 14: the header names a DVS128 of 128 x 128 pixels, --camera a DAVIS240C of 180 x 240 pixels, expected the same, or no --camera",
                SensorFormat.aedat(Optional.of(DAVIS)), dvs);
        refused("byte 14: the header names a DVS128 of 128 x 128 pixels, --camera a DAVIS128 of 128 x 128 pixels, expected the same, or no --camera",
                SensorFormat.aedat(Sensor.named("DAVIS128")), dvs);
        byte[] packet = Recordings.packet(1, List.of(ONE), List.of());
        for (String source : List.of("", "#Source 1: File\r\n", "#Source 1: File,dvsSizeX=240,dvsSizeY=180\r\n")) {
            byte[] three = Recordings.aedat3("#!AER-DAT3.1\r\n#Format: RAW\r\n" + source + "#!END-HEADER\r\n", packet);
            Recordings.Kept kept = new Recordings.Kept();
            Recording recording = read(three, SensorFormat.aedat(Optional.of(DAVIS)), kept);
            assertEquals(List.of(ONE), kept.events);
            assertEquals(source.contains("240") ? List.of() : List.of("the header names " + (source.isEmpty() ? "no camera" : "a \"File\"")
                    + ": taken as a DAVIS240C, as --camera says"), recording.notes());
        }
        refused("byte " + Recordings.HEADER_3.length() + ": the header names a DAVIS240C of 180 x 240 pixels, --camera a DAVIS208 of 192 x 208 pixels, "
                + "expected the same, or no --camera", SensorFormat.aedat(Sensor.named("DAVIS208")), Recordings.aedat3(Recordings.HEADER_3, packet));
    }

    @Test
    void timesGoOnBehindAnOverflow() {
        Recordings.Kept kept = new Recordings.Kept();
        Recordings.Event late = new Recordings.Event((3L << 31) + 17, 179, 239, false);
        read(Recordings.aedat3(Recordings.HEADER_3, Recordings.packet(1, List.of(ONE), List.of()),
                Recordings.packet(1, List.of(late), List.of())), SensorFormat.AEDAT, kept);
        assertEquals(List.of(ONE, late), kept.events);
    }

    /** Of 32 bits of an AEDAT 2.0 file there are 71 minutes, the second half of them negative. */
    @Test
    void timesOf32BitsGoOnBehindTheirHighestValue() {
        Recordings.Kept kept = new Recordings.Kept();
        List<Recordings.Event> events = java.util.stream.LongStream.of((1L << 31) + 9, (1L << 31) - 7, (1L << 31) + 2, (1L << 32) - 1, (1L << 32) + 1,
                (1L << 32) - 3, 5L << 30, 6L << 30, 7L << 30).mapToObj(time -> new Recordings.Event(time, 3, 4, true)).toList();
        read(Recordings.aedat2(Recordings.HEADER_2, events), SensorFormat.AEDAT, kept);
        assertEquals(events, kept.events);
    }

    @Test
    void damagedNmnistIsRefused() {
        refused("byte 5: the file ends 2 bytes into an event of 5", SensorFormat.NMNIST, new byte[] {0, 0, 0, 0, 0, 1, 1});
        refused("byte 5: an event at column 34, row 3, expected both in [0, 33]", SensorFormat.NMNIST,
                new byte[] {0, 0, 0, 0, 0, 34, 3, 0, 0, 0});
        refused("byte 0: an event at column 0, row 240, expected both in [0, 33]", SensorFormat.NMNIST,
                new byte[] {0, (byte) 240, 0, 0, 0});
    }

    @Test
    void otherAedatIsRefusedByName() {
        refused("byte 0: no AEDAT file: it does not begin with #, expected #!AER-DAT and the version (version 1.0, which has no such "
                + "line, is not read)", SensorFormat.AEDAT, new byte[] {1, 2, 3});
        refused("byte 0: AEDAT version \"4.0\", expected 2.0 or 3.1", SensorFormat.AEDAT, "#!AER-DAT4.0\r\n#!END-HEADER\r\n".getBytes());
        refused("byte 0: AEDAT version \"4.0\", expected 2.0 or 3.1", SensorFormat.AEDAT, "#!AER-DAT4.0\r\n\u0010\u0000\u0000".getBytes());
        for (String chip : List.of("CDAVIS", "Davis208PixelParade", "DVS1280x720SD", "DAVIS240C2", "DAVIS")) {
            refused("byte 14: addresses of a \"" + chip + "\" (AEChip), expected one of DVS128, DAVIS128, DAVIS240, DAVIS346, DAVIS640, whose "
                    + "layouts alone are read in AEDAT 2.0; if they are laid out as those of one of these, name it with --camera", SensorFormat.AEDAT, ("#!AER-DAT2.0\r\n# AEChip: a.b." + chip + "\r\n").getBytes());
        }
        for (String source : List.of("DYNAPSE", "File", "File,dvsSizeX=0,dvsSizeY=4", "Network,dvsSizeX=4,dvsSizeY=2049")) {
            String header = "#!AER-DAT3.1\n#Format: RAW\n#Source 1: " + source + "\n#!END-HEADER\n";
            refused("byte " + header.length() + ": events of a \"" + source + "\", expected one of DVS128, DAVIS128, DAVIS208, DAVIS240, DAVIS346, "
                    + "DAVIS640H, DAVISHet640, DAVIS640, or a File, Network or Processor with dvsSizeX and dvsSizeY; the camera can be named with --camera", SensorFormat.AEDAT,
                    Recordings.aedat3(header, Recordings.packet(1, List.of(ONE), List.of())));
        }
    }

    @Test
    void damagedAedat2IsRefused() {
        byte[] high = Recordings.joined(Recordings.HEADER_2.getBytes(), new byte[] {0, 1, 0, 0, 0, 0, 0, 0});
        int at = Recordings.HEADER_2.length();
        refused("byte " + at + ": address 0x10000, expected none of the bits 0x7fff0000, which a DVS128 does not use", SensorFormat.AEDAT, high);
        byte[] negative = Recordings.aedat2(Recordings.HEADER_2, List.of(new Recordings.Event(3, 0, 0, false), new Recordings.Event(-5, 0, 0, false)));
        refused("byte " + (at + 8) + ": an event at -5 us, expected at least 0", SensorFormat.AEDAT, negative);
        refused("byte " + (at + 8) + ": the file ends 7 bytes into an event of 8", SensorFormat.AEDAT,
                Arrays.copyOf(negative, negative.length - 1));
        refused("byte 14: the file ends within a line of its header", SensorFormat.AEDAT, "#!AER-DAT2.0\r\n# AEC".getBytes());
    }

    @Test
    void damagedAedat3IsRefused() {
        byte[] packet = Recordings.packet(1, List.of(ONE), List.of(ONE));
        int at = Recordings.HEADER_3.length();
        refused("byte " + at + ": the file ends 27 bytes into the header of a packet of 28", SensorFormat.AEDAT,
                Recordings.aedat3(Recordings.HEADER_3, Arrays.copyOf(packet, 27)));
        refused("byte " + (at + 36) + ": the file ends after 1 of 2 events of a packet", SensorFormat.AEDAT,
                Recordings.aedat3(Recordings.HEADER_3, Arrays.copyOf(packet, 36)));
        refused("byte " + (at + 28) + ": the file ends within a packet of 1000 bytes", SensorFormat.AEDAT,
                Recordings.aedat3(Recordings.HEADER_3, Arrays.copyOf(Recordings.packet(2, 1000, 1), 900)));
        refused("byte 34: format \"PNGFrames\" of packets, expected a line #Format: RAW", SensorFormat.AEDAT,
                "#!AER-DAT3.1\r\n#Format: PNGFrames\r\n#!END-HEADER\r\n".getBytes());
        refused("byte 14: the header ends without a line #!END-HEADER", SensorFormat.AEDAT, "#!AER-DAT3.1\r\n#Format: RAW\r\n".getBytes());
        refused("byte " + at + ": events of source 2, which the header does not name; the camera can be named with --camera", SensorFormat.AEDAT,
                Recordings.aedat3(Recordings.HEADER_3, Recordings.packet(2, List.of(ONE), List.of())));
        refused("byte " + (at + 44) + ": events of source 2 after those of source 1, expected one source", SensorFormat.AEDAT,
                Recordings.aedat3(Recordings.HEADER_3, packet, Recordings.packet(2, List.of(ONE), List.of())));
        refused("byte " + (at + 28) + ": an event at column 5, row 180, 70000 us, expected a pixel of a DAVIS240C of 180 x 240 pixels "
                + "and a time of at least 0", SensorFormat.AEDAT, Recordings.aedat3(Recordings.HEADER_3,
                Recordings.packet(1, List.of(new Recordings.Event(70000, 180, 5, true)), List.of())));
    }

    @Test
    void headersOfPacketsThatCannotBeAreRefused() {
        byte[] packet = Recordings.packet(1, List.of(ONE), List.of(ONE));
        int at = Recordings.HEADER_3.length();
        record Change(int place, int value, String message) {
        }
        List<Change> changes = List.of(new Change(0, 0x1ffff, "a packet's header that cannot be"),
                new Change(4, 0, "a packet's header that cannot be"), new Change(4, 9, "polarity events of 9 bytes"),
                new Change(8, 0, "polarity events of 8 bytes with their time at 0, expected 8 and 4"),
                new Change(12, -1, "a packet's header that cannot be"), new Change(16, 3, "a packet's header that cannot be"),
                new Change(20, Integer.MAX_VALUE, "a packet's header that cannot be"), new Change(24, 3, "a packet's header that cannot be"),
                new Change(24, 0, "a packet of 1 valid events, its header says 0"));
        for (Change change : changes) {
            byte[] bytes = packet.clone();
            java.nio.ByteBuffer.wrap(bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN).putInt(change.place(), change.value());
            String message = assertThrows(DataException.class, () -> read(Recordings.aedat3(Recordings.HEADER_3, bytes),
                    SensorFormat.AEDAT, new Recordings.Kept())).getMessage();
            assertTrue(message.contains("byte " + (change.value() == 0 && change.place() == 24 ? at + 36 : at) + ": " + change.message()),
                    message);
        }
    }

    @Test
    void entriesOfArchivesAreRead() throws IOException {
        Path zip = directory.resolve("all.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("a/60001.bs2"));
            out.write(Recordings.nmnist(List.of(ONE)));
        }
        Recordings.Kept kept = new Recordings.Kept();
        SensorFile.read(zip, "a/60001.bs2", SensorFormat.NMNIST, kept);
        assertEquals(List.of(ONE), kept.events);
        assertEquals(zip + ": no entry \"a/60001.bin\" among 1, of which the first is a/60001.bs2; did you mean a/60001.bs2?", assertThrows(DataException.class,
                () -> SensorFile.read(zip, "a/60001.bin", SensorFormat.NMNIST, kept)).getMessage());
        assertEquals(zip + ": entry \"a/60001.bs2\": byte 0: no AEDAT file: it does not begin with #, expected #!AER-DAT and the "
                + "version (version 1.0, which has no such line, is not read)", assertThrows(DataException.class,
                () -> SensorFile.read(zip, "a/60001.bs2", SensorFormat.AEDAT, kept)).getMessage());
        assertEquals(zip + ": a zip archive: which recording in it is meant must be said (--entry)", assertThrows(DataException.class,
                () -> SensorFile.read(zip, SensorFormat.NMNIST, kept)).getMessage());
        assertEquals(directory + ": cannot be read as zip: it is a directory", assertThrows(DataException.class,
                () -> SensorFile.read(directory, "a", SensorFormat.NMNIST, kept)).getMessage());
        Path none = directory.resolve("none");
        assertEquals(none + ": cannot be read as zip: no such file", assertThrows(DataException.class,
                () -> SensorFile.read(none, "a", SensorFormat.NMNIST, kept)).getMessage());
        assertEquals(none + ": cannot be read: no such file", assertThrows(DataException.class,
                () -> SensorFile.read(none, SensorFormat.NMNIST, kept)).getMessage());
    }

    @Test
    void allRecordingsOfNmnistAreRead() throws IOException {
        String data = System.getenv("METRONOME_DATA");
        Assumptions.assumeTrue(data != null, "METRONOME_DATA is not set");
        Path archive = Path.of(data, "nmnist/nmnist-small.zip");
        long events = 0;
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            for (ZipEntry entry : zip.stream().filter(e -> e.getName().endsWith(".bs2")).toList()) {
                Recordings.Kept kept = new Recordings.Kept();
                SensorFile.read(archive, entry.getName(), SensorFormat.NMNIST, kept);
                assertEquals(entry.getSize() / 5, kept.events.size(), entry.getName());
                for (int i = 1; i < kept.events.size(); i++) {
                    assertTrue(kept.events.get(i - 1).time() <= kept.events.get(i).time(), entry.getName() + ", event " + i);
                }
                assertTrue(kept.events.getLast().time() < 340_000, "the recordings last less than 340 ms");
                events += kept.events.size();
            }
        }
        assertEquals((22_601_960L - 6909 - 916) / 5, events, "as unzip -l says: all files but the two lists of labels");
    }
}
