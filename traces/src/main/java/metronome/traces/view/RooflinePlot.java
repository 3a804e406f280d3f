package metronome.traces.view;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import metronome.traces.report.Html;
import metronome.traces.report.Numbers;

/** The figure of a roofline: both axes logarithmic, whole decades. */
final class RooflinePlot {
    private static final int HEIGHT = 380;
    private static final int MOST_NAMED = 12;
    /** Where the name of a point stands, by turns, as points of alike layers lie close together. */
    private static final List<String> BESIDE = List.of("\" dx=\"8\" dy=\"4\" text-anchor=\"start\"", "\" dx=\"-8\" dy=\"4\" text-anchor=\"end\"",
            "\" dy=\"-8\" text-anchor=\"middle\"", "\" dy=\"16\" text-anchor=\"middle\"");

    private final Traces traces;
    private final List<Roofline.Point> points;
    private final int left;
    private final int right;
    private final int bottom;
    private final int top;
    private final StringBuilder out = new StringBuilder();

    /** Points must have finite intensities. */
    RooflinePlot(Traces traces, List<Roofline.Point> points) {
        this.traces = traces;
        this.points = points;
        this.left = floor(p -> Math.min(p.intensity(), ridge(p)));
        this.right = Math.max(ceiling(p -> Math.max(p.intensity(), ridge(p))), left + 1);
        this.bottom = floor(Roofline.Point::rate);
        this.top = Math.max(ceiling(p -> Math.max(p.rate(), peak(p))), bottom + 1);
    }

    private static double peak(Roofline.Point point) {
        return Roofline.peak(point.view(), Roofline.tensor(point.view()));
    }

    /** The intensity from which on the DRAM is no limit. */
    private static double ridge(Roofline.Point point) {
        return peak(point) / bandwidth(point.view());
    }

    private static double bandwidth(TraceView view) {
        return view.analysis().limits().orElseThrow().bandwidthGBs();
    }

    private int floor(ToDoubleFunction<Roofline.Point> value) {
        return (int) Math.floor(Math.log10(points.stream().mapToDouble(value).min().orElseThrow()));
    }

    private int ceiling(ToDoubleFunction<Roofline.Point> value) {
        return (int) Math.ceil(Math.log10(points.stream().mapToDouble(value).max().orElseThrow()));
    }

    private String x(double intensity) {
        return String.format(Locale.ROOT, "%.3f%%", 100 * (Math.log10(intensity) - left) / (right - left));
    }

    private String y(double rate) {
        return String.format(Locale.ROOT, "%.1f", 6 + (HEIGHT - 6) * (top - Math.log10(rate)) / (top - bottom));
    }

    String figure() {
        out.append("<figure>\n<svg class=\"roofline\" height=\"").append(HEIGHT + 38)
                .append("\" role=\"img\" aria-label=\"roofline\">\n");
        grid();
        points.stream().map(Roofline.Point::trace).distinct().forEach(this::roof);
        for (int i = 0; i < points.size(); i++) {
            point(i);
        }
        return out.append("</svg>\n</figure>\n").append(legend()).toString();
    }

    private void grid() {
        for (int decade = left; decade <= right; decade++) {
            String x = x(Math.pow(10, decade));
            line("grid-line", x, y(Math.pow(10, bottom)), x, y(Math.pow(10, top)));
            text("tick", x, HEIGHT + 15, decade == left ? "start" : decade == right ? "end" : "middle", power(decade));
        }
        for (int decade = bottom; decade <= top; decade++) {
            String y = y(Math.pow(10, decade));
            line("grid-line", "0%", y, "100%", y);
            text("tick", "2", (int) Double.parseDouble(y) - 3, "start", power(decade) + (decade == top ? " G operations/s" : ""));
        }
        text("tick", "100%", HEIGHT + 32, "end", "operations a byte");
    }

    private static String power(int decade) {
        return decade >= 0 && decade <= 5 ? Numbers.count(Math.pow(10, decade)) : decade < 0 && decade >= -4
                ? Double.toString(Math.pow(10, decade)).replaceFirst("^1.0E-4$", "0.0001") : "1e" + decade;
    }

    private void roof(int trace) {
        TraceView view = traces.views().get(trace);
        double peak = Roofline.peak(view, Roofline.tensor(view));
        double ridge = peak / bandwidth(view);
        double from = Math.max(Math.pow(10, left), Math.pow(10, bottom) / bandwidth(view));
        line("roof s" + trace, x(from), y(from * bandwidth(view)), x(ridge), y(peak));
        line("roof s" + trace, x(ridge), y(peak), "100%", y(peak));
        text("", "100%", (int) Double.parseDouble(y(peak)) + 15, "end", traces.label(Numbers.figure(peak) + " G/s", view));
    }

    private void point(int number) {
        Roofline.Point p = points.get(number);
        out.append("<circle class=\"s").append(p.trace()).append("\" cx=\"").append(x(p.intensity())).append("\" cy=\"").append(y(p.rate()))
                .append("\" r=\"5\"><title>").append(Html.escape(traces.label(p.layer(), p.view()) + ": " + Numbers.figure(p.intensity())
                + " operations a byte, " + Numbers.figure(p.rate()) + " G operations/s, bound " + Numbers.figure(p.bound())))
                .append("</title></circle>\n<text class=\"point\" x=\"").append(x(p.intensity())).append("\" y=\"").append(y(p.rate()))
                .append(BESIDE.get(number % BESIDE.size())).append(">").append(Html.escape(points.size() > MOST_NAMED
                ? Integer.toString(number + 1) : traces.label(p.layer(), p.view()))).append("</text>\n");
    }

    private String legend() {
        if (points.size() <= MOST_NAMED) {
            return "";
        }
        StringBuilder list = new StringBuilder("<ul class=\"legend\">");
        for (int i = 0; i < points.size(); i++) {
            list.append("<li><i class=\"s").append(points.get(i).trace()).append("\"></i>").append(i + 1).append(' ')
                    .append(Html.escape(traces.label(points.get(i).layer(), points.get(i).view()))).append("</li>");
        }
        return list.append("</ul>\n").toString();
    }

    private void line(String style, String x1, String y1, String x2, String y2) {
        out.append("<line class=\"").append(style).append("\" x1=\"").append(x1).append("\" y1=\"").append(y1).append("\" x2=\"")
                .append(x2).append("\" y2=\"").append(y2).append("\"/>\n");
    }

    private void text(String style, String x, int y, String anchor, String text) {
        out.append("<text class=\"").append(style).append("\" x=\"").append(x).append("\" y=\"").append(y).append("\" text-anchor=\"")
                .append(anchor).append("\">").append(Html.escape(text)).append("</text>\n");
    }
}
