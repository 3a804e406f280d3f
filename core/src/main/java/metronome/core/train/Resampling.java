package metronome.core.train;

import metronome.core.network.Shape;

/** Images moved on their grid of pixels. */
final class Resampling {
    private Resampling() {
    }

    /** Pixel (x, y) from the centre comes from (m0 x + m1 y + m2, m3 x + m4 y + m5), between pixels by interpolation. */
    static byte[] affine(byte[] image, Shape shape, double[] m) {
        byte[] out = new byte[image.length];
        double midX = (shape.width() - 1) / 2.0;
        double midY = (shape.height() - 1) / 2.0;
        int i = 0;
        for (int c = 0; c < shape.channels(); c++) {
            for (int y = 0; y < shape.height(); y++) {
                for (int x = 0; x < shape.width(); x++) {
                    double fromX = m[0] * (x - midX) + m[1] * (y - midY) + m[2] + midX;
                    double fromY = m[3] * (x - midX) + m[4] * (y - midY) + m[5] + midY;
                    out[i++] = (byte) Math.round(between(image, shape, c, fromY, fromX));
                }
            }
        }
        return out;
    }

    private static double between(byte[] image, Shape shape, int c, double y, double x) {
        int row = (int) Math.floor(y);
        int column = (int) Math.floor(x);
        double down = y - row;
        double right = x - column;
        return (1 - down) * ((1 - right) * pixel(image, shape, c, row, column)
                + right * pixel(image, shape, c, row, column + 1))
                + down * ((1 - right) * pixel(image, shape, c, row + 1, column)
                + right * pixel(image, shape, c, row + 1, column + 1));
    }

    static byte[] shifted(byte[] image, Shape shape, boolean mirrored, int down, int right) {
        byte[] out = new byte[image.length];
        int i = 0;
        for (int c = 0; c < shape.channels(); c++) {
            for (int y = 0; y < shape.height(); y++) {
                for (int x = 0; x < shape.width(); x++) {
                    int from = mirrored ? shape.width() - 1 - x : x;
                    out[i++] = (byte) pixel(image, shape, c, y - down, from - right);
                }
            }
        }
        return out;
    }

    private static int pixel(byte[] image, Shape shape, int c, int y, int x) {
        boolean inside = y >= 0 && y < shape.height() && x >= 0 && x < shape.width();
        return inside ? image[(c * shape.height() + y) * shape.width() + x] & 0xff : 0;
    }
}
