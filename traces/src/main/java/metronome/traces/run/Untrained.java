package metronome.traces.run;

import java.util.Locale;
import metronome.core.code.TemporalCode;
import metronome.core.network.Folding;
import metronome.core.network.Zoo;
import metronome.core.spiking.SyntheticNetwork;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;

/**
 * An architecture of the zoo with random weights, in the default temporal code and the potentials of a target, and random
 * images for it.
 *
 * @param made the network
 * @param settings by which it was made
 */
public record Untrained(SyntheticNetwork made, SyntheticNetwork.Settings settings) {
    /**
     * {@return such a network}
     *
     * @param name one of {@link Zoo#NAMES}
     * @param target gives the width of potentials
     * @param seed of weights and images
     * @param silent share of neurons that are silent, in [0, 1)
     */
    public static Untrained of(String name, Target target, long seed, double silent) {
        return of(name, TemporalCode.DEFAULT, target.count(TargetField.POTENTIAL_BITS), seed, silent);
    }

    /**
     * {@return such a network for any code}
     *
     * @param name one of {@link Zoo#NAMES}
     * @param code of every layer
     * @param potentialBits in [16, 32]
     * @param seed of weights and images
     * @param silent share of neurons that are silent, in [0, 1)
     */
    public static Untrained of(String name, TemporalCode code, int potentialBits, long seed, double silent) {
        SyntheticNetwork.Settings settings = new SyntheticNetwork.Settings(seed, code, silent, potentialBits);
        return new Untrained(SyntheticNetwork.of(Folding.of(Zoo.of(name)), settings), settings);
    }

    /**
     * {@return firing steps of an image's pixels; of the first, those by which the network was calibrated}
     *
     * @param index from 0
     */
    public int[] image(int index) {
        return SyntheticNetwork.image(made.network().input(), settings, settings.seed() + 1 + index);
    }

    /** {@return what a user must know of it, in a sentence} */
    public String remark() {
        long neurons = made.shares().stream().mapToLong(SyntheticNetwork.Share::neurons).sum();
        long silent = made.shares().stream().mapToLong(SyntheticNetwork.Share::silent).sum();
        return String.format(Locale.ROOT, "%s: random weights (seed %d), which classify nothing; of its pixels and neurons "
                + "%.1f %% are silent on the first image", made.network().name(), settings.seed(),
                100.0 * silent / neurons);
    }
}
