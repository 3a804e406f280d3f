package metronome.traces.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Draws results as one page that needs nothing beside it: styles and figures are inline, there is no script, it follows the
 * reader's light or dark setting and the width of the screen.
 */
public final class HtmlReport {
    private static final double PJ_PER_NJ = 1e3;
    private static final String SNN = "TDSNN on the LIF array";
    private static final String DNN = "dense DNN on the tensor core";

    private final RunResult result;
    private final StringBuilder out = new StringBuilder();

    private HtmlReport(RunResult result) {
        this.result = result;
    }

    /**
     * {@return the page}
     *
     * @param result what to draw
     */
    public static String page(RunResult result) {
        HtmlReport report = new HtmlReport(result);
        report.head();
        report.tiles();
        report.out.append("<div class=\"grid\">\n<div class=\"column\">\n");
        report.energyComparison();
        report.energy();
        report.area();
        report.out.append("</div>\n<div class=\"column\">\n");
        report.timeComparison();
        report.accuracy();
        report.operations();
        report.time();
        report.out.append("</div>\n");
        report.counters();
        report.provenance();
        return report.out.append("</div>\n</main>\n</body>\n</html>\n").toString();
    }

    private void head() {
        String title = result.network() + " on " + result.dataset() + ", target " + result.provenance().target();
        out.append(head(title)).append("<h1>").append(Html.escape(title)).append("</h1>\n<p class=\"soft\">A temporally coded spiking network on a "
                + "modelled accelerator. Means over ").append(Numbers.counted(result.images().machine(), "image"))
                .append(" on the cycle-accurate engine; the functional models ran ")
                .append(Numbers.count(result.images().functional())).append(". Seed ").append(result.seed())
                .append(".</p>\n");
    }

    /** Everything up to where the content of a page begins. */
    static String head(String title) {
        return head(title, "");
    }

    /**
     * {@return everything up to where the content of a page begins}
     *
     * @param title of the page, plain text
     * @param styles beside those of all pages
     */
    public static String head(String title, String styles) {
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
                + "content=\"width=device-width, initial-scale=1\">\n<title>" + Html.escape(title)
                + " - Metronome</title>\n<style>\n" + style() + styles + "</style>\n</head>\n<body>\n<main>\n";
    }

