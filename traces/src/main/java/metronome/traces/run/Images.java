package metronome.traces.run;

import java.nio.file.Path;
import java.util.Optional;
import metronome.core.data.DataSets;
import metronome.core.data.Dataset;
import metronome.core.data.Samples;
import metronome.core.data.StrokeDigits;
import metronome.core.io.DataException;
import metronome.core.tensor.Tensor;

/** Images as the studies need them. */
public final class Images {
    /** How many training images calibrate the baseline's activations. */
    public static final int CALIBRATION = 256;

    private static final float WHITE = 255;

    private Images() {
    }

    /**
     * {@return a data set; of the generated one, only as many images as are needed, which are the first of all}
     *
     * @param name one of {@link DataSets#NAMES}
     * @param directory where the user says that the files are
     * @param seed of the generated set
     * @param test how many test images are needed
     * @throws DataException if the set cannot be read or has fewer test images
     */
    public static Dataset load(String name, Optional<Path> directory, long seed, int test) {
        return load(name, directory, seed, CALIBRATION, test);
    }

    /**
     * {@return a data set with all test images that there are; of the generated one, with as many training images as asked
     * for}
     *
     * @param name one of {@link DataSets#NAMES}
     * @param directory where the user says that the files are
     * @param seed of the generated set
     * @param training how many training images are generated
     * @throws DataException if the set cannot be read
     */
    public static Dataset whole(String name, Optional<Path> directory, long seed, int training) {
        return load(name, directory, seed, training, name.equals("digits") ? DataSets.DIGITS_TEST : 0);
    }

    /**
     * {@return a data set of which only the test images matter; of the generated one, at most as many as asked for}
     *
     * @param name one of {@link DataSets#NAMES}
     * @param directory where the user says that the files are
     * @param seed of the generated set
     * @param training how many training images are generated
     * @param most how many test images are generated
     * @throws DataException if the set cannot be read
     */
    public static Dataset forEvaluation(String name, Optional<Path> directory, long seed, int training, int most) {
        return load(name, directory, seed, training, name.equals("digits") ? most : 0);
    }

    private static Dataset load(String name, Optional<Path> directory, long seed, int training, int test) {
        Dataset dataset = name.equals("digits") ? StrokeDigits.dataset(seed, training, test)
                : DataSets.load(name, directory);
        if (dataset.test().count() < test) {
            throw new DataException("data set \"" + name + "\" has " + dataset.test().count()
                    + " test images, fewer than the " + test + " asked for");
        }
        return dataset;
    }

    /**
     * {@return one image, values in [0, 1]}
     *
     * @param samples of which it is one
     * @param index from 0
     */
    public static float[] image(Samples samples, int index) {
        byte[] bytes = samples.image(index);
        float[] image = new float[bytes.length];
        for (int i = 0; i < image.length; i++) {
            image[i] = (bytes[i] & 0xff) / WHITE;
        }
        return image;
    }
}
