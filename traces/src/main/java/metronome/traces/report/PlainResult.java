package metronome.traces.report;

import java.util.List;
import metronome.core.json.JsonWriter;

/**
 * What running a plain network on an input found out.
 *
 * @param network its name
 * @param input where its input came from
 * @param target the hardware's name
 * @param targetHash SHA-256 of its fields
 * @param programHash SHA-256 of the program
 * @param steps T: it ran through the steps 0 to T
 * @param spikes by layer, the input first
 * @param mismatches spikes that only one of machine and oracle has
 * @param saturations additions that left the range of a potential in the oracle; if there are any, the order of the events
 *     matters, so that the machine may differ
 * @param machine what the run costs
 */
public record PlainResult(String network, String input, String target, String targetHash, String programHash, int steps,
        List<Layer> spikes, long mismatches, long saturations, Execution machine) {
    /** Copies the list. */
    public PlainResult {
        spikes = List.copyOf(spikes);
    }

    /**
     * The spikes of a layer.
     *
     * @param name of the layer
     * @param neurons how many it has; those that announce themselves count three times
     * @param spikes how many there were, announcements and withdrawals included
     */
    public record Layer(String name, int neurons, long spikes) {
    }

    /** {@return the result as JSON text} */
    public String json() {
        return JsonWriter.pretty(RecordJson.write(this));
    }

    /** {@return the result as tables} */
    public String text() {
        TextTable table = new TextTable("layer", ">neurons", ">spikes", ">of neurons a step");
        for (Layer layer : spikes) {
            table.row(layer.name(), Numbers.count(layer.neurons()), Numbers.count(layer.spikes()),
                    Numbers.percent((double) layer.spikes() / layer.neurons() / (steps + 1)));
        }
        return network + " on " + input + ", target " + target + ", steps 0 to " + steps + "; " + Numbers.count(mismatches)
                + " differences from the oracle" + (saturations == 0 ? "" : ", in which " + Numbers.count(saturations)
                + " additions saturate") + "\n\nSpikes\n" + table + TextReport.of(machine);
    }
}
