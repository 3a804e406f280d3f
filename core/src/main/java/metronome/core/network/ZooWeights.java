package metronome.core.network;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import metronome.core.io.DataException;

/** The trained networks that ship: {@link Zoo#vgg7} for CIFAR-10, {@link Zoo#lenet} for the other data sets. */
public final class ZooWeights {
    /** Which of the two networks of a data set. */
    public enum Kind {
        /** Rectifiers, as trained first. */
        DNN,
        /** Activations folded into [0, 1] and retrained with the staircase of a temporal code. */
        STAIRCASE
    }

    /** The data sets for which networks ship. */
    public static final List<String> NAMES = List.of("digits", "mnist", "fashion-mnist", "cifar10");

    private ZooWeights() {
    }

    /**
     * {@return a trained network}
     *
     * @param dataset one of {@link #NAMES}
     * @param kind which of its two
     * @throws DataException if no such network ships
     */
    public static Network load(String dataset, Kind kind) {
        String resource = resource(dataset, kind);
        try (InputStream in = ZooWeights.class.getResourceAsStream("/metronome/core/zoo/" + resource)) {
            if (in == null) {
                throw new DataException("no weights ship for data set \"" + dataset + "\" (" + resource
                        + "): name networks trained for it, with --weights or --network");
            }
            return NetworkFile.parse(in.readAllBytes(), resource);
        } catch (IOException e) {
            throw new DataException(resource + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * {@return the name of the file that ships}
     *
     * @param dataset name of the data set
     * @param kind which of its two
     */
    public static String resource(String dataset, Kind kind) {
        return dataset + "-" + kind.name().toLowerCase(java.util.Locale.ROOT) + ".safetensors";
    }
}
