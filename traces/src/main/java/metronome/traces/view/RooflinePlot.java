package metronome.traces.view;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import metronome.traces.report.Html;
import metronome.traces.report.Numbers;
import metronome.traces.view.PlotLabels.Anchor;
import metronome.traces.view.PlotLabels.Place;

/** The figure of a roofline: both axes logarithmic, whole decades. */
final class RooflinePlot {
    private static final int TOP = 16;
    private static final int HEIGHT = 380;
    private static final int MOST_NAMED = 12;
    private static final int RADIUS = 5;
    /** Where the name of a point may stand: beside it, above and below, and farther off, as points of alike layers lie close together. */
    private static final List<Place> BESIDE = List.of(new Place(Anchor.START, 8, 4), new Place(Anchor.END, -8, 4),
            new Place(Anchor.MIDDLE, 0, -9), new Place(Anchor.MIDDLE, 0, 17), new Place(Anchor.START, 8, -6), new Place(Anchor.END, -8, -6),
            new Place(Anchor.START, 8, 14), new Place(Anchor.END, -8, 14), new Place(Anchor.MIDDLE, 0, -23), new Place(Anchor.MIDDLE, 0, 31),
            new Place(Anchor.START, 8, -18), new Place(Anchor.END, -8, -18), new Place(Anchor.START, 8, 26), new Place(Anchor.END, -8, 26),
            new Place(Anchor.START, 25, 4), new Place(Anchor.END, -25, 4), new Place(Anchor.MIDDLE, 0, -37), new Place(Anchor.MIDDLE, 0, 45));
    /** Where what a line of the grid means stands, from its left end. */
    private static final Place TICK = new Place(Anchor.START, 2, -3);
    /** Where the rate of a roof may stand, from the right end of the roof. */
    private static final List<Place> UNDER = List.of(new Place(Anchor.END, 0, 15), new Place(Anchor.END, 0, -5), new Place(Anchor.END, 0, 30),
            new Place(Anchor.END, 0, -20), new Place(Anchor.END, 0, 45), new Place(Anchor.END, 0, -35), new Place(Anchor.END, 0, 60),
            new Place(Anchor.END, 0, -50));

    private final Traces traces;
    private final List<Roofline.Point> points;
    private final int left;
    private final int right;
    private final int bottom;
    private final int top;
    private final PlotLabels labels = new PlotLabels(HEIGHT);
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

    /** As a share of the width. */
    private double across(double intensity) {
        return (Math.log10(intensity) - left) / (right - left);
    }

    /** In pixels from the top. */
    private double down(double rate) {
        return TOP + (HEIGHT - TOP) * (top - Math.log10(rate)) / (top - bottom);
    }

    private String x(double intensity) {
        return String.format(Locale.ROOT, "%.3f%%", 100 * across(intensity));
    }

    private String y(double rate) {
        return String.format(Locale.ROOT, "%.1f", down(rate));
    }

    String figure() {
        out.append("<figure>\n<svg class=\"roofline\" height=\"").append(HEIGHT + 38)
                .append("\" role=\"img\" aria-label=\"roofline\">\n");
        grid();
        List<Integer> drawn = points.stream().map(Roofline.Point::trace).distinct().toList();
        drawn.forEach(this::roof);
        points.forEach(this::point);
        drawn.forEach(this::rate);
        for (int i = 0; i < points.size(); i++) {
            name(i);
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
            String label = power(decade) + (decade == top ? " G operations/s" : "");
            labels.place(label, 0, Double.parseDouble(y), List.of(TICK));
            text("tick", TICK.dx() + "", (int) Double.parseDouble(y) + TICK.dy(), "start", label);
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
        labels.line(across(from), down(from * bandwidth(view)), across(ridge), down(peak));
        labels.line(across(ridge), down(peak), 1, down(peak));
    }

    private void rate(int trace) {
        TraceView view = traces.views().get(trace);
        double peak = Roofline.peak(view, Roofline.tensor(view));
        beside("", traces.label(Numbers.figure(peak) + " G/s", view), 1, down(peak), UNDER);
    }

    private void beside(String style, String text, double x, double y, List<Place> places) {
        labels.place(text, x, y, places).ifPresent(place -> out.append(String.format(Locale.ROOT,
                "<text class=\"%s\" x=\"%.3f%%\" y=\"%.1f\" dx=\"%d\" dy=\"%d\" text-anchor=\"%s\">%s</text>\n", style, 100 * x, y, place.dx(),
                place.dy(), place.anchor().name().toLowerCase(Locale.ROOT), Html.escape(text))));
    }

    private void point(Roofline.Point p) {
        labels.point(across(p.intensity()), down(p.rate()), RADIUS);
        out.append("<circle class=\"s").append(p.trace()).append("\" cx=\"").append(x(p.intensity())).append("\" cy=\"").append(y(p.rate()))
                .append("\" r=\"").append(RADIUS).append("\"><title>").append(Html.escape(traces.label(p.layer(), p.view()) + ": " + Numbers.figure(p.intensity())
                + " operations a byte, " + Numbers.figure(p.rate()) + " G operations/s, bound " + Numbers.figure(p.bound())))
                .append("</title></circle>\n");
    }

    private void name(int number) {
        Roofline.Point p = points.get(number);
        beside("point", points.size() > MOST_NAMED ? Integer.toString(number + 1) : traces.label(p.layer(), p.view()), across(p.intensity()),
                down(p.rate()), BESIDE);
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
