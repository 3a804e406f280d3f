package metronome.traces.view;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Stall;
import metronome.hwmodel.probe.EventStream;
import metronome.traces.report.Bars;
import metronome.traces.report.Execution;
import metronome.traces.report.Numbers;

/** Where the time and the energy of an image go: bars by layer, unit and cause. */
final class CostCards {
    private static final double PJ_PER_NJ = 1e3;
    private static final List<String> UNITS = Stream.of(Component.values()).map(Component::label).toList();
    private static final List<String> CAUSES = Stream.of(Stall.values()).map(Stall::label).toList();

    private final Traces traces;

    CostCards(Traces traces) {
        this.traces = traces;
    }

    String latencyByLayer() {
        return card("Latency by layer", "Every cycle of an image belongs to one layer.", "latency, us", traces.layers(),
                (view, name) -> layer(view, name).map(layer -> new Bars.Row(traces.label(name, view),
                        Map.of(traces.single() ? "bar" : view.label(), layer.latencyUs()))));
    }

    String energyByLayer() {
        return card("Energy by layer and unit", "Actions and static power, memories and DRAM as units of their own.", "energy, nJ",
                traces.layers(), (view, name) -> layer(view, name).map(layer -> {
                    Map<String, Double> parts = new LinkedHashMap<>();
                    layer.componentsPj().forEach((component, pj) -> parts.put(component, pj / PJ_PER_NJ));
                    return new Bars.Row(traces.label(name, view), parts);
                }), EventStream.ENERGY);
    }

    String busyByLayer() {
        return card("Busy time by layer and unit", "Units work at the same time, so that a bar may be longer than the layer's latency.",
                "busy time, us", traces.layers(), (view, name) -> layer(view, name).map(_ -> {
                    Map<String, Double> parts = new LinkedHashMap<>();
                    for (Component unit : Component.values()) {
                        parts.put(unit.label(), microseconds(view, view.analysis().busy(view.layers().indexOf(name), unit)));
                    }
                    return new Bars.Row(traces.label(name, view), parts);
                }), EventStream.INSTRUCTIONS, EventStream.STALLS);
    }

    private static double microseconds(TraceView view, long cycles) {
        return view.analysis().limits().orElseThrow().microseconds((double) cycles / view.analysis().images());
    }

    private static Stream<Execution.Layer> layer(TraceView view, String name) {
        return view.execution().orElseThrow().layers().stream().filter(layer -> layer.name().equals(name)).limit(1);
    }

    String energyByUnit() {
        return card("Energy by unit", "Actions, and static power over the whole image.", "energy, nJ", UNITS,
                (view, name) -> view.execution().orElseThrow().energyParts().stream().filter(part -> part.name().equals(name))
                        .filter(part -> part.energyPj() > 0).map(part -> {
                            Map<String, Double> parts = new LinkedHashMap<>();
                            parts.put("dynamic", part.dynamicPj() / PJ_PER_NJ);
                            parts.put("static", part.staticPj() / PJ_PER_NJ);
                            return new Bars.Row(traces.label(name, view), parts);
                        }), EventStream.ENERGY);
    }

    String units() {
        return card("What the units did", "Share of their cycles: busy, stalled by cause, or idle. Without units that had nothing to do.",
                "share of cycles, %", UNITS, this::unit, EventStream.INSTRUCTIONS, EventStream.STALLS);
    }

    private Stream<Bars.Row> unit(TraceView view, String name) {
        return view.execution().orElseThrow().units().stream().filter(unit -> unit.name().equals(name)).map(unit -> {
            double all = unit.busy() + unit.idle() + unit.stalls().values().stream().mapToDouble(Double::doubleValue).sum();
            double percent = all == 0 ? 0 : 100 / all;
            Map<String, Double> parts = new LinkedHashMap<>();
            parts.put("busy", percent * unit.busy());
            unit.stalls().forEach((cause, cycles) -> parts.put(cause, percent * cycles));
            parts.put("idle", percent * unit.idle());
            return new Bars.Row(traces.label(name, view), parts, "busy " + Numbers.percent(percent * unit.busy() / 100));
        }).filter(row -> row.parts().get("idle") < row.total());
    }

    String stalls() {
        return card("Stall causes", "Stalled cycles of an image by cause and unit. Units stall at the same time.", "stalled cycles",
                CAUSES, (view, cause) -> {
                    Map<String, Double> parts = new LinkedHashMap<>();
                    view.execution().orElseThrow().units().forEach(unit -> parts.put(unit.name(), unit.stalls().get(cause)));
                    return Stream.of(new Bars.Row(traces.label(cause.replace('_', ' '), view), parts)).filter(row -> row.total() > 0);
                }, EventStream.STALLS);
    }

    private String card(String title, String note, String what, List<String> names,
            BiFunction<TraceView, String, Stream<Bars.Row>> rows, EventStream... needed) {
        return traces.card(title + ", " + unit(what), note, false, drawn -> {
            Bars bars = new Bars(what, names.stream().flatMap(name -> drawn.stream().flatMap(view -> rows.apply(view, name))).toList());
            return "<div data-plot=\"" + title + "\">" + bars.figure() + "</div>" + sheet(title, bars).folded();
        }, needed);
    }

    private static String unit(String what) {
        return what.substring(what.lastIndexOf(' ') + 1).replace("us", "µs");
    }

    private static Sheet sheet(String title, Bars bars) {
        List<String> headings = new ArrayList<>(List.of(""));
        bars.series().forEach(part -> headings.add(">" + (part.equals("bar") ? bars.what() : part.replace('_', ' ') + ", "
                + unit(bars.what()))));
        Sheet sheet = new Sheet(title, headings);
        bars.rows().forEach(row -> {
            List<Object> cells = new ArrayList<>(List.of(row.label()));
            bars.series().forEach(part -> cells.add(row.parts().containsKey(part) ? (Object) row.parts().get(part) : ""));
            sheet.row(cells);
        });
        return sheet;
    }
}
