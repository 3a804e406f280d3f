package metronome.traces.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import metronome.core.io.DataException;
import metronome.core.json.Json;
import metronome.core.json.JsonParser;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Stall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportTest {
    private static final String DAMAGE = "{}[]\":,-.e019 n";
    private static final RunResult RESULT = Samples.result();

    @Test
    void resultsReadBackEqual() {
        assertEquals(RESULT, ResultFile.parse(ResultFile.text(RESULT), "results.json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dataset", "network", "seed", "images.functional", "images.machine", "accuracy.dnn",
        "accuracy.staircase", "accuracy.spiking_double", "accuracy.spiking_fixed", "accuracy.machine",
        "mismatch.machine_spikes", "mismatch.fixed_share", "operations.dnn_total", "operations.tdsnn_event_total",
        "operations.tdsnn_clock_total", "operations.reduction_event", "operations.reduction_clock", "machine.cycles",
        "machine.latency_us", "machine.energy_pJ", "machine.area_mm2", "machine.stalls", "machine.layers",
        "baseline.cycles", "baseline.energy_pJ"})
    void everyPromisedKeyIsThere(String path) {
        Json json = JsonParser.parse(ResultFile.text(RESULT));
        for (String key : path.split("\\.")) {
            json = ((Json.Obj) json).get(key).orElseThrow(() -> new AssertionError(path));
        }
    }

    @Test
    void faultsNameKeyAndPlace() {
        String text = ResultFile.text(RESULT);
        fails(text.replace("\"cycles\"", "\"cycels\""), "unknown key \"machine.cycels\"; did you mean cycles? (r.json:");
        fails(text.replaceFirst("\"seed\": 7,\n", ""), "missing key \"seed\" (r.json:1:1)");
        fails(text.replaceFirst("\"seed\": 7", "\"seed\": 7.5"), "must be a whole number: seed=7.5 (r.json:5:11)");
        fails(text.replaceFirst("\"dnn\": 0.9915", "\"dnn\": \"much\""), "must be a number: accuracy.dnn is a string");
        fails(text.replaceFirst("\"dnn\": 0.9915", "\"dnn\": 1e999"), "must be a finite number: accuracy.dnn=1e999");
        fails(text.replaceFirst("\"format\": 1", "\"format\": 2"), "format must be 1: 2 (r.json:1:1)");
        fails(text.substring(0, text.length() / 2), "r.json: not JSON");
    }

    private static void fails(String text, String expected) {
        String message = assertThrows(DataException.class, () -> ResultFile.parse(text, "r.json")).getMessage();
        assertTrue(message.contains(expected), message);
    }

    @Test
    void noDamageEscapesAsAnotherException() {
        String good = ResultFile.text(RESULT);
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder(good);
            for (int change = random.nextInt(4); change >= 0; change--) {
                text.setCharAt(random.nextInt(text.length()), DAMAGE.charAt(random.nextInt(DAMAGE.length())));
            }
            try {
                ResultFile.parse(text.toString(), "fuzz.json");
            } catch (DataException e) {
                assertTrue(e.getMessage().contains("fuzz.json"), "seed " + seed + ": " + e.getMessage());
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    @Test
    void thePageNeedsNothingElse() {
        String page = HtmlReport.page(RESULT);
        assertFalse(Pattern.compile("https?://|<script|<link|@import|url\\(|<img").matcher(page).find());
        assertEquals(page, HtmlReport.page(ResultFile.parse(ResultFile.text(RESULT), "r.json")));
        assertEquals(count(page, "<svg "), count(page, "<summary>data: "), "each figure has its data as a table");
    }

    @Test
    void everyComponentAndStallHasAColour() {
        String page = HtmlReport.page(RESULT);
        for (Component c : Component.values()) {
            assertTrue(page.contains(".f-" + c.label() + " {"), c.label());
        }
        for (Stall s : Stall.values()) {
            assertTrue(page.contains(".f-" + s.label() + " {"), s.label());
        }
    }

    @Test
    void namesCannotBreakThePage() {
        RunResult r = new RunResult(RunResult.FORMAT, "<script>x</script>", "a\"b&c", 1, RESULT.images(), RESULT.accuracy(),
                RESULT.mismatch(), RESULT.operations(), RESULT.machine(), RESULT.baseline(), RESULT.provenance());
        String page = HtmlReport.page(r);
        assertFalse(page.contains("<script>"));
        assertTrue(page.contains("a&quot;b&amp;c on &lt;script&gt;"));
    }

    @Test
    void barsAreAsLongAsTheirValues() {
        String html = new Bars("x", java.util.List.of(new Bars.Row("a", java.util.Map.of("lif", 25.0)),
                new Bars.Row("b", java.util.Map.of("lif", 100.0)))).html();
        assertTrue(html.contains("class=\"part f-lif\" x=\"0.000%\" width=\"25.000%\""), html);
        assertTrue(html.contains("class=\"part f-lif\" x=\"0.000%\" width=\"100.000%\""), html);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-9, 0.37, 1, 3, 9.99, 10, 1234, 7.7e12})
    void axesReachTheirValueWithFewTicks(double value) {
        Axis axis = Axis.reaching(value);
        assertTrue(axis.most() >= value * (1 - 1e-6) && axis.most() <= value * 2.6, axis::toString);
        assertTrue(axis.most() / axis.step() <= 6.01, axis::toString);
    }

    /** Of seven pixels a character, on a plot of 330. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-9, 0.37, 0.0123, 3, 9.99, 24, 1234, 24_000, 99_000, 1_200_000, 24_000_000, 7.7e12})
    void labelsOfAnAxisStayApartOnAPhone(double value) {
        Matcher label = Pattern.compile("x=\"([0-9.]+)%\" y=\"15\" text-anchor=\"(\\w+)\">([^<]+)<").matcher(Axis.reaching(value).svg(0));
        double end = -5;
        int labels = 0;
        while (label.find()) {
            double width = 7.0 * label.group(3).length();
            double left = 3.3 * Double.parseDouble(label.group(1)) - switch (label.group(2)) {
                case "start" -> 0;
                case "middle" -> width / 2;
                default -> width;
            };
            assertTrue(left >= end + 3, label::group);
            end = left + width;
            labels++;
        }
        assertEquals(330, end, 0.1);
        assertTrue(labels >= (value < 1e4 ? 4 : 2), "labels: " + labels);
    }

    private static long count(String text, String part) {
        return Pattern.compile(Pattern.quote(part)).matcher(text).results().count();
    }

    @Test
    void theTextTellsEveryTable() {
        String text = TextReport.of(RESULT);
        for (String part : new String[] {"Accuracy", "Operations", "TDSNN, LIF array", "Layers", "stalls by cause",
            "Energy of one image", "Area of the chip", "Provenance", "conv1", "dram", "semaphore"}) {
            assertTrue(text.contains(part), part);
        }
        assertTrue(text.lines().allMatch(line -> line.equals(line.stripTrailing())));
    }
}
