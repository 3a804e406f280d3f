package metronome.traces.report;

import java.util.Map;
import metronome.core.json.JsonWriter;

/**
 * How many images of a data set a network has right.
 *
 * @param network its name
 * @param dataset whose test images were shown
 * @param as dnn, staircase, spiking or fixed
 * @param images how many
 * @param classes how many there are
 * @param accuracy {@code top_1} and, where there are more than ten classes, {@code top_5}: the share of images whose class is the
 *     network's first answer, or among its first five, in [0, 1]
 * @param deviation of each accuracy: the standard deviation that so many independent images have, sqrt(a (1 - a) / images)
 * @param provenance what went into it
 */
public record EvaluationResult(String network, String dataset, String as, int images, int classes,
        Map<String, Double> accuracy, Map<String, Double> deviation, Provenance provenance) {
    /**
     * What went into an evaluation; there is no date and no path in it.
     *
     * @param version of Metronome
     * @param jdk the Java runtime
     * @param command the command with every option that changes results
     * @param networkHash SHA-256 of the network in the format of our files
     */
    public record Provenance(String version, String jdk, String command, String networkHash) {
    }

    /** {@return the result as JSON text} */
    public String json() {
        return JsonWriter.pretty(RecordJson.write(this));
    }

    /** {@return the result as lines of text} */
    public String text() {
        StringBuilder out = new StringBuilder(network + " on " + dataset + " as " + as + ", " + Numbers.counted(images, "image")
                + " of " + classes + " classes\n");
        accuracy.forEach((name, share) -> out.append(name.replace('_', '-')).append(' ').append(Numbers.percent(share))
                .append(", standard deviation ").append(Numbers.figure(100 * deviation.get(name))).append(" points\n"));
        return out.toString();
    }
}
