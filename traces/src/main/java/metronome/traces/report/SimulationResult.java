package metronome.traces.report;

import metronome.core.json.JsonWriter;

/**
 * What running a program, or replaying a record on one, found out.
 *
 * @param network its name
 * @param dataset whose test images were run
 * @param target the hardware's name
 * @param targetHash SHA-256 of its fields
 * @param programHash SHA-256 of the program
 * @param images how many
 * @param accuracy share of images classified rightly, in [0, 1]; of a replay, which computes no classes, -1
 * @param mismatches firing steps and classes, or outputs, in which machine and oracle differ; of a replay 0
 * @param machine what an image costs
 */
public record SimulationResult(String network, String dataset, String target, String targetHash, String programHash,
        int images, double accuracy, long mismatches, Execution machine) {
    /** {@return the result as JSON text} */
    public String json() {
        return JsonWriter.pretty(RecordJson.write(this));
    }

    /** {@return the result as tables} */
    public String text() {
        return network + " on " + dataset + ", target " + target + ", " + Numbers.counted(images, "image")
                + (accuracy < 0 ? ", replayed" : "; " + Numbers.percent(accuracy) + " right, "
                + Numbers.count(mismatches) + " differences from the oracle") + "\n" + TextReport.of(machine);
    }
}
