package metronome.traces.report;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import metronome.core.json.JsonWriter;

/**
 * What spikes recorded elsewhere cost on a target, layer by layer, each layer by itself.
 *
 * @param workload its name
 * @param target the hardware's name
 * @param targetHash SHA-256 of its fields
 * @param leak whether and when potentials leak
 * @param cycles of all layers that fit
 * @param latencyUs the same in microseconds
 * @param energyPj of all layers that fit
 * @param energyLowPj its low bound
 * @param energyHighPj its high bound
 * @param missing how many layers do not fit
 * @param layers in order
 */
public record WorkloadResult(String workload, String target, String targetHash, String leak, double cycles,
        @Key("latency_us") double latencyUs, @Key("energy_pJ") double energyPj, @Key("energy_low_pJ") double energyLowPj,
        @Key("energy_high_pJ") double energyHighPj, int missing, List<Layer> layers) {
    /**
     * One layer. What is not known, because it does not fit, is 0 or empty.
     *
     * @param name of the layer
     * @param input shape of what reaches it
     * @param output shape of its neurons
     * @param steps how many it runs through
     * @param inputSpikes how many reach it
     * @param inputDensity which share of the inputs spikes at a step, in [0, 1]
     * @param outputSpikes how many it is made to fire
     * @param outputKnown {@code exact}, {@code fewest} or {@code unknown}: what those are
     * @param updates synaptic additions
     * @param cycles from the first fetch to the end of the last instruction
     * @param latencyUs the same in microseconds
     * @param energyPj dynamic and static, chip and DRAM
     * @param energyLowPj its low bound
     * @param energyHighPj its high bound
     * @param stalls cycles by cause, summed over the units
     * @param reason why it does not fit; empty if it does
     */
    public record Layer(String name, String input, String output, int steps, long inputSpikes, double inputDensity, long outputSpikes,
            String outputKnown, long updates, double cycles, @Key("latency_us") double latencyUs, @Key("energy_pJ") double energyPj,
            @Key("energy_low_pJ") double energyLowPj, @Key("energy_high_pJ") double energyHighPj, Map<String, Double> stalls,
            String reason) {
    }

    /** Copies the list. */
    public WorkloadResult {
        layers = List.copyOf(layers);
    }

    /** {@return the result as JSON text} */
    public String json() {
        return JsonWriter.pretty(RecordJson.write(this));
    }

    /** {@return the result as tables} */
    public String text() {
        TextTable table = new TextTable("layer", "input", "output", ">steps", ">spikes in", ">density", ">spikes out", "which are",
                ">additions", ">cycles", ">us", ">energy");
        layers.forEach(l -> table.row(l.name(), l.input(), l.output(), Numbers.count(l.steps()), Numbers.count(l.inputSpikes()),
                Numbers.percent(l.inputDensity()), Numbers.count(l.outputSpikes()), l.outputKnown(),
                l.reason().isEmpty() ? Numbers.count(l.updates()) : "-", l.reason().isEmpty() ? Numbers.count(l.cycles()) : "-",
                l.reason().isEmpty() ? Numbers.figure(l.latencyUs()) : "-",
                l.reason().isEmpty() ? Numbers.energy(l.energyPj()) : "-"));
        return workload + " on target " + target + ", leak " + leak + "; each layer by itself, potentials not computed\n\n" + table
                + "\n" + sum() + stallLines() + reasons();
    }

    private String sum() {
        return "all" + (missing == 0 ? "" : " but " + missing) + " layers: " + Numbers.count(cycles) + " cycles, "
                + Numbers.figure(latencyUs) + " us, " + Numbers.energy(energyPj) + " (" + Numbers.energy(energyLowPj) + " to " + Numbers.energy(energyHighPj) + ")\n";
    }

    private String stallLines() {
        Map<String, Double> stalls = new TreeMap<>();
        layers.forEach(l -> l.stalls().forEach((cause, spent) -> stalls.merge(cause, spent, Double::sum)));
        TextTable table = new TextTable("stall", ">cycles of all units");
        stalls.entrySet().stream().filter(e -> e.getValue() > 0)
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .forEach(e -> table.row(e.getKey(), Numbers.count(e.getValue())));
        return "\n" + table;
    }

    private String reasons() {
        StringBuilder text = new StringBuilder();
        layers.stream().filter(l -> !l.reason().isEmpty()).forEach(l -> text.append('\n').append(l.name()).append(" does not fit: ")
                .append(l.reason()).append('\n'));
        return text.toString();
    }
}
