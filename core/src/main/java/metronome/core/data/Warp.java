package metronome.core.data;

import java.util.Random;

/**
 * One writer's hand: an affine map (turn, slant, size, place) after an elastic one (three slow waves in each direction),
 * from the unit square of a skeleton to pixels.
 */
final class Warp {
    private static final int WAVES = 3;

    private final double[][] waves = new double[2 * WAVES][4];
    private final double[] matrix;
    private final double shiftX;
    private final double shiftY;

    Warp(Random random, int extent) {
        for (double[] wave : waves) {
            wave[0] = 0.035 * random.nextGaussian();
            wave[1] = uniform(random, -7, 7);
            wave[2] = uniform(random, -7, 7);
            wave[3] = uniform(random, 0, 2 * Math.PI);
        }
        double turn = Math.clamp(0.17 * random.nextGaussian(), -0.45, 0.45);
        double slant = Math.clamp(0.22 * random.nextGaussian() + 0.08, -0.5, 0.6);
        double height = extent * uniform(random, 0.56, 0.80);
        double width = height * uniform(random, 0.66, 1.05);
        double cos = StrictMath.cos(turn);
        double sin = StrictMath.sin(turn);
        matrix = new double[] {width * cos, -height * (sin + slant * cos), width * sin, height * (cos - slant * sin)};
        shiftX = (extent - 1) / 2.0 + Math.clamp(1.5 * random.nextGaussian(), -3.5, 3.5);
        shiftY = (extent - 1) / 2.0 + Math.clamp(1.5 * random.nextGaussian(), -3.5, 3.5);
    }

    double x(double u, double v) {
        return shiftX + matrix[0] * bentX(u, v) + matrix[1] * bentY(u, v);
    }

    double y(double u, double v) {
        return shiftY + matrix[2] * bentX(u, v) + matrix[3] * bentY(u, v);
    }

    private double bentX(double u, double v) {
        return u - 0.5 + bend(0, u, v);
    }

    private double bentY(double u, double v) {
        return v - 0.5 + bend(WAVES, u, v);
    }

    private double bend(int from, double u, double v) {
        double sum = 0;
        for (int i = from; i < from + WAVES; i++) {
            double[] wave = waves[i];
            sum += wave[0] * StrictMath.sin(wave[1] * u + wave[2] * v + wave[3]);
        }
        return sum;
    }

    static double uniform(Random random, double from, double to) {
        return from + (to - from) * random.nextDouble();
    }
}
