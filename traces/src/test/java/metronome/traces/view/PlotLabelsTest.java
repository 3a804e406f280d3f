package metronome.traces.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import metronome.traces.view.PlotLabels.Anchor;
import metronome.traces.view.PlotLabels.Place;
import org.junit.jupiter.api.Test;

/** Can the names of a plot be read, as wide as it may be? */
class PlotLabelsTest {
    private static final int HEIGHT = 300;
    private static final Place RIGHT = new Place(Anchor.START, 8, 4);
    private static final Place LEFT = new Place(Anchor.END, -8, 4);
    private static final Place ABOVE = new Place(Anchor.MIDDLE, 0, -9);
    private static final List<Place> PLACES = List.of(RIGHT, LEFT, ABOVE, new Place(Anchor.MIDDLE, 0, 17), new Place(Anchor.START, 8, -8),
            new Place(Anchor.END, -8, -8), new Place(Anchor.MIDDLE, 0, 31), new Place(Anchor.MIDDLE, 0, -23), new Place(Anchor.MIDDLE, 0, 45));

    /** A name of six pixels a character on a plot of some width. */
    private record Name(String text, double x, double y, Place place) {
        private double left(int width) {
            double size = 6.0 * text.length();
            return x * width + place.dx() - switch (place.anchor()) {
                case START -> 0;
                case MIDDLE -> size / 2;
                case END -> size;
            };
        }

        private boolean covers(double fromX, double toX, double fromY, double toY, int width) {
            return left(width) < toX && fromX < left(width) + 6.0 * text.length() && y + place.dy() - 9 < toY && fromY < y + place.dy() + 2;
        }
    }

    @Test
    void namesCoverNothing() {
        for (long seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            PlotLabels labels = new PlotLabels(HEIGHT);
            List<double[]> points = random.doubles(4).mapToObj(x -> new double[] {x, 30 + random.nextDouble() * (HEIGHT - 60)}).toList();
            points.forEach(point -> labels.point(point[0], point[1], 5));
            List<Name> names = new ArrayList<>();
            for (double[] point : points) {
                String text = "conv".substring(random.nextInt(4));
                names.add(new Name(text, point[0], point[1], labels.place(text, point[0], point[1], PLACES).orElseThrow()));
            }
            for (int width = 330; width <= 1160; width += 83) {
                nothingIsCovered(names, points, width, "seed " + seed + ", width " + width);
            }
        }
    }

    private static void nothingIsCovered(List<Name> names, List<double[]> points, int width, String where) {
        for (Name name : names) {
            assertTrue(name.left(width) >= 0 && name.left(width) + 6.0 * name.text().length() <= width, where);
            points.forEach(point -> assertFalse(name.covers(point[0] * width - 5, point[0] * width + 5, point[1] - 5, point[1] + 5, width), where));
            names.stream().filter(other -> other != name).forEach(other -> assertFalse(name.covers(other.left(width), other.left(width)
                    + 6.0 * other.text().length(), other.y() + other.place().dy() - 9, other.y() + other.place().dy() + 2, width), where));
        }
    }

    /** At 330 pixels the second name ends before the first begins, at 1160 it would stand on it. */
    @Test
    void namesOfPointsThatPartStayApart() {
        PlotLabels labels = new PlotLabels(HEIGHT);
        assertEquals(Optional.of(RIGHT), labels.place("conv", 0.5, 100, List.of(RIGHT)));
        assertEquals(Optional.of(ABOVE), labels.place("conv", 0.52, 100, List.of(LEFT, ABOVE)));
    }

    @Test
    void aNameLeavesLinesFree() {
        PlotLabels labels = new PlotLabels(HEIGHT);
        labels.line(0.5, 150, 1, 150);
        assertEquals(Optional.of(ABOVE), labels.place("conv", 0.6, 150, PLACES));
        labels.line(0, 300, 0.5, 0);
        assertEquals(Optional.of(LEFT), labels.place("conv", 0.24, 151, List.of(RIGHT, LEFT)));
    }

    @Test
    void aNameWithoutAPlaceIsLeftOut() {
        PlotLabels labels = new PlotLabels(HEIGHT);
        assertEquals(Optional.of(RIGHT), labels.place("conv", 0.5, 100, List.of(RIGHT, LEFT)));
        assertEquals(Optional.of(LEFT), labels.place("conv", 0.5, 100, List.of(RIGHT, LEFT)));
        assertEquals(Optional.empty(), labels.place("conv", 0.5, 100, List.of(RIGHT, LEFT)));
        assertEquals(Optional.of(ABOVE), labels.place("conv", 0.95, 200, List.of(RIGHT, ABOVE)));
        assertEquals(Optional.empty(), labels.place("conv", 0.95, 5, List.of(RIGHT, ABOVE)));
    }
}
