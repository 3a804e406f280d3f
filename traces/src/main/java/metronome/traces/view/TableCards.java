package metronome.traces.view;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.probe.EventStream;
import metronome.traces.report.Html;
import metronome.traces.report.Numbers;
import metronome.traces.trace.TracedHardware;
import metronome.traces.trace.TracedNetwork;

/** What is told as tables: counters, and how the traces came about. */
final class TableCards {
    private final Traces traces;

    TableCards(Traces traces) {
        this.traces = traces;
    }

    String counters() {
        return traces.card("Counters", "Actions of one image, of all layers: what the energy is computed from.", true, drawn -> {
            List<String> headings = new ArrayList<>(List.of("counter"));
            drawn.forEach(view -> headings.add(">" + (traces.single() ? "count" : view.label())));
            headings.addAll(List.of("unit", "meaning"));
            Sheet sheet = new Sheet("counters", headings);
            for (Counter counter : Counter.values()) {
                List<Object> cells = new ArrayList<>(List.of(counter.label()));
                drawn.forEach(view -> cells.add(count(view, counter)));
                cells.addAll(List.of(counter.unit(), counter.meaning()));
                sheet.row(cells);
            }
            return "<div class=\"counters\" data-plot=\"Counters\">" + sheet.open() + "</div>\n";
        }, EventStream.ENERGY);
    }

    private static Object count(TraceView view, Counter counter) {
        long total = view.analysis().counts().total(counter);
        return total % view.analysis().images() == 0 ? (Object) (total / view.analysis().images())
                : (Object) ((double) total / view.analysis().images());
    }

    String provenance(String version) {
        List<String> headings = new ArrayList<>(List.of(""));
        traces.views().forEach(view -> headings.add(traces.single() ? "" : view.label()));
        List<List<String>> rows = List.of(
                row("trace", view -> view.analysis().header().source() + ", " + Numbers.count(view.analysis().bytes()) + " bytes"),
                row("recorded by", view -> "metronome " + view.analysis().header().provenance().version()),
                row("command", view -> view.analysis().header().provenance().command()),
                row("seed", view -> Long.toString(view.analysis().header().provenance().seed())),
                row("network", view -> spiking(view).network() + spiking(view).networkHash().map(hash -> " " + hash).orElse("")),
                row("inputs", view -> spiking(view).dataset() + ", " + view.analysis().images() + " of "
                        + view.analysis().header().images() + " images from " + view.analysis().header().firstImage() + " on"),
                row("code", view -> "steps 0 to " + spiking(view).steps() + ", " + (spiking(view).once() ? "one spike" : "several spikes")
                        + (spiking(view).timeConstant() > 0 ? ", L " + Numbers.figure(spiking(view).timeConstant()) : "")),
                row("program", view -> view.analysis().header().hardware().map(TracedHardware::programHash).orElse("none")),
                row("target", view -> view.analysis().target().map(target -> target.name() + " "
                        + view.analysis().header().hardware().orElseThrow().targetHash()).orElse("none")),
                row("streams", view -> view.analysis().header().streams().stream().map(EventStream::label).collect(Collectors.joining(", "))),
                row("page", _ -> "metronome " + version));
        return Html.card(true, "Provenance", "The same traces give the same page; hashes are SHA-256.",
                "<div class=\"hash\">" + Html.table(headings, rows) + "</div>\n");
    }

    private static TracedNetwork spiking(TraceView view) {
        return view.analysis().header().spikes();
    }

    private List<String> row(String what, Function<TraceView, String> value) {
        List<String> row = new ArrayList<>(List.of(what));
        traces.views().forEach(view -> row.add(value.apply(view)));
        return row;
    }
}
