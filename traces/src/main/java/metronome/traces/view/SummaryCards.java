package metronome.traces.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.probe.EventStream;
import metronome.traces.analysis.DramTally;
import metronome.traces.report.Execution;
import metronome.traces.report.Html;
import metronome.traces.report.Numbers;

/** The few figures that are looked for first: tiles of one trace, a table of several. */
final class SummaryCards {
    private static final double PJ_PER_NJ = 1e3;
    private static final double PJ_PER_US_PER_MW = 1e3;

    private record Metric(String name, Function<TraceView, Optional<Double>> value) {
    }

    private static final List<Metric> METRICS = List.of(
            new Metric("cycles an image", view -> view.execution().map(Execution::cycles)),
            new Metric("latency, µs", view -> view.execution().map(Execution::latencyUs)),
            new Metric("energy, nJ", view -> view.costs(EventStream.ENERGY).map(e -> e.energyPj() / PJ_PER_NJ)),
            new Metric("energy, low, nJ", view -> view.costs(EventStream.ENERGY).map(e -> e.energyLowPj() / PJ_PER_NJ)),
            new Metric("energy, high, nJ", view -> view.costs(EventStream.ENERGY).map(e -> e.energyHighPj() / PJ_PER_NJ)),
            new Metric("mean power, mW", view -> view.costs(EventStream.ENERGY).filter(e -> e.latencyUs() > 0)
                    .map(e -> e.energyPj() / e.latencyUs() / PJ_PER_US_PER_MW)),
            new Metric("spikes an image", SummaryCards::spikes),
            new Metric("LIF array busy, %", view -> view.costs(EventStream.INSTRUCTIONS, EventStream.STALLS).flatMap(SummaryCards::busy)),
            new Metric("moved to and from DRAM, bytes", TraceView::dramBytes),
            new Metric("DRAM bandwidth, GB/s", TraceView::bandwidthGBs),
            new Metric("row hits, %", view -> view.costs(EventStream.DRAM).flatMap(_ -> view.analysis().dram()).map(DramTally::hitRate)
                    .filter(OptionalDouble::isPresent).map(rate -> 100 * rate.getAsDouble())),
            new Metric("area of the chip, mm²", view -> view.execution().map(Execution::areaMm2)));

    private final Traces traces;

    SummaryCards(Traces traces) {
        this.traces = traces;
    }

    private static Optional<Double> spikes(TraceView view) {
        return view.has(EventStream.SPIKES) ? Optional.of((double) view.analysis().spikes().spikes() / view.analysis().images())
                : Optional.empty();
    }

    private static Optional<Double> busy(Execution execution) {
        return execution.units().stream().filter(unit -> unit.name().equals(Component.LIF.label())).findFirst().map(unit -> {
            double all = unit.busy() + unit.idle() + sum(unit.stalls());
            return all == 0 ? 0 : 100 * unit.busy() / all;
        });
    }

    private static double sum(Map<String, Double> parts) {
        return parts.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    String html() {
        return remarks() + (traces.single() ? tiles(traces.views().getFirst()) : Html.card(true, "Side by side",
                "Means over the images of each trace; in brackets how many times that of the first.", table()));
    }

    private String remarks() {
        return traces.views().stream().flatMap(view -> view.remarks().stream().map(remark -> "<p class=\"missing\">"
                + Html.escape((traces.single() ? "" : view.label() + ": ") + remark) + "</p>\n")).collect(Collectors.joining());
    }

    private static String tiles(TraceView view) {
        return METRICS.stream().filter(metric -> !metric.name.contains("low") && !metric.name.contains("high"))
                .flatMap(metric -> metric.value.apply(view).stream().map(value -> "<div class=\"tile\"><b>" + figure(value)
                        + "</b><span>" + Html.escape(metric.name) + "</span></div>\n"))
                .collect(Collectors.joining("", "<div class=\"tiles\">\n", "</div>\n"));
    }

    private static String figure(double value) {
        return value >= 1e4 ? Numbers.count(value) : Numbers.figure(value);
    }

    private String table() {
        List<String> headings = new ArrayList<>(List.of(""));
        traces.views().forEach(view -> headings.add(">" + view.label()));
        Sheet sheet = new Sheet("side by side", headings);
        List<List<String>> shown = new ArrayList<>();
        for (Metric metric : METRICS) {
            List<Optional<Double>> values = traces.views().stream().map(metric.value).toList();
            List<Object> cells = new ArrayList<>(List.of(metric.name));
            values.forEach(value -> cells.add(value.<Object>map(v -> v).orElse("")));
            sheet.row(cells);
            List<String> row = new ArrayList<>(List.of(metric.name));
            values.forEach(value -> row.add(value.map(v -> figure(v) + ratio(v, values)).orElse("missing")));
            shown.add(row);
        }
        return "<div data-plot=\"Side by side\">" + Html.table(headings, shown) + "</div>" + sheet.download();
    }

    private static String ratio(double value, List<Optional<Double>> values) {
        double first = values.getFirst().orElse(0.0);
        return first == 0 || values.getFirst().equals(Optional.of(value)) ? "" : " (×" + Numbers.figure(value / first) + ")";
    }
}
