package metronome.core.data;

import java.util.Arrays;
import java.util.Random;

/** Draws dabs of ink into an image of one channel; where strokes cross, the darker ink counts. */
final class Pen {
    private final int extent;
    private final float[] ink;

    Pen(int extent) {
        this.extent = extent;
        ink = new float[extent * extent];
    }

    /** Wipes the image. */
    void clear() {
        Arrays.fill(ink, 0);
    }

    /** A round dab whose edge falls off over one pixel; x and y in pixels, pressure in [0, 1]. */
    void dab(double x, double y, double radius, double pressure) {
        int x0 = Math.max(0, (int) Math.ceil(x - radius - 1));
        int x1 = Math.min(extent - 1, (int) Math.floor(x + radius + 1));
        int y0 = Math.max(0, (int) Math.ceil(y - radius - 1));
        int y1 = Math.min(extent - 1, (int) Math.floor(y + radius + 1));
        for (int j = y0; j <= y1; j++) {
            for (int i = x0; i <= x1; i++) {
                double distance = Math.sqrt((i - x) * (i - x) + (j - y) * (j - y));
                float cover = (float) (pressure * Math.clamp(radius + 0.5 - distance, 0.0, 1.0));
                ink[j * extent + i] = Math.max(ink[j * extent + i], cover);
            }
        }
    }

    /** A straight scratch from one place to another. */
    void scratch(double x0, double y0, double x1, double y1, double radius, double pressure) {
        int dabs = 1 + (int) (3 * Math.sqrt((x1 - x0) * (x1 - x0) + (y1 - y0) * (y1 - y0)));
        for (int i = 0; i <= dabs; i++) {
            double t = (double) i / dabs;
            dab(x0 + t * (x1 - x0), y0 + t * (y1 - y0), radius, pressure);
        }
    }

    /** Bytes of the image; grain roughens the ink and leaves bare paper exactly 0. */
    void develop(Random random, double grain, byte[] out, int offset) {
        for (int i = 0; i < ink.length; i++) {
            float v = ink[i];
            if (v > 0) {
                out[offset + i] = (byte) Math.clamp(Math.round(255 * v * (1 + grain * random.nextGaussian())), 0, 255);
            }
        }
    }
}
