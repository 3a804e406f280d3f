package metronome.traces.report;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import metronome.core.json.JsonWriter;

/**
 * What a network loses and costs under several settings of its conversion.
 *
 * @param network its name
 * @param dataset whose images were shown
 * @param chosenBy which of its images chose, {@code training} or {@code test}
 * @param images how many of them
 * @param dnn accuracy on them of the network with rectifiers, {@code top_1} and perhaps {@code top_5}, in [0, 1]
 * @param operationsDnn of the DNN for an image, all computed
 * @param operationImages over how many images operations are means; 0 if none were counted
 * @param points one a setting, in the order of the sweep
 * @param chosen the best of them, and what it does on test images
 * @param provenance what went into it
 */
public record SweepResult(String network, String dataset, String chosenBy, int images, Map<String, Double> dnn,
        double operationsDnn, int operationImages, List<Point> points, Chosen chosen, EvaluationResult.Provenance provenance) {
    /**
     * One setting.
     *
     * @param steps T
     * @param timeConstant L, in steps
     * @param percentile of a layer's positive activations that is 1
     * @param latencySteps from the first input spike to the answer: T for every window on the longest way
     * @param accuracy as staircase network, on the same images as the DNN's
     * @param operationsEvent of the TDSNN for an image, event-driven
     * @param operationsClock the same, clock-driven
     */
    public record Point(int steps, double timeConstant, double percentile, int latencySteps, Map<String, Double> accuracy,
            double operationsEvent, double operationsClock) {
        String label() {
            return "T " + steps + ", L " + plain(timeConstant) + ", " + plain(percentile) + " %";
        }

        private static String plain(double number) {
            return String.format(Locale.ROOT, "%.4f", number).replaceAll("\\.?0+$", "");
        }
    }

    /**
     * The setting that was chosen, on test images.
     *
     * @param point which, from 0
     * @param images how many test images
     * @param dnn accuracy of the network with rectifiers there
     * @param accuracy of the chosen setting there
     */
    public record Chosen(int point, int images, Map<String, Double> dnn, Map<String, Double> accuracy) {
    }

    /**
     * {@return which of the points has most images right; of equals, the one with the least latency, then the first}
     *
     * @param points at least one
     */
    public static int best(List<Point> points) {
        return IntStream.range(0, points.size()).boxed().min(Comparator.<Integer>comparingDouble(i -> -points.get(i).accuracy.get("top_1"))
                .thenComparingInt(i -> points.get(i).latencySteps)).orElseThrow();
    }

    /** Copies the list. */
    public SweepResult {
        points = List.copyOf(points);
    }

    /** {@return the result as JSON text} */
    public String json() {
        return JsonWriter.pretty(RecordJson.write(this));
    }

    /** {@return the points as CSV, units in the names of the columns} */
    public String csv() {
        StringBuilder out = new StringBuilder("steps,time_constant_steps,percentile,latency_steps,"
                + String.join(",", dnn.keySet()) + ",operations_event,operations_clock\n");
        for (Point p : points) {
            out.append(p.steps).append(',').append(p.timeConstant).append(',').append(p.percentile).append(',')
                    .append(p.latencySteps);
            dnn.keySet().forEach(name -> out.append(',').append(p.accuracy.get(name)));
            out.append(',').append(p.operationsEvent).append(',').append(p.operationsClock).append('\n');
        }
        return out.toString();
    }

    /** {@return the result as a table} */
    public String text() {
        boolean five = dnn.size() > 1;
        TextTable table = new TextTable(">T", ">L", ">percentile", ">steps to the answer", ">top-1", ">less than the DNN", five ? ">top-5" : "",
                ">operations, event", ">less than dense", ">operations, clock", ">less than dense");
        for (Point p : points) {
            double top = p.accuracy.get("top_1");
            table.row(Integer.toString(p.steps), Double.toString(p.timeConstant), Double.toString(p.percentile),
                    Integer.toString(p.latencySteps),
                    Numbers.percent(top), String.format(Locale.ROOT, "%.2f points", 100 * (dnn.get("top_1") - top)),
                    five ? Numbers.percent(p.accuracy.get("top_5")) : "", operations(p.operationsEvent),
                    saved(p.operationsEvent), operations(p.operationsClock), saved(p.operationsClock));
        }
        return network + " on " + dataset + ", " + Numbers.counted(images, chosenBy + " image") + "; DNN" + shares(dnn) + "\n" + table
                + sentence() + "\n";
    }

    private String sentence() {
        return "chosen by " + chosenBy + " images: " + points.get(chosen.point).label() + "; of " + Numbers.counted(chosen.images, "test image")
                + " it has" + shares(chosen.accuracy) + ", the DNN" + shares(chosen.dnn);
    }

    private static String shares(Map<String, Double> accuracy) {
        StringBuilder shares = new StringBuilder();
        accuracy.forEach((name, share) -> shares.append(' ').append(name.replace('_', '-')).append(' ').append(Numbers.percent(share)));
        return shares.toString();
    }

    private String operations(double count) {
        return operationImages == 0 ? "-" : Numbers.count(count);
    }

    private String saved(double count) {
        return operationImages == 0 ? "-" : Numbers.percent(1 - count / operationsDnn);
    }

    /** {@return a page with a figure of each measure} */
    public String page() {
        StringBuilder body = new StringBuilder();
        dnn.keySet().forEach(name -> body.append(card(name.replace('_', '-') + " accuracy, %", "The DNN has "
                + Numbers.percent(dnn.get(name)) + ".", "spikes", p -> 100 * p.accuracy.get(name))));
        body.append(card("latency, steps", "T for every window on the longest way through the network.", "lif",
                Point::latencySteps));
        if (operationImages > 0) {
            body.append(card("operations of an image, millions", "Event-driven; the dense DNN has "
                    + Numbers.figure(operationsDnn / 1e6) + " (docs/operations.md).", "additions", p -> p.operationsEvent / 1e6));
            body.append(card("operations of an image, clock-driven, millions", "Every neuron at every step.", "multiplications",
                    p -> p.operationsClock / 1e6));
        }
        String title = network + " on " + dataset + " in several settings";
        return HtmlReport.head(title) + "<h1>" + Html.escape(title) + "</h1>\n<p class=\"soft\">" + Numbers.counted(images, chosenBy + " image")
                + "; " + Html.escape(sentence()) + ". " + Html.escape(provenance.command()) + ", metronome " + Html.escape(provenance.version())
                + ", network " + provenance.networkHash() + ".</p>\n<div class=\"grid\">\n" + body
                + "</div>\n</main>\n</body>\n</html>\n";
    }

    private String card(String what, String note, String colour, java.util.function.ToDoubleFunction<Point> value) {
        return Html.card(false, what, note, new Bars(what, points.stream()
                .map(p -> new Bars.Row(p.label(), Map.of(colour, value.applyAsDouble(p)))).toList()).html());
    }
}
