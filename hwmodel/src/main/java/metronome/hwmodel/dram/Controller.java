package metronome.hwmodel.dram;

import metronome.isa.target.Target;
import metronome.isa.target.TargetField;

/**
 * What an architect chooses about the memory controller.
 *
 * @param channels independent channels, at least 1
 * @param queue requests that wait in each channel, at least 1
 * @param overtakes how many younger requests may move their data before an older one of their channel does; 0 for
 *     first come, first served (rule DRAM-7)
 * @param pages what becomes of a row for which no request waits
 * @param order which part of an address picks what
 */
public record Controller(int channels, int queue, int overtakes, PagePolicy pages, AddressOrder order) {
    /** The scheduler that lets nobody overtake, in a target file. */
    public static final String FCFS = "fcfs";
    /** The scheduler that takes what is ready first, in a target file. */
    public static final String FR_FCFS = "fr-fcfs";

    /** Checks the values. */
    public Controller {
        if (channels < 1 || queue < 1 || overtakes < 0) {
            throw new IllegalArgumentException("channels and queue must be at least 1, overtakes at least 0: " + channels
                    + ", " + queue + ", " + overtakes);
        }
    }

    /**
     * {@return the controller of a chip}
     *
     * @param target has it in its fields {@code dram.*}
     */
    public static Controller of(Target target) {
        boolean overtaking = target.choice(TargetField.DRAM_SCHEDULER).equals(FR_FCFS);
        return new Controller(target.count(TargetField.DRAM_CHANNELS), target.count(TargetField.DRAM_QUEUE),
                overtaking ? target.count(TargetField.DRAM_OVERTAKES) : 0,
                PagePolicy.of(target.choice(TargetField.DRAM_PAGES)),
                AddressOrder.of(target.choice(TargetField.DRAM_MAPPING)));
    }
}
