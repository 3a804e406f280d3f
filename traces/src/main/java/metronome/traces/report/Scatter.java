package metronome.traces.report;

import java.util.List;
import java.util.Locale;

/**
 * A figure of named points: to the right from zero, upwards from a whole percentage below the lowest point to 100 %.
 *
 * @param what is drawn
 * @param across what the distance to the right is, with unit
 * @param points in any order
 */
record Scatter(String what, String across, List<Point> points) {
    private static final int HEIGHT = 300;
    private static final int TOP = 18;

    /**
     * A point.
     *
     * @param label beside it
     * @param x from zero on
     * @param share upwards, in [0, 1]
     */
    record Point(String label, double x, double share) {
    }

    /** {@return the figure} */
    String html() {
        Axis axis = Axis.reaching(points.stream().mapToDouble(Point::x).max().orElse(0) * 1.2);
        double lowest = Math.floor(100 * points.stream().mapToDouble(Point::share).min().orElse(0) - 0.5);
        StringBuilder out = new StringBuilder("<figure>\n<svg height=\"" + (HEIGHT + 40) + "\" role=\"img\" aria-label=\""
                + Html.escape(what) + "\">\n").append(axis.svg(HEIGHT));
        int step = (int) Math.max(1, Math.ceil((100 - lowest) / 5));
        for (double percent = 100; percent >= lowest; percent -= step) {
            String y = height(percent, lowest);
            out.append("<line class=\"grid-line\" x1=\"0\" x2=\"100%\" y1=\"").append(y).append("\" y2=\"").append(y)
                    .append("\"/><text class=\"tick\" x=\"0\" y=\"").append(y).append("\">")
                    .append(Numbers.count(percent)).append(" %</text>\n");
        }
        points.forEach(point -> draw(out, point, axis, lowest));
        return out.append("<text class=\"tick\" x=\"100%\" y=\"").append(HEIGHT + 32).append("\" text-anchor=\"end\">")
                .append(Html.escape(across)).append("</text></svg>\n</figure>\n").toString();
    }

    private static void draw(StringBuilder out, Point point, Axis axis, double lowest) {
        String y = height(100 * point.share(), lowest);
        boolean right = point.x() > 0.6 * axis.most();
        out.append("<circle class=\"dot\" cx=\"").append(axis.at(point.x())).append("\" cy=\"").append(y)
                .append("\" r=\"5\"><title>").append(Html.escape(point.label() + ": " + Numbers.figure(point.x()) + ", "
                + Numbers.percent(point.share()))).append("</title></circle><text x=\"").append(axis.at(point.x()))
                .append("\" dx=\"").append(right ? -9 : 9).append("\" dy=\"4\" y=\"").append(y).append("\" text-anchor=\"")
                .append(right ? "end" : "start").append("\">").append(Html.escape(point.label())).append("</text>\n");
    }

    private static String height(double percent, double lowest) {
        return String.format(Locale.ROOT, "%.1f", TOP + (HEIGHT - TOP) * (100 - percent) / (100 - lowest));
    }
}
