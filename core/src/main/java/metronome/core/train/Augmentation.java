package metronome.core.train;

import java.util.Random;
import metronome.core.network.Shape;

/** How an image is changed at random each time that it is learned from. */
public sealed interface Augmentation {
    /**
     * {@return the changed image}
     *
     * @param image unsigned bytes, channels x height x width
     * @param shape of the image
     * @param random decides
     */
    byte[] apply(byte[] image, Shape shape, Random random);

    /** Left as it is. */
    record None() implements Augmentation {
        @Override
        public byte[] apply(byte[] image, Shape shape, Random random) {
            return image;
        }
    }

    /**
     * A small affine map with bilinear interpolation; what comes from outside is 0.
     *
     * @param shift at most so many pixels in each direction
     * @param turn at most so many radians, either way
     * @param stretch extents change by at most this share, and so does the slant
     */
    record Affine(double shift, double turn, double stretch) implements Augmentation {
        @Override
        public byte[] apply(byte[] image, Shape shape, Random random) {
            double angle = turn * between(random);
            double cos = StrictMath.cos(angle);
            double sin = StrictMath.sin(angle);
            double wide = 1 + stretch * between(random);
            double high = 1 + stretch * between(random);
            double slant = stretch * between(random);
            double[] map = {wide * cos, slant - high * sin, shift * between(random), wide * sin, high * cos,
                shift * between(random)};
            return Resampling.affine(image, shape, map);
        }

        private static double between(Random random) {
            return 2 * random.nextDouble() - 1;
        }
    }

    /**
     * Mirrored left to right every other time, and shifted by whole pixels.
     *
     * @param shift at most so many pixels in each direction, not negative
     */
    record Flip(int shift) implements Augmentation {
        @Override
        public byte[] apply(byte[] image, Shape shape, Random random) {
            boolean mirrored = random.nextBoolean();
            int down = random.nextInt(2 * shift + 1) - shift;
            int right = random.nextInt(2 * shift + 1) - shift;
            return Resampling.shifted(image, shape, mirrored, down, right);
        }
    }
}
