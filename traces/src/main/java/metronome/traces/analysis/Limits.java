package metronome.traces.analysis;

import metronome.hwmodel.dram.DramDevice;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import metronome.isa.target.TargetRules;

/**
 * What a target can do at most.
 *
 * @param clockMHz of everything on the chip
 * @param cores how many
 * @param additions synaptic additions a cycle: one of each lane of the LIF arrays whose bank has a port for it
 * @param macs multiply-accumulates a cycle: one of each cell of the tensor cores
 * @param channels of the DRAM
 * @param banks of a channel
 * @param burstBytes that a burst moves
 * @param bandwidthGBs of all channels if their buses never rested, in bytes a nanosecond
 */
public record Limits(double clockMHz, int cores, double additions, double macs, int channels, int banks, int burstBytes,
        double bandwidthGBs) {
    /**
     * {@return the limits}
     *
     * @param target of which
     */
    public static Limits of(Target target) {
        int cores = TargetRules.cores(target);
        DramDevice device = DramDevice.preset(target.choice(TargetField.DRAM_KIND));
        int channels = target.count(TargetField.DRAM_CHANNELS);
        return new Limits(target.number(TargetField.CLOCK), cores,
                (double) cores * potentials(target) / target.count(TargetField.UPDATE_CYCLES),
                (double) cores * target.count(TargetField.TENSOR_ROWS) * target.count(TargetField.TENSOR_COLUMNS), channels,
                device.banks(), device.burstBytes(), channels * device.peakGBs());
    }

    /** Of lanes and ports of banks those of which there are fewer. */
    private static int potentials(Target target) {
        return Math.min(target.count(TargetField.LANES),
                target.count(TargetField.BANKS) * target.count(TargetField.POTENTIAL_PORTS));
    }

    /**
     * {@return how long cycles take, in microseconds}
     *
     * @param cycles how many
     */
    public double microseconds(double cycles) {
        return cycles / clockMHz;
    }
}
