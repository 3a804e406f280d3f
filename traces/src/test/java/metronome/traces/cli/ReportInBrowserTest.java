package metronome.traces.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import metronome.core.json.Json;
import metronome.core.json.JsonParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Does a browser draw the page of traces, without a word in its console, in light, dark and on a phone? */
class ReportInBrowserTest {
    private static final Workshop SHOP = Workshop.shared();
    private static final int LIGHT = 0xf6f7f9;
    private static final int DARK = 0x14171c;
    /** Acts as a reader would and writes what comes of it into the page. */
    private static final String READER = """
            <script>
            const found = {wide: document.documentElement.scrollWidth - innerWidth, blank: [], rows: 0, covered: []};
            for (const plot of document.querySelectorAll("svg")) {
              const inside = plot.getBoundingClientRect();
              const texts = [...plot.querySelectorAll("text")].map(text => [text.textContent, text.getBoundingClientRect()]);
              texts.forEach(([name, a], i) => {
                if (a.left < inside.left - 1 || a.right > inside.right + 1 || a.top < inside.top - 1 || a.bottom > inside.bottom + 1) {
                  found.covered.push(name + " is cut off");
                }
                texts.slice(i + 1).filter(([, b]) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
                  && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3).forEach(([other]) => found.covered.push(name + " on " + other));
              });
            }
            for (const number of document.querySelectorAll(".tile b")) {
              const written = number.textContent;
              number.textContent = "214,649,005,000";
              if (number.scrollWidth > number.clientWidth) {
                found.covered.push("a long number passes the edge of its tile");
              }
              number.textContent = written;
            }
            for (const canvas of document.querySelectorAll("canvas")) {
              const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
              if (!pixels.some(part => part > 0)) {
                found.blank.push(canvas.getAttribute("aria-label"));
              }
            }
            const seen = () => document.querySelector(".units .bar span").textContent;
            found.canvases = document.querySelectorAll("canvas").length;
            found.whole = seen();
            document.querySelector('.units [aria-label="zoom in"]').click();
            document.querySelector('.units [aria-label="zoom in"]').click();
            document.querySelector('.units [aria-label="later"]').click();
            found.zoomed = seen();
            found.bandwidth = document.querySelector(".bandwidth .bar span").textContent;
            const canvas = document.querySelector(".units canvas");
            const box = canvas.getBoundingClientRect();
            canvas.dispatchEvent(new PointerEvent("pointermove", {clientX: box.left + box.width / 2, clientY: box.top + 24 + 28 + 10}));
            found.told = document.querySelector(".units .told").textContent;
            document.querySelector('.units [aria-label="show the whole image"]').click();
            document.querySelector(".units details").open = true;
            const make = URL.createObjectURL;
            URL.createObjectURL = blob => { blob.text().then(text => {
              found.csv = text.trim().split("\\n").map(line => line.split(","));
              const pre = document.createElement("pre");
              pre.id = "found";
              pre.textContent = JSON.stringify({...found, csv: undefined, lines: found.csv.length, columns: found.csv[0],
                sums: found.csv[0].map((name, i) => found.csv.slice(1).reduce((sum, line) => sum + (Number(line[i]) || 0), 0))});
              document.body.append(pre);
            }); return make.call(URL, blob); };
            HTMLAnchorElement.prototype.click = () => {};
            [...document.querySelectorAll(".units button")].find(button => button.title.startsWith("download")).click();
            </script>
            """;
    @TempDir
    private Path folder;
    private Chromium browser;

    @BeforeEach
    void find() {
        assumeTrue(Chromium.find().isPresent(), () -> "skipped: none of " + Chromium.NAMES + " is on the PATH");
        browser = new Chromium(Chromium.find().orElseThrow(), folder);
    }

    private Path page(String... targets) throws Exception {
        Object[] words = {"report", "-o", folder.resolve("page.html")};
        for (String target : targets) {
            Path trace = folder.resolve(target + ".mtt");
            Shell.good("trace", "record", "--network", SHOP.file("spiking.safetensors"), "--images", 2, "--streams",
                    TraceStatsCommandTest.ALL, "--target", target, "-o", trace);
            words = java.util.stream.Stream.concat(java.util.stream.Stream.of(words), java.util.stream.Stream.of(trace)).toArray();
        }
        Shell.good(words);
        return folder.resolve("page.html");
    }

