package metronome.hwmodel.probe;

/** A kind of events that can be asked for by itself. */
public enum EventStream {
    /** Spikes of all layers, the input's too. */
    SPIKES("spikes", "neurons that fire"),
    /** Instructions on their way through sequencer and units. */
    INSTRUCTIONS("instructions", "instructions dispatched, taken by their unit, and complete"),
    /** Stalls of units by cause. */
    STALLS("stalls", "cycles in which a unit has an instruction and makes no progress, by cause"),
    /** Commands of the memory controller. */
    DRAM("dram", "commands to the DRAM"),
    /** Actions that have an energy. */
    ENERGY("energy", "actions counted in each window of cycles, by layer"),
    /** Cycles of the layers, at the end of a run. */
    LAYERS("layers", "cycles of each layer, at the end of an image");

    private final String label;
    private final String meaning;

    EventStream(String label, String meaning) {
        this.label = label;
        this.meaning = meaning;
    }

    /** {@return its name in artefacts} */
    public String label() {
        return label;
    }

    /** {@return what its events are} */
    public String meaning() {
        return meaning;
    }
}
