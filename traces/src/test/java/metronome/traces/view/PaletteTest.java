package metronome.traces.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Stall;
import metronome.traces.report.HtmlReport;
import org.junit.jupiter.api.Test;

/**
 * Can colours that stand side by side in a figure be told apart, in light and dark, by readers of normal sight and by those who lack one kind
 * of cone? Sight without it is that of Machado, Oliveira and Fernandes (2009, severity 1), distances are those of CIELAB for daylight D65,
 * in which 2 to 3 can just be seen.
 */
class PaletteTest {
    private static final double LEAST_DISTANCE = 12;
    private static final Pattern VARIABLE = Pattern.compile("--([a-z0-9]+): (#[0-9a-f]{6})");
    private static final Pattern CLASS = Pattern.compile("\\.f-([A-Za-z_]+) \\{ fill: var\\(--([a-z0-9]+)\\)");
    private static final double[][] TO_XYZ = {{.4124, .3576, .1805}, {.2126, .7152, .0722}, {.0193, .1192, .9505}};
    private static final double[] WHITE = {.95047, 1, 1.08883};

    /** What the three kinds of cones make of red, green and blue. */
    private enum Sight {
        NORMAL(new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}),
        PROTANOPIA(new double[][] {{.152286, 1.052583, -.204868}, {.114503, .786281, .099216}, {-.003882, -.048116, 1.051998}}),
        DEUTERANOPIA(new double[][] {{.367322, .860646, -.227968}, {.280085, .672501, .047413}, {-.011820, .042940, .968881}}),
        TRITANOPIA(new double[][] {{1.255528, -.076749, -.178779}, {-.078411, .930809, .147602}, {.004733, .691367, .303900}});

        private final double[][] matrix;

        Sight(double[][] matrix) {
            this.matrix = matrix;
        }
    }

    private static String styles(String resource, Class<?> place) {
        try (InputStream in = place.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** The colours by the variables that hold them, once as they are in light and once in dark. */
    private static List<Map<String, String>> schemes() {
        Map<String, String> light = new HashMap<>();
        Map<String, String> dark = new HashMap<>();
        for (String css : List.of(styles("report.css", HtmlReport.class), styles("trace.css", TracePage.class))) {
            String[] parts = css.split(Pattern.quote("@media (prefers-color-scheme: dark)"));
            assertEquals(2, parts.length);
            VARIABLE.matcher(parts[0]).results().forEach(found -> light.put(found.group(1), found.group(2)));
            VARIABLE.matcher(parts[1]).results().forEach(found -> dark.put(found.group(1), found.group(2)));
        }
        assertEquals(light.keySet(), dark.keySet());
        return List.of(light, dark);
    }

    private static String variable(String part) {
        return CLASS.matcher(styles("report.css", HtmlReport.class) + styles("trace.css", TracePage.class)).results()
                .filter(found -> found.group(1).equals(part)).map(found -> found.group(2)).findFirst()
                .orElseThrow(() -> new AssertionError("no colour for " + part));
    }

    private static List<List<String>> figures() {
        return List.of(Arrays.stream(Component.values()).map(Component::label).map(PaletteTest::variable).toList(),
                Stream.concat(Stream.of("busy", "idle"), Arrays.stream(Stall.values()).map(Stall::label)).map(PaletteTest::variable).toList(),
                IntStream.range(0, TracePage.MOST_TRACES).mapToObj(i -> variable("" + (char) ('A' + i))).toList(),
                Stream.of("multiplications", "additions", "comparisons").map(PaletteTest::variable).toList(),
                List.of("busy", "stall", "wait", "idle"), List.of("dynamic", "static"));
    }

    private static double[] times(double[][] matrix, double[] vector) {
        return Arrays.stream(matrix).mapToDouble(row -> IntStream.range(0, 3).mapToDouble(i -> row[i] * vector[i]).sum()).toArray();
    }

    private static double linear(int part) {
        double share = part / 255.0;
        return share <= .04045 ? share / 12.92 : Math.pow((share + .055) / 1.055, 2.4);
    }

    private static double[] lab(String colour, Sight sight) {
        double[] rgb = IntStream.of(1, 3, 5).mapToDouble(i -> linear(Integer.parseInt(colour.substring(i, i + 2), 16))).toArray();
        double[] seen = Arrays.stream(times(sight.matrix, rgb)).map(part -> Math.clamp(part, 0, 1)).toArray();
        double[] xyz = times(TO_XYZ, seen);
        double[] f = IntStream.range(0, 3).mapToDouble(i -> xyz[i] / WHITE[i]).map(t -> t > .008856 ? Math.cbrt(t) : 7.787 * t + 16.0 / 116).toArray();
        return new double[] {116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])};
    }

    private static double distance(String a, String b, Sight sight) {
        double[] left = lab(a, sight);
        double[] right = lab(b, sight);
        return Math.sqrt(IntStream.range(0, 3).mapToDouble(i -> (left[i] - right[i]) * (left[i] - right[i])).sum());
    }

    @Test
    void distancesAreThoseOfCielab() {
        assertEquals(100, distance("#ffffff", "#000000", Sight.NORMAL), 0.01);
        assertEquals(Math.sqrt(53.24 * 53.24 + 80.09 * 80.09 + 67.20 * 67.20), distance("#ff0000", "#000000", Sight.NORMAL), 0.1, "red is at 53.24, 80.09, 67.20");
        assertTrue(distance("#44aa99", "#8d939c", Sight.DEUTERANOPIA) < 4, "a green and a grey that red and green cones tell apart");
    }

    @Test
    void coloursOfAFigureCanBeToldApart() {
        for (Map<String, String> scheme : schemes()) {
            for (List<String> figure : figures()) {
                for (int i = 0; i < figure.size(); i++) {
                    for (int j = 0; j < i; j++) {
                        apart(figure.get(i), figure.get(j), scheme);
                    }
                }
            }
        }
    }

    private static void apart(String a, String b, Map<String, String> scheme) {
        for (Sight sight : Sight.values()) {
            double distance = distance(scheme.get(a), scheme.get(b), sight);
            assertTrue(distance >= LEAST_DISTANCE, a + " " + scheme.get(a) + " and " + b + " " + scheme.get(b) + " are " + distance
                    + " apart in " + sight);
        }
    }
}