    private Json reader(Path page, String... flags) throws Exception {
        Path copy = folder.resolve("read.html");
        Files.writeString(copy, Files.readString(page).replace("</body>", READER + "</body>"));
        Matcher found = Pattern.compile("<pre id=\"found\">(.*?)</pre>", Pattern.DOTALL).matcher(browser.dom(copy, java.util.stream.Stream.concat(
                java.util.stream.Stream.of("--virtual-time-budget=20000"), java.util.stream.Stream.of(flags)).toArray(String[]::new)));
        assertTrue(found.find());
        return JsonParser.parse(found.group(1).replace("&amp;", "&").replace("&gt;", ">").replace("&lt;", "<"));
    }

    private static String text(Json json, String key) {
        Json value = ((Json.Obj) json).get(key).orElseThrow();
        return value instanceof Json.Str text ? text.value() : metronome.core.json.JsonWriter.compact(value);
    }

    @Test
    void everyPlotIsDrawnAndCanBeZoomed() throws Exception {
        Path page = page("default");
        String dom = browser.dom(page);
        assertTrue(Pattern.compile("data-drawn-ms=\"\\d+\"").matcher(dom).find(), "the script came to its end");
        Json found = reader(page);
        assertEquals("[]", text(found, "blank"));
        assertEquals("[]", text(found, "covered"));
        assertEquals("8", text(found, "canvases"));
        assertTrue(text(found, "whole").matches("cycles 0 to [0-9,]+ \\(0 µs to .*"), text(found, "whole"));
        assertFalse(text(found, "zoomed").startsWith("cycles 0 to"));
        assertEquals(text(found, "zoomed"), text(found, "bandwidth"));
        assertTrue(text(found, "told").matches("lif, cycle .*: busy [01], stalled [01], waiting [01].*, idle [01].*"), text(found, "told"));
    }

    /** The first image alone has as many cycles, busy and stalled, in the plot as stats says. */
    @Test
    void dataOfThePlotOverTimeIsWhatStatsSays() throws Exception {
        Path trace = folder.resolve("one.mtt");
        Shell.good("trace", "record", "--network", SHOP.file("spiking.safetensors"), "--images", 1, "--streams", TraceStatsCommandTest.ALL,
                "--target", "multicore", "-o", trace);
        Path page = folder.resolve("page.html");
        Shell.good("report", trace, "-o", page);
        Json found = reader(page);
        Json stats = JsonParser.parse(Shell.good("trace", "stats", "--json", trace));
        List<Json> columns = ((Json.Arr) ((Json.Obj) found).get("columns").orElseThrow()).items();
        List<Json> sums = ((Json.Arr) ((Json.Obj) found).get("sums").orElseThrow()).items();
        assertEquals(text(stats, "cycles"), text(sums, 1));
        for (Json unit : ((Json.Arr) ((Json.Obj) stats).get("units").orElseThrow()).items()) {
            assertEquals(Double.parseDouble(text(unit, "busy")), sum(columns, sums, text(unit, "unit") + " busy"), text(unit, "unit"));
            double stalled = ((Json.Obj) ((Json.Obj) unit).get("stalls").orElseThrow()).members().values().stream()
                    .mapToDouble(cycles -> ((Json.Num) cycles).value()).sum();
            assertEquals(stalled, sum(columns, sums, text(unit, "unit") + " stalled") + sum(columns, sums, text(unit, "unit") + " waiting"));
        }
    }

    private static String text(List<Json> items, int index) {
        return metronome.core.json.JsonWriter.compact(items.get(index));
    }

    /** Over all cores, whose columns begin with their number. */
    private static double sum(List<Json> columns, List<Json> sums, String name) {
        double sum = 0;
        for (int i = 0; i < columns.size(); i++) {
            sum += ((Json.Str) columns.get(i)).value().replaceFirst("^\\d+ ", "").equals(name) ? ((Json.Num) sums.get(i)).value() : 0;
        }
        return sum;
    }

    @Test
    void severalTracesFitAPhone() throws Exception {
        Json found = reader(page("default", "edge"), "--window-size=390,844");
        assertEquals("0", text(found, "wide"));
        assertEquals("[]", text(found, "blank"));
        assertEquals("[]", text(found, "covered"));
        assertEquals("10", text(found, "canvases"));
    }

    @Test
    void lightAndDarkFollowTheReader() throws Exception {
        Path page = page("default");
        Png light = Png.read(Files.readAllBytes(browser.picture(page, "light.png", "--window-size=1200,3000")));
        Png dark = Png.read(Files.readAllBytes(browser.picture(page, "dark.png", "--window-size=1200,3000", "--force-dark-mode")));
        assertEquals(LIGHT, light.rgb()[0]);
        assertEquals(DARK, dark.rgb()[0]);
        assertTrue(light.count(0x3d7fbc) > 5000 && light.count(0xdd8a00) > 500);
        assertTrue(dark.count(0x6aa5e0) > 5000 && dark.count(0xe0a03c) > 500);
    }
}
