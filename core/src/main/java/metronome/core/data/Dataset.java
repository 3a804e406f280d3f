package metronome.core.data;

import metronome.core.network.Shape;

/**
 * A classification task: images to learn from, where there are any, and images to be judged by.
 *
 * @param name as the user says it
 * @param classes how many there are; labels lie in [0, classes)
 * @param training images to learn from; none if the task is only for evaluation
 * @param test images never learned from
 */
public record Dataset(String name, int classes, Samples training, Samples test) {
    /**
     * Checks that both parts are of one shape.
     *
     * @throws IllegalArgumentException if they are not
     */
    public Dataset {
        if (!training.shape().equals(test.shape())) {
            throw new IllegalArgumentException(
                    "training images of " + training.shape() + " and test images of " + test.shape());
        }
    }

    /**
     * {@return a task without images to learn from}
     *
     * @param name as the user says it
     * @param classes how many there are
     * @param test images to be judged by
     */
    public static Dataset forEvaluation(String name, int classes, Samples test) {
        return new Dataset(name, classes, test.range(0, 0), test);
    }

    /** {@return the shape of one image} */
    public Shape shape() {
        return test.shape();
    }
}
