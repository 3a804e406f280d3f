package metronome.core.spiking;

/**
 * How the neurons of a plain layer behave: LIF neurons that compare at every step, as rate-coded and first-spike-coded
 * networks have them. Each mode is a field; there are no defaults.
 *
 * @param current what a spike does to the neurons that it reaches
 * @param leakOrder whether and when a potential leaks: {@code V <- (V * leak + 2^15) >> 16}
 * @param leak lambda in unsigned Q0.16, in [0, 65535]; not used without leak, which is lambda = 1 exactly
 * @param threshold in units of the potential
 * @param strict whether a neuron fires above the threshold only, else also at it
 * @param reset what a neuron does when it fires
 * @param resetTo the potential after {@link Reset#VALUE}
 * @param once whether a neuron that has fired never fires again
 * @param comparison when potentials are compared with the threshold
 * @param delay steps from the one in which a neuron fires to that of its spike, in [0, 1000]; spikes behind the last step
 *     are lost
 * @param announces whether a neuron says at the end of a step that it begins to be driven, and that it ceases to be: by events of other
 *     {@link EventKind kinds}, which go the way of its spike. It is driven while the slope, or without held current the potential, is above 0,
 *     unless it has fired and fires once
 * @param waits whether the layer reads events of all kinds: an announcement lowers the potentials that its neuron's spike would reach by the
 *     magnitude of the weight, a withdrawal raises them by it, so that a neuron waits for those that are driven: a threshold that is raised
 *     meanwhile. The first spike, not the first event, begins the bias
 */
public record PlainNeuron(Current current, LeakOrder leakOrder, int leak, int threshold, boolean strict, Reset reset, int resetTo,
        boolean once, Comparison comparison, int delay, boolean announces, boolean waits) {
    /** What a spike, and a bias, does. */
    public enum Current {
        /** The weight of a spike is added to the potential once, the bias at each step. */
        PULSE,
        /**
         * Both are added to the slope, the weight of a spike when it comes, the bias at the first step at which the layer has a
         * spike; the slope is added to the potential at the end of each step, before the leak and the comparison. It does not leak.
         */
        HELD
    }

    /** Whether and when potentials leak in a step. */
    public enum LeakOrder {
        /** Never. */
        NONE,
        /** At the beginning of each step but step 0, before its spikes are added. */
        BEFORE,
        /** In each step after its spikes were added: before the comparison at the end of the step, if there is one. */
        AFTER
    }

    /** What happens to the potential of a neuron that fires. */
    public enum Reset {
        /** The threshold is subtracted (soft). */
        SUBTRACT,
        /** It becomes a value (hard). */
        VALUE
    }

    /** When potentials are compared. */
    public enum Comparison {
        /** All neurons, once at the end of each step. */
        EACH_STEP,
        /** The neurons that a spike reaches, as soon as it was added; a neuron may so fire several times in a step. */
        EACH_EVENT
    }

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if one is left, neurons that compare at each event are to hold currents or to announce themselves, or
     *     neurons without held currents to wait
     */
    public PlainNeuron {
        if (leak < 0 || leak > 65535 || delay < 0 || delay > 1000) {
            throw new IllegalArgumentException("leak must be in [0, 65535] and delay in [0, 1000]: " + leak + ", " + delay);
        }
        if (current == Current.HELD && comparison == Comparison.EACH_EVENT) {
            throw new IllegalArgumentException("neurons that compare at each event have no held current, whose slope is added at the end of a step");
        }
        if (announces && comparison == Comparison.EACH_EVENT || waits && current != Current.HELD) {
            throw new IllegalArgumentException("neurons that announce themselves must compare at each step, and those that wait must hold their currents");
        }
    }

    /** Whether a neuron of that potential fires. */
    boolean fires(int potential) {
        return strict ? potential > threshold : potential >= threshold;
    }

    /** The potential of a neuron that has fired. */
    int afterFiring(int potential, SaturatingSum sum) {
        return reset == Reset.SUBTRACT ? sum.of(potential, -(long) threshold) : resetTo;
    }
}
