package metronome.traces.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import metronome.core.io.DataException;
import org.junit.jupiter.api.Test;

/** Are the values of a header taken at both ends of their ranges, and is one that means nothing refused by its key? */
class HeaderJsonTest {
    private static final String TEXT = HeaderJson.write(SmallTraces.header(0, 1));

    private static String changed(String from, String to) {
        assertTrue(TEXT.contains(from), from);
        return TEXT.replace(from, to);
    }

    private static TraceHeader read(String from, String to) {
        return HeaderJson.read(changed(from, to)).header();
    }

    private static void refused(String part, String from, String to) {
        String message = assertThrows(DataException.class, () -> read(from, to)).getMessage();
        assertTrue(message.contains(part), message);
    }

    @Test
    void whatIsWrittenIsRead() {
        assertEquals(SmallTraces.header(0, 1), HeaderJson.read(TEXT).header());
    }

    /** Numbers at the ends of their ranges, and what may be missing. */
    @Test
    void extremesAreReadAsTheyWereWritten() {
        TraceHeader small = SmallTraces.header(0, 1);
        TracedHardware hardware = small.hardware().orElseThrow();
        Optional<TracedHardware> coded = Optional.of(new TracedHardware(hardware.programHash(), hardware.targetHash(), hardware.targetText(),
                Optional.of("AAEC")));
        for (Span cycles : new Span[] {new Span(0, 0), new Span(Span.MOST, Span.MOST), new Span(0, Span.OPEN)}) {
            for (int window : new int[] {1, Integer.MAX_VALUE}) {
                TraceHeader header = new TraceHeader(small.source(), small.spikes(), coded, small.streams(), window, 0, Integer.MAX_VALUE,
                        new Cut(Optional.of(cycles), Optional.empty()), small.provenance());
                assertEquals(header, HeaderJson.read(HeaderJson.write(header)).header());
            }
        }
        refusedCut("cut.first_cycle", "\"first_cycle\":9007199254740992");
        refusedCut("cut.last_cycle", "\"first_cycle\":0,\"last_cycle\":9007199254740992");
        refused("window_cycles", "\"window_cycles\":64", "\"window_cycles\":2147483648");
    }

    @Test
    void stepsAndPowersAreCountedFromZeroOn() {
        String steps = "\"steps\":16";
        String powers = "\"leak_powers\":3";
        for (int last : new int[] {0, Integer.MAX_VALUE - 1}) {
            assertEquals(last, read(steps, "\"steps\":" + last).spikes().steps());
        }
        for (int entries : new int[] {0, Integer.MAX_VALUE}) {
            assertEquals(entries, read(powers, "\"leak_powers\":" + entries).spikes().leak().powerEntries());
        }
        refused("steps", steps, "\"steps\":-1");
        refused("steps", steps, "\"steps\":2147483647");
        refused("leak_powers", powers, "\"leak_powers\":-1");
        refused("leak_powers", powers, "\"leak_powers\":2147483648");
    }

    @Test
    void keysAndWordsThatNobodyKnowsAreRefused() {
        refused("colour", "\"dataset\":", "\"colour\":1,\"dataset\":");
        refused("colour", "\"words\":{", "\"words\":{\"colour\":[],");
        refused("colour", "\"name\":\"fc\"", "\"name\":\"fc\",\"colour\":1");
        refused("colour", "\"network\":", "\"cut\":{\"first_cycle\":1,\"colour\":2},\"network\":");
        refused("phases has the word \"escaped\", which this metronome does not know", "\"retired\"", "\"escaped\"");
        refused("streams must be among [spikes,", "\"layers\"],\"first_image\"", "\"colours\"],\"first_image\"");
        refused("seed must be a whole number of 64 bits in quotes", "\"seed\":\"", "\"seed\":\"x");
    }

    @Test
    void layersHaveAtMost16MNeuronsAndAtLeastOneStep() {
        String shape = "\"shape\":[10,1,1]";
        assertEquals(1 << 24, read(shape, "\"shape\":[16777216,1,1]").spikes().layers().getLast().shape().size());
        assertEquals(1 << 24, read(shape, "\"shape\":[16,1024,1024]").spikes().layers().getLast().shape().size());
        for (String wrong : new String[] {"16777217,1,1", "16,1024,1025", "16777216,2,1", "16777216,16777216,65536", "16777216,16777216,16777216",
            "0,1,1", "-10,1,1", "10,1", "10,1,1,1", ""}) {
            refused("shape", shape, "\"shape\":[" + wrong + "]");
        }
        assertEquals(OptionalInt.of(16), read(shape, shape + ",\"steps\":16").spikes().layers().getLast().steps());
        refused("steps of a layer must be fewer than those of the trace, 17: 17", shape, shape + ",\"steps\":17");
        refused("steps", shape, shape + ",\"steps\":0");
        refused("layers must have at least one", TEXT.substring(TEXT.indexOf("\"layers\":["), TEXT.indexOf("\"program_sha256\"")), "\"layers\":[],");
    }

    @Test
    void imagesAreCountedUpToTheLastNumberThereIs() {
        String images = "\"first_image\":0,\"images\":1";
        TraceHeader last = read(images, "\"first_image\":2147483646,\"images\":1");
        assertEquals(Integer.MAX_VALUE - 1, last.lastImage());
        assertEquals(Integer.MAX_VALUE - 1, read(images, "\"first_image\":1,\"images\":2147483646").lastImage());
        refused("images", images, "\"first_image\":2147483646,\"images\":2");
        refused("images", images, "\"first_image\":0,\"images\":0");
        refused("first_image", images, "\"first_image\":-1,\"images\":1");
        refused("first_image", images, "\"first_image\":2147483647,\"images\":1");
        refused("window_cycles", "\"window_cycles\":64", "\"window_cycles\":0");
    }

    private static Cut cut(String text) {
        return read("\"network\":", "\"cut\":{" + text + "},\"network\":").cut();
    }

    private static void refusedCut(String part, String text) {
        refused(part, "\"network\":", "\"cut\":{" + text + "},\"network\":");
    }

    @Test
    void aCutNamesCyclesInOrderAndLayersThatThereAre() {
        assertEquals(new Cut(Optional.of(new Span(7, 7)), Optional.empty()), cut("\"first_cycle\":7,\"last_cycle\":7"));
        assertEquals(new Cut(Optional.of(new Span(7, Span.OPEN)), Optional.of(new TreeSet<>(Set.of(0, 2)))), cut("\"first_cycle\":7,\"layers\":[2,0]"));
        refusedCut("cut.last_cycle", "\"first_cycle\":7,\"last_cycle\":6");
        refusedCut("cut.first_cycle", "\"first_cycle\":-1");
        refusedCut("cut.layers", "\"layers\":[3]");
        refusedCut("cut.layers", "\"layers\":[-1]");
        refusedCut("cut.layers must name at least one", "\"layers\":[]");
        refusedCut("cut must have first_cycle or layers", "");
    }
}