    private static String style() {
        try (InputStream in = HtmlReport.class.getResourceAsStream("report.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void tiles() {
        Execution m = result.machine();
        out.append("<div class=\"tiles\">\n");
        tile(Numbers.percent(result.accuracy().machine()), "right on the machine");
        tile(Numbers.percent(result.operations().reductionEvent()), "fewer operations than the DNN");
        tile(Numbers.count(m.cycles()), "cycles an image");
        tile(Numbers.figure(m.latencyUs()) + " µs", "latency of an image");
        tile(Numbers.energy(m.energyPj()), "energy of an image (" + Numbers.energy(m.energyLowPj()) + " to "
                + Numbers.energy(m.energyHighPj()) + ")");
        tile(Numbers.figure(m.areaMm2()) + " mm²", "area of the chip");
        out.append("</div>\n");
    }

    private void tile(String figure, String meaning) {
        out.append("<div class=\"tile\"><b>").append(Html.escape(figure)).append("</b><span>")
                .append(Html.escape(meaning)).append("</span></div>\n");
    }

    private void energyComparison() {
        Execution m = result.machine();
        Execution b = result.baseline();
        out.append(Html.card(false, "Energy against the DNN on the same chip, nJ an image", "By component, DRAM included.",
                new Bars("energy, nJ", List.of(new Bars.Row(SNN, components(m)), new Bars.Row(DNN, components(b)))).html()
                + new Bands("energy with its band, nJ", List.of(band(SNN, m), band(DNN, b))).html()));
    }

    private void timeComparison() {
        Execution m = result.machine();
        Execution b = result.baseline();
        out.append(Html.card(false, "Latency against the DNN on the same chip, µs an image", "",
                new Bars("latency, us", List.of(new Bars.Row(SNN, Map.of("bar", m.latencyUs())),
                        new Bars.Row(DNN, Map.of("bar", b.latencyUs())))).html()
                + Html.table(List.of("", ">TDSNN", ">DNN", ">ratio"), List.of(
                        line("cycles", Numbers.count(m.cycles()), Numbers.count(b.cycles()), m.cycles() / b.cycles()),
                        line("latency, µs", Numbers.figure(m.latencyUs()), Numbers.figure(b.latencyUs()),
                                m.latencyUs() / b.latencyUs()),
                        line("energy, nJ", Numbers.figure(m.energyPj() / PJ_PER_NJ),
                                Numbers.figure(b.energyPj() / PJ_PER_NJ), m.energyPj() / b.energyPj())))));
    }

    private static List<String> line(String name, String a, String b, double ratio) {
        return List.of(name, a, b, Double.isFinite(ratio) ? Numbers.figure(ratio) : "");
    }

    private static Bands.Row band(String label, Execution e) {
        return new Bands.Row(label, e.energyLowPj() / PJ_PER_NJ, e.energyPj() / PJ_PER_NJ, e.energyHighPj() / PJ_PER_NJ);
    }

    private static Map<String, Double> components(Execution e) {
        Map<String, Double> parts = new LinkedHashMap<>();
        e.energyParts().forEach(p -> parts.put(p.name(), p.energyPj() / PJ_PER_NJ));
        return parts;
    }

    private void accuracy() {
        RunResult.Accuracy a = result.accuracy();
        RunResult.Mismatch d = result.mismatch();
        String all = Numbers.count(result.images().functional());
        String some = Numbers.count(result.images().machine());
        out.append(Html.card(false, "Accuracy", "Share of test images classified rightly.", Html.table(
                List.of("model", ">images", ">right", "differs from the model above"), List.of(
                List.of("DNN, single precision", all, Numbers.percent(a.dnn()), ""),
                List.of("staircase DNN, retrained", all, Numbers.percent(a.staircase()), ""),
                List.of("TDSNN, double precision", all, Numbers.percent(a.spikingDouble()),
                        Numbers.count(d.staircaseSteps()) + " firing steps"),
                List.of("TDSNN, fixed point", all, Numbers.percent(a.spikingFixed()),
                        Numbers.percent(d.fixedShare()) + " of the firing steps"),
                List.of("TDSNN, fixed point", some, Numbers.percent(a.spikingFixedOnMachineImages()), "fewer images"),
                List.of("TDSNN, machine", some, Numbers.percent(a.machine()),
                        Numbers.count(d.machineSpikes()) + " spikes"),
                List.of("DNN, 8-bit integers: the baseline", all, Numbers.percent(a.integerDnn()),
                        "tensor core against this model: " + Numbers.count(d.baselineOutputs()) + " outputs")))));
    }

    private void operations() {
        RunResult.Operations o = result.operations();
        List<Bars.Row> bars = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        for (RunResult.OperationRow r : o.rows()) {
            Map<String, Double> parts = new LinkedHashMap<>();
            parts.put("multiplications", r.multiplications() / 1e3);
            parts.put("additions", r.additions() / 1e3);
            parts.put("comparisons", r.comparisons() / 1e3);
            bars.add(new Bars.Row(r.name(), parts));
            rows.add(List.of(r.name(), Numbers.count(r.total()), Numbers.percent(1 - r.total() / o.dnnTotal()),
                    Numbers.percent(1 - r.total() / o.dnnSparseTotal())));
        }
        out.append(Html.card(false, "Operations, thousands an image",
                "Counted, not weighted: an addition counts as much as a multiplication.",
                new Bars("operations, thousands", bars).html()
                + Html.table(List.of("", ">operations", ">less than dense DNN", ">less than DNN skipping zeros"), rows)));
    }

    private void energy() {
        Execution m = result.machine();
        out.append(Html.card(false, "Energy by layer and component, nJ an image", "The TDSNN; static energy included.",
                new Bars("energy, nJ", m.layers().stream().map(l -> {
                    Map<String, Double> parts = new LinkedHashMap<>();
                    l.componentsPj().forEach((name, pj) -> parts.put(name, pj / PJ_PER_NJ));
                    return new Bars.Row(l.name(), parts);
                }).toList()).html()));
        out.append(Html.card(false, "Energy by component with its band, nJ an image",
                "Line: low to high value of the table's constants. Dot: nominal.",
                new Bands("energy, nJ", m.energyParts().stream().map(p -> new Bands.Row(p.name(),
                        p.energyLowPj() / PJ_PER_NJ, p.energyPj() / PJ_PER_NJ, p.energyHighPj() / PJ_PER_NJ))
                        .toList()).html()
                + Html.details("dynamic and static", Html.table(List.of("component", ">dynamic, nJ", ">static, nJ"),
                        m.energyParts().stream().map(p -> List.of(p.name(), Numbers.figure(p.dynamicPj() / PJ_PER_NJ),
                                Numbers.figure(p.staticPj() / PJ_PER_NJ))).toList()))));
    }

    private void time() {
        Execution m = result.machine();
        out.append(Html.card(false, "Latency by layer, µs an image", "Every cycle belongs to one layer.",
                new Bars("latency, us", m.layers().stream()
                        .map(l -> new Bars.Row(l.name(), Map.of("bar", l.latencyUs()))).toList()).html()));
        out.append(Html.card(false, "What the units did, % of all cycles",
                "Busy, idle (nothing to do) or stalled, by cause.",
                new Bars("share of cycles, %", m.units().stream().map(u -> {
                    Map<String, Double> parts = new LinkedHashMap<>();
                    parts.put("busy", share(u.busy()));
                    u.stalls().forEach((cause, cycles) -> parts.put(cause, share(cycles)));
                    parts.put("idle", share(u.idle()));
                    return new Bars.Row(u.name(), parts, "busy " + Numbers.percent(share(u.busy()) / 100));
                }).toList()).html()));
    }

    private double share(double cycles) {
        return result.machine().cycles() == 0 ? 0 : 100 * cycles / result.machine().cycles();
    }

    private void area() {
        out.append(Html.card(false, "Area of the chip, mm²", "Line: low to high. Dot: nominal. Of the DRAM only the controller is on the chip.",
                new Bands("area, mm2", result.machine().areaParts().stream().map(p -> new Bands.Row(p.name(),
                        p.areaLowMm2(), p.areaMm2(), p.areaHighMm2())).toList()).html()));
    }

    private void counters() {
        out.append(Html.card(true, "Actions of one image", "What the energy is computed from.", Html.details("counters", Html.table(List.of("counter", ">count", "unit", "meaning"), result.machine().counters().stream()
                        .map(c -> List.of(c.name(), Numbers.count(c.value()), c.unit(), c.meaning())).toList()))));
    }

    private void provenance() {
        Provenance p = result.provenance();
        Provenance.Code c = p.code();
        List<List<String>> rows = List.of(
                List.of("Metronome", p.version() + " on Java " + p.jdk()),
                List.of("command", p.command()),
                List.of("code", "T " + c.steps() + ", L " + Numbers.figure(c.timeConstant()) + ", rounding " + c.rounding()
                        + ", zeros " + c.zeros() + ", ticks " + c.variant() + ", pool " + c.pool() + ", readout "
                        + c.readout()),
                List.of("widths", "weights " + c.weightBits() + " bit, potentials " + c.potentialBits() + " bit"),
                List.of("weights", p.weights()), List.of("network", p.networkHash()),
                List.of("spiking network", p.spikingHash()), List.of("target", p.targetHash()),
                List.of("program", p.programHash()), List.of("baseline program", p.baselineHash()));
        out.append(Html.card(true, "Provenance", "The same inputs give the same bytes; hashes are SHA-256.",
                "<div class=\"hash\">" + Html.table(List.of("", ""), rows) + "</div>\n"));
    }
}
