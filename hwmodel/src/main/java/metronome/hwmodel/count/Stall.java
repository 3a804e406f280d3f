package metronome.hwmodel.count;

/** Why a unit that has an instruction makes no progress in a cycle. */
public enum Stall {
    /** A semaphore that the instruction waits for is zero. */
    SEMAPHORE("semaphore", "the instruction waits for another unit"),
    /** The queue of the unit for which the sequencer has an instruction is full. */
    QUEUE_FULL("queue_full", "the sequencer waits for room in a unit's queue"),
    /** Several potentials of a group lie in one bank. */
    POTENTIAL_BANK("potential_bank", "potentials of a group share a bank"),
    /** Several weight words of a group lie in one bank. */
    WEIGHT_BANK("weight_bank", "weight words of a group share a bank"),
    /** The port of the spike buffer serves another unit. */
    SPIKE_PORT("spike_port", "the spike buffer's port serves another unit"),
    /** The queue before the arbiter is full. */
    ARBITER("arbiter", "fired neurons wait for the arbiter"),
    /** The update pipeline runs empty before a sweep. */
    DRAIN("drain", "the update pipeline drains"),
    /** The next instruction is not in the buffer. */
    FETCH("fetch", "the sequencer waits for its next instruction to come from DRAM"),
    /** The memory controller takes no further request. */
    DRAM_QUEUE("dram_queue", "the memory controller's queue is full"),
    /** Outstanding bursts have not come back. */
    DRAM_LATENCY("dram_latency", "bursts are under way in the DRAM"),
    /** The step that is read has not been fired to its end. */
    PRODUCER("producer", "the step to be integrated is still being fired"),
    /** The mesh takes no message now, or has not brought all events. */
    MESH("mesh", "the mesh takes no message, or spikes of other cores are under way");

    private final String label;
    private final String meaning;

    Stall(String label, String meaning) {
        this.label = label;
        this.meaning = meaning;
    }

    /** {@return its name in artefacts} */
    public String label() {
        return label;
    }

    /** {@return what it means} */
    public String meaning() {
        return meaning;
    }
}
