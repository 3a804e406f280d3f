package metronome.traces.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * Finds places for names beside the points of a plot, where they cover nothing else. The plot is as wide as the page lets it, so a place is
 * across a share of the width and some pixels; what is apart on a phone and on a wide screen counts as apart.
 */
final class PlotLabels {
    /** Widths of the plot in pixels, between which it usually is. */
    private static final double[] WIDTHS = {330, 1160};
    private static final double ABOVE = 10;
    private static final double BELOW = 3;
    private static final double OF_A_CHARACTER = 7.2;

    /** To which side of its place a text is written. */
    enum Anchor {
        START(0), MIDDLE(0.5), END(1);

        private final double before;

        Anchor(double before) {
            this.before = before;
        }
    }

    /**
     * Where a text stands beside a point.
     *
     * @param anchor which part of it is there
     * @param dx pixels to the right of the point
     * @param dy pixels below it
     */
    record Place(Anchor anchor, int dx, int dy) {
    }

    /** What is taken: from a share of the width and some pixels to another, and from one height to another. */
    private record Box(double from, double left, double to, double right, double top, double bottom) {
        private boolean meets(Box other) {
            return top < other.bottom && other.top < bottom && !before(other) && !other.before(this);
        }

        /** At both widths, and so at all between them. */
        private boolean before(Box other) {
            return DoubleStream.of(WIDTHS).allMatch(width -> to * width + right <= other.from * width + other.left);
        }

        private boolean inside(double height) {
            return top >= 0 && bottom <= height && DoubleStream.of(WIDTHS).allMatch(width -> from * width + left >= 0
                    && to * width + right <= width);
        }
    }

    private final double height;
    private final List<Box> taken = new ArrayList<>();

    /** @param height of the plot in pixels */
    PlotLabels(double height) {
        this.height = height;
    }

    /** Takes what a point covers. */
    void point(double x, double y, int radius) {
        taken.add(new Box(x, -radius, x, radius, y - radius, y + radius));
    }

    /** Takes what a line covers, in pieces. */
    void line(double x1, double y1, double x2, double y2) {
        int pieces = y1 == y2 ? 1 : 32;
        for (int i = 0; i < pieces; i++) {
            double top = y1 + (y2 - y1) * i / pieces;
            double bottom = y1 + (y2 - y1) * (i + 1) / pieces;
            taken.add(new Box(x1 + (x2 - x1) * i / pieces, 0, x1 + (x2 - x1) * (i + 1) / pieces, 0, Math.min(top, bottom) - 1,
                    Math.max(top, bottom) + 1));
        }
    }

    /** Takes the first of some places beside a point that is free, if one is. */
    Optional<Place> place(String text, double x, double y, List<Place> places) {
        Optional<Place> place = places.stream().filter(p -> free(box(text, x, y, p))).findFirst();
        place.ifPresent(p -> taken.add(box(text, x, y, p)));
        return place;
    }

    private static Box box(String text, double x, double y, Place place) {
        double width = OF_A_CHARACTER * text.length();
        double left = place.dx - place.anchor.before * width;
        return new Box(x, left, x, left + width, y + place.dy - ABOVE, y + place.dy + BELOW);
    }

    private boolean free(Box box) {
        return box.inside(height) && taken.stream().noneMatch(box::meets);
    }
}
