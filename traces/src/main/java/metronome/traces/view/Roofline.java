package metronome.traces.view;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Counts;
import metronome.hwmodel.probe.EventStream;
import metronome.traces.analysis.Limits;

/**
 * Operations of the layers against what their target allows: synaptic additions and multiply-accumulates by the second over
 * those by byte of DRAM traffic (S. Williams, A. Waterman, D. Patterson, "Roofline", CACM 52(4), 2009).
 */
final class Roofline {
    /**
     * One layer.
     *
     * @param view whose it is
     * @param trace number of the trace
     * @param layer its name
     * @param operations of an image
     * @param bytes of an image
     * @param intensity operations a byte; infinite where nothing was moved
     * @param rate operations a nanosecond
     * @param bound what the target allows at that intensity
     */
    record Point(TraceView view, int trace, String layer, double operations, double bytes, double intensity, double rate, double bound) {
    }

    private final Traces traces;
    private final List<Point> points = new ArrayList<>();

    Roofline(Traces traces) {
        this.traces = traces;
        for (int trace = 0; trace < traces.views().size(); trace++) {
            TraceView view = traces.views().get(trace);
            if (view.costs(EventStream.ENERGY).isPresent()) {
                add(trace, view);
            }
        }
    }

    private void add(int trace, TraceView view) {
        Counts counts = view.analysis().counts();
        for (int l = 0; l < view.layers().size(); l++) {
            int layer = l;
            add(trace, view, view.layers().get(l), counts.cycles(l), counter -> counts.of(layer, counter));
        }
        add(trace, view, "all layers", counts.cycles(), counts::total);
    }

    private void add(int trace, TraceView view, String name, long cycles, ToLongFunction<Counter> counts) {
        Limits limits = view.analysis().limits().orElseThrow();
        double images = view.analysis().images();
        double macs = counts.applyAsLong(Counter.MACS) / images;
        double operations = macs + counts.applyAsLong(Counter.UPDATES) / images;
        double bytes = limits.burstBytes() * (counts.applyAsLong(Counter.READ_BURSTS) + counts.applyAsLong(Counter.WRITE_BURSTS)) / images;
        double nanoseconds = 1000 * limits.microseconds(cycles / images);
        if (operations > 0 && nanoseconds > 0) {
            double intensity = operations / bytes;
            points.add(new Point(view, trace, name, operations, bytes, intensity, operations / nanoseconds,
                    Math.min(intensity * limits.bandwidthGBs(), peak(view, macs > 0))));
        }
    }

    /** Operations a nanosecond of the unit that computes. */
    static double peak(TraceView view, boolean tensor) {
        Limits limits = view.analysis().limits().orElseThrow();
        return (tensor ? limits.macs() : limits.additions()) * limits.clockMHz() / 1000;
    }

    /** Whether a trace has multiply-accumulates. */
    static boolean tensor(TraceView view) {
        return view.analysis().counts().total(Counter.MACS) > 0;
    }

    String card() {
        return traces.card("Roofline", "Operations are synaptic additions, of a dense program multiply-accumulates; bytes those that moved"
                + " to and from the DRAM. Sloped: the DRAM's peak bandwidth. Flat: every lane, or cell, busy in every cycle. Logarithmic."
                + " A layer whose weights were loaded while the one before was computed can lie above the slope; all layers together cannot."
                + " Without layers that have no such operations, as those that pool.", true, _ -> {
            List<Point> drawn = points.stream().filter(point -> Double.isFinite(point.intensity)).toList();
            return (drawn.isEmpty() ? "<p class=\"missing\">No layer has both operations and traffic.</p>\n"
                    : "<div data-plot=\"Roofline\">" + new RooflinePlot(traces, drawn).figure() + "</div>\n") + sheet().folded();
        }, EventStream.ENERGY);
    }

    private Sheet sheet() {
        Sheet sheet = new Sheet("roofline", Stream.of("number", "layer", ">operations", ">bytes", ">operations a byte",
                ">operations, G/s", ">bound, G/s", ">of the bound, %").toList());
        for (int i = 0; i < points.size(); i++) {
            Point p = points.get(i);
            sheet.row(List.of(Integer.toString(i + 1), traces.label(p.layer, p.view), p.operations, p.bytes,
                    Double.isFinite(p.intensity) ? (Object) p.intensity : "no traffic", p.rate, p.bound, 100 * p.rate / p.bound));
        }
        return sheet;
    }
}
