package metronome.core.data;

import java.util.Random;
import java.util.stream.IntStream;
import metronome.core.network.Shape;

/**
 * Digits of 28 x 28 pixels, drawn from stroke skeletons as different hands would: jittered points, an affine and an
 * elastic distortion, a pen whose width and pressure vary, grain in the ink, and specks and scratches that belong to no
 * digit. Most of the background is exactly 0.
 *
 * <p>The same seed gives the same bytes on any machine and for any number of threads: every image has a generator of its
 * own, {@link Random} is specified to the bit, and only {@link StrictMath} is used where functions are not.
 */
public final class StrokeDigits {
    /** Height and width of an image in pixels. */
    public static final int EXTENT = 28;

    private static final int CLASSES = 10;
    private static final int DABS_PER_SPAN = 9;
    private static final Shape SHAPE = new Shape(1, EXTENT, EXTENT);

    private final Random random;
    private final Pen pen = new Pen(EXTENT);
    private final Warp warp;
    private final double radius;
    private final double pressure;

    private StrokeDigits(Random random) {
        this.random = random;
        warp = new Warp(random, EXTENT);
        radius = Warp.uniform(random, 0.55, 1.5);
        pressure = Warp.uniform(random, 0.6, 1.0);
    }

    /**
     * {@return a data set named "digits" whose two parts have no image in common}
     *
     * @param seed of all randomness
     * @param training how many images to learn from
     * @param test how many images to be judged by
     */
    public static Dataset dataset(long seed, int training, int test) {
        return new Dataset("digits", CLASSES, samples(Seeds.mix(seed), training), samples(Seeds.mix(~seed), test));
    }

    /**
     * {@return images of digits, each class equally often as nearly as the count allows}
     *
     * @param seed of all randomness; more images of the same seed begin with the same images
     * @param count how many, not negative
     */
    public static Samples samples(long seed, int count) {
        byte[] images = new byte[Math.multiplyExact(count, SHAPE.size())];
        int[] labels = new int[count];
        IntStream.range(0, count).parallel().forEach(i -> {
            int label = (int) Math.floorMod(Seeds.mix(seed + i / CLASSES) + 7L * (i % CLASSES), (long) CLASSES);
            labels[i] = label;
            new StrokeDigits(Seeds.random(seed, i)).draw(label, images, i * SHAPE.size());
        });
        return new Samples(SHAPE, images, labels);
    }

    private void draw(int digit, byte[] out, int offset) {
        var ways = Skeleton.of(digit);
        for (double[] stroke : ways.get(random.nextInt(ways.size())).strokes()) {
            stroke(placed(stroke));
        }
        distract();
        pen.develop(random, 0.12, out, offset);
    }

    /** The stroke's points in pixels, as this hand puts them. */
    private double[] placed(double[] points) {
        double[] placed = new double[points.length];
        for (int i = 0; i < points.length; i += 2) {
            double u = points[i] + 0.018 * random.nextGaussian();
            double v = points[i + 1] + 0.018 * random.nextGaussian();
            placed[i] = warp.x(u, v);
            placed[i + 1] = warp.y(u, v);
        }
        return placed;
    }

    private void stroke(double[] p) {
        double wave = Warp.uniform(random, 0, 2 * Math.PI);
        double swell = Warp.uniform(random, 0, 0.3);
        int points = p.length / 2;
        for (int span = 0; span + 1 < points; span++) {
            for (int i = 0; i <= DABS_PER_SPAN; i++) {
                double t = (double) i / DABS_PER_SPAN;
                double press = 1 - swell * (1 + StrictMath.sin(wave + 1.5 * (span + t))) / 2;
                pen.dab(curve(p, span, points, 0, t), curve(p, span, points, 1, t), radius * press,
                        pressure * (0.5 + 0.5 * press));
            }
        }
    }

    /** Catmull-Rom interpolation between points span and span + 1; the end points count twice. */
    private static double curve(double[] p, int span, int points, int axis, double t) {
        double a = p[2 * Math.max(0, span - 1) + axis];
        double b = p[2 * span + axis];
        double c = p[2 * (span + 1) + axis];
        double d = p[2 * Math.min(points - 1, span + 2) + axis];
        return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
    }

    private void distract() {
        for (int specks = random.nextInt(4); specks > 0; specks--) {
            pen.dab(place(), place(), Warp.uniform(random, 0.2, 0.9), Warp.uniform(random, 0.2, 0.9));
        }
        if (random.nextInt(3) == 0) {
            double x = place();
            double y = place();
            pen.scratch(x, y, x + 3 * random.nextGaussian(), y + 3 * random.nextGaussian(),
                    Warp.uniform(random, 0.2, 0.7), Warp.uniform(random, 0.2, 0.8));
        }
    }

    private double place() {
        return Warp.uniform(random, 0, EXTENT - 1);
    }
}
