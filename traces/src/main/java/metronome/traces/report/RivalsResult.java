package metronome.traces.report;

import java.util.List;
import metronome.core.json.JsonWriter;

/**
 * Spiking networks of several kinds and the DNN that they stand for, side by side.
 *
 * @param network that was trained
 * @param dataset of the images
 * @param images how many test images for accuracy and operations
 * @param machineImages how many test images for cycles and energy
 * @param rows one for each kind
 * @param provenance what went into it
 */
public record RivalsResult(String network, String dataset, int images, int machineImages, List<Row> rows,
        Provenance provenance) {
    /** Copies the list. */
    public RivalsResult {
        rows = List.copyOf(rows);
    }

    /**
     * One kind.
     *
     * @param name what it is
     * @param setting that was chosen on training images; empty if there is no choice
     * @param accuracy over the test images, in [0, 1]
     * @param steps of time, 0 for a DNN
     * @param spikesPerNeuron of an image, 0 for a DNN
     * @param operations of an image, neurons updated at arrivals; 0 if not counted
     * @param operationsClock of an image, neurons updated at every step; 0 if not counted
     * @param machine what an image costs; empty if the machine does not run it
     */
    public record Row(String name, String setting, double accuracy, int steps, double spikesPerNeuron, double operations,
            double operationsClock, List<Cost> machine) {
        /** Copies the list. */
        public Row {
            machine = List.copyOf(machine);
        }
    }

    /**
     * What an image costs on the machine.
     *
     * @param cycles of an image
     * @param energyPj of an image, in picojoules
     * @param energyLowPj its low bound
     * @param energyHighPj its high bound
     * @param differing spikes or outputs in which machine and oracle differ, over all images
     */
    public record Cost(double cycles, @Key("energy_pJ") double energyPj, @Key("energy_low_pJ") double energyLowPj,
            @Key("energy_high_pJ") double energyHighPj, long differing) {
    }

    /**
     * There is no date and no path in it.
     *
     * @param version of Metronome
     * @param jdk the Java runtime
     * @param command the command with every option that changes results
     * @param target the hardware's name
     * @param targetHash SHA-256 of its fields
     */
    public record Provenance(String version, String jdk, String command, String target, String targetHash) {
    }

    /** {@return the result as JSON text} */
    public String json() {
        return JsonWriter.pretty(RecordJson.write(this));
    }

    /** {@return the result as a table} */
    public String text() {
        TextTable table = new TextTable("", "setting", ">accuracy", ">steps", ">spikes/neuron", ">operations, event",
                ">operations, clock", ">cycles", ">energy");
        rows.forEach(row -> table.row(cells(row).toArray(String[]::new)));
        return title() + "\n\n" + table;
    }

    /** {@return one line} */
    String title() {
        return network + " on " + dataset + ", " + Numbers.count(images) + " test images, " + Numbers.count(machineImages)
                + " on the machine, target " + provenance.target();
    }

    /** {@return a row as text} */
    static List<String> cells(Row row) {
        return List.of(row.name(), row.setting(), Numbers.percent(row.accuracy()), count(row.steps()),
                row.spikesPerNeuron() == 0 ? "-" : Numbers.figure(row.spikesPerNeuron()), count(row.operations()),
                count(row.operationsClock()), row.machine().isEmpty() ? "-" : Numbers.count(row.machine().getFirst().cycles()),
                row.machine().isEmpty() ? "-" : Numbers.energy(row.machine().getFirst().energyPj()));
    }

    private static String count(double value) {
        return value == 0 ? "-" : Numbers.count(value);
    }
}
