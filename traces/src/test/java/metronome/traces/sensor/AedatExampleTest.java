package metronome.traces.sensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Are files that were put together by hand, byte by byte after the descriptions that docs/formats.md names, read as what they say? The same
 * three events, and others that are passed over.
 */
class AedatExampleTest {
    private static final List<Recordings.Event> EVENTS = List.of(new Recordings.Event(1000, 9, 5, true),
            new Recordings.Event(Integer.MAX_VALUE, 100, 127, false), new Recordings.Event((1L << 31) + 5, 0, 0, true));
    @TempDir
    private Path directory;

    private Recording read(String header, String events, Recordings.Kept kept) throws IOException {
        String hex = events.replaceAll("(?m) *;.*$", "").replaceAll("\\s", "");
        Path file = directory.resolve("recording.aedat");
        Files.write(file, Recordings.joined(header.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII), HexFormat.of().parseHex(hex)));
        return SensorFile.read(file, SensorFormat.AEDAT, kept);
    }

    /** An address and a time, the highest byte first; of the address a byte of the row from the bottom, then column from the right and polarity. */
    @Test
    void version2() throws IOException {
        Recordings.Kept kept = new Recordings.Kept();
        Recording recording = read("""
                #!AER-DAT2.0
                # This is a raw AE data file - do not edit
                # Data format is int32 address, int32 timestamp (8 bytes total), repeated for each event
                # Timestamps tick is 1 us
                # created Thu Dec 03 14:47:00 CET 2015
                # AEChip: ch.unizh.ini.jaer.chip.retina.DVS128
                """, """
                00 00 76 f4  00 00 03 e8 ; row 127 - 9 = 0x76; column 127 - 5 = 0x7a, doubled; 0 is ON; 1000 us
                80 00 00 07  00 00 03 e9 ; bit 31: another special event
                00 00 1b 01  7f ff ff ff ; row 127 - 100 = 0x1b; column 0; 1 is OFF; the highest time that is not negative
                00 00 80 00  80 00 00 02 ; bit 15: an external event
                00 00 7f fe  80 00 00 05 ; row 127; column 127; ON; six microseconds behind the highest time
                """, kept);
        assertEquals(EVENTS, kept.events);
        assertEquals(Map.of("external events", 2L), recording.leftOut());
        assertEquals(List.of(), recording.notes());
        assertEquals(List.of(new Sensor("DVS128", 128, 128)), kept.sensors);
    }

    /** Of a DAVIS: a sample bit, 9 bits of the row from the bottom, 10 of the column from the right, polarity, an external event, and ten that only samples use. */
    @Test
    void version2OfADavis() throws IOException {
        Recordings.Kept kept = new Recordings.Kept();
        Recording recording = read("""
                #!AER-DAT2.0
                # This is a raw AE data file - do not edit
                # HardwareInterface: DAVIS FX3 0002-INI
                # AEChip: eu.seebetter.ini.chips.davis.Davis346red
                #Start of Preferences for this AEChip
                #<entry key="a" value="b"/>
                # DataStartTime: System.currentTimeMillis() 1449150420000
                #End Of ASCII Header
                """, """
                3e 95 48 00  00 00 03 e8 ; row 259 - 9 = 250; column 345 - 5 = 340; bit 11: ON; 1000 us
                80 00 02 ff  00 00 03 e9 ; bit 31: a sample of a frame
                80 01 2c 00  00 00 03 e9 ; bits 31, 10 and 11: a sample of the inertial sensor
                27 cd a0 01  7f ff ff ff ; row 259 - 100 = 159; column 345 - 127 = 218; bit 11 is 0: OFF; bit 0 says nothing
                00 00 04 00  80 00 00 02 ; bit 10: an external event
                4c 95 90 00  80 00 00 03 ; row 306 from the bottom: of no pixel
                40 d5 98 00  80 00 00 05 ; row 259; column 345; ON
                """, kept);
        assertEquals(EVENTS, kept.events);
        assertEquals(Map.of("samples of frames and of the inertial sensor", 2L, "external events", 1L, "events of no pixel", 1L), recording.leftOut());
        assertEquals(List.of(), recording.notes());
        assertEquals(List.of(new Sensor("Davis346red", 260, 346)), kept.sensors);
    }

    /** Packets, the lowest byte first; of an event's word valid in bit 0, polarity in bit 1, row from bit 2, column from bit 17. */
    @Test
    void version3() throws IOException {
        Recordings.Kept kept = new Recordings.Kept();
        Recording recording = read("""
                #!AER-DAT3.1
                #Format: RAW
                #Source 0: DVS128
                #-Source 3: DAVIS240C
                #Start-Time: 2016-04-01 10:00:00 (TZ+0200)
                #!END-HEADER
                """, """
                01 00        ; type 1: polarity events
                00 00        ; of source 0
                08 00 00 00  ; 8 bytes each
                04 00 00 00  ; their time in byte 4
                00 00 00 00  ; no overflow of the time
                03 00 00 00  ; room for three
                03 00 00 00  ; three
                02 00 00 00  ; two of them valid
                27 00 0a 00  e8 03 00 00 ; 1 + 2 (ON) + 9 * 4 + 5 * 2^17; 1000 us
                04 00 02 00  e9 03 00 00 ; not valid
                91 01 fe 00  ff ff ff 7f ; 1 + 100 * 4 + 127 * 2^17; the highest time
                00 00  00 00  08 00 00 00  04 00 00 00  00 00 00 00  01 00 00 00  01 00 00 00  01 00 00 00 ; type 0: a special event,
                01 00 00 00  ff ff ff 7f ; which says that the time goes over
                01 00  00 00  08 00 00 00  04 00 00 00  01 00 00 00  01 00 00 00  01 00 00 00  01 00 00 00 ; after one overflow
                03 00 00 00  05 00 00 00 ; 1 + 2 (ON); row 0, column 0; 2^31 + 5 us
                """, kept);
        assertEquals(EVENTS, kept.events);
        assertEquals(Map.of("invalid events", 1L, "special events", 1L), recording.leftOut());
        assertEquals(List.of(new Sensor("DVS128", 128, 128)), kept.sensors);
    }
}
