package metronome.traces.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import metronome.hwmodel.probe.EventStream;
import metronome.traces.analysis.Raster;
import metronome.traces.analysis.SpikeTally;
import metronome.traces.report.Html;
import metronome.traces.report.Numbers;
import metronome.traces.trace.TracedNetwork;

/** Spikes by layer: a raster of one image, which the page's script draws, and how many there are at which step. */
final class SpikeCards {
    private static final int COLUMNS = 64;
    private static final int ROWS = 1024;
    private static final int HEIGHT = 56;

    private final Traces traces;

    SpikeCards(Traces traces) {
        this.traces = traces;
    }

    String html() {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < traces.views().size(); i++) {
            out.append(card(i, traces.views().get(i)));
        }
        return out.toString();
    }

    private String card(int number, TraceView view) {
        String title = traces.label("Spikes by layer", view);
        if (!view.has(EventStream.SPIKES)) {
            return Html.card(true, title, "", view.dense() ? "<p>A dense program has no spikes.</p>\n"
                    : "<p class=\"missing\">Missing: the trace has no spikes, which trace record --streams adds.</p>\n");
        }
        Optional<TraceView> twin = traces.views().subList(0, number).stream().filter(other -> same(view, other)).findFirst();
        return twin.map(other -> Html.card(true, title, "", "<p>The same spikes as in " + Html.escape(other.label()) + ".</p>\n"))
                .orElseGet(() -> Html.card(true, title, note(view), plots(number, view)));
    }

    private static boolean same(TraceView a, TraceView b) {
        SpikeTally x = a.analysis().spikes();
        SpikeTally y = b.analysis().spikes();
        if (!b.has(EventStream.SPIKES) || !a.analysis().header().spikes().layers().equals(b.analysis().header().spikes().layers())) {
            return false;
        }
        for (int l = 0; l < a.layers().size(); l++) {
            if (!Arrays.equals(x.steps(l), y.steps(l)) || !Arrays.deepEquals(cells(x, l), cells(y, l))) {
                return false;
            }
        }
        return true;
    }

    private static int[][] cells(SpikeTally spikes, int layer) {
        return spikes.raster(layer).map(Raster::spikes).orElse(new int[0][]);
    }

    private static String note(TraceView view) {
        return "Above: which neurons spike at which step in image " + view.analysis().drawnImage()
                + ", channel by channel from the top; where a line stands for several neurons, the stronger its colour, the more of them spike. Below: spikes"
                + " by step, over all images (" + Numbers.count(view.analysis().images()) + "), with the number of the highest bar. Steps are those of each layer's own window, 0 to "
                + view.analysis().header().spikes().steps() + ".";
    }

    private String plots(int number, TraceView view) {
        StringBuilder out = new StringBuilder("<div class=\"layers\" data-plot=\"Spikes by layer\">\n");
        for (int l = 0; l < view.layers().size(); l++) {
            out.append(plot(number, l, view));
        }
        return out.append("</div>\n").append(steps(view).folded()).append(sparsity(view).folded())
                .append("<p><button type=\"button\" class=\"rasters\" data-trace=\"" + number + "\">download the rasters as CSV</button></p>\n")
                .toString();
    }

    private static String plot(int number, int layer, TraceView view) {
        TracedNetwork.Layer of = view.analysis().header().spikes().layers().get(layer);
        SpikeTally spikes = view.analysis().spikes();
        Optional<Raster> raster = spikes.raster(layer);
        return "<figure><figcaption><b>" + Html.escape(of.name()) + "</b> " + of.shape() + ", "
                + Numbers.count((double) spikes.spikes(layer) / view.analysis().images()) + " spikes an image"
                + raster.map(r -> r.neuronsInRow() == 1 ? "" : ", " + Numbers.count(r.neuronsInRow()) + " neurons a line").orElse("")
                + "</figcaption>\n"
                + raster.map(_ -> "<canvas class=\"raster\" data-trace=\"" + number + "\" data-layer=\"" + layer
                        + "\" role=\"img\" aria-label=\"spike raster of " + Html.escape(of.name()) + "\"></canvas>\n"
                        ).orElse("<p class=\"silent\">no spikes in this image</p>\n")
                + histogram(of.name(), spikes.steps(layer)) + "</figure>\n";
    }

    private static String histogram(String name, long[] steps) {
        StepGroups groups = StepGroups.of(steps.length - 1, COLUMNS);
        long[] sums = groups.sums(steps);
        StringBuilder out = new StringBuilder("<svg class=\"histogram\" height=\"" + (HEIGHT + 16) + "\" role=\"img\" aria-label=\"spikes of "
                + Html.escape(name) + " by step\">\n");
        long most = Arrays.stream(sums).max().orElse(0);
        double width = 100.0 / sums.length;
        for (int i = 0; i < sums.length; i++) {
            if (sums[i] > 0) {
                double height = (double) HEIGHT * sums[i] / most;
                out.append(String.format(Locale.ROOT, "<rect x=\"%.3f%%\" width=\"%.3f%%\" y=\"%.1f\" height=\"%.1f\"><title>step %s: %,d</title></rect>\n",
                        i * width + width / 20, width * 0.9, HEIGHT - height, height, groups.names().get(i), sums[i]));
            }
        }
        if (most > 0) {
            out.append("<text class=\"tick\" x=\"50%\" y=\"" + (HEIGHT + 13) + "\" text-anchor=\"middle\">up to " + Numbers.count(most) + "</text>");
        }
        return out.append("<text class=\"tick\" y=\"" + (HEIGHT + 13) + "\">0</text><text class=\"tick\" x=\"100%\" y=\"" + (HEIGHT + 13)
                + "\" text-anchor=\"end\">step " + (steps.length - 1) + "</text></svg>\n").toString();
    }

    private static Sheet steps(TraceView view) {
        StepGroups groups = StepGroups.of(view.analysis().header().spikes().steps(), ROWS);
        List<String> headings = new ArrayList<>(List.of("step"));
        view.layers().forEach(name -> headings.add(">" + name));
        Sheet sheet = new Sheet(title("spikes by step", view), headings);
        List<long[]> sums = new ArrayList<>();
        for (int l = 0; l < view.layers().size(); l++) {
            sums.add(groups.sums(view.analysis().spikes().steps(l)));
        }
        for (int step = 0; step < groups.names().size(); step++) {
            int row = step;
            List<Object> cells = new ArrayList<>(List.of(groups.names().get(step)));
            sums.forEach(layer -> cells.add(layer[row]));
            sheet.row(cells);
        }
        return sheet;
    }

    private static Sheet sparsity(TraceView view) {
        Sheet sheet = new Sheet(title("sparsity", view), List.of("layer", ">neurons", ">spikes", ">neurons silent, %", ">neuron-steps silent, %"));
        for (int l = 0; l < view.layers().size(); l++) {
            SpikeShares shares = SpikeShares.of(view.analysis(), l);
            sheet.row(List.of(view.layers().get(l), shares.neurons(), view.analysis().spikes().spikes(l), 100 * shares.silentNeurons(),
                    100 * shares.silentNeuronSteps()));
        }
        return sheet;
    }

    private static String title(String what, TraceView view) {
        return what + (view.label().isEmpty() ? "" : ", " + view.label());
    }
}
