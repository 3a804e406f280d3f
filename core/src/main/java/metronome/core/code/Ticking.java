package metronome.core.code;

/**
 * The ticking drive of a layer's output window in units of the layer's scale.
 *
 * @param variant when the ticks come
 * @param threshold theta, finite and not negative
 */
public record Ticking(TickVariant variant, double threshold) {
    /** Variant C with a threshold of 1. */
    public static final Ticking DEFAULT = new Ticking(TickVariant.C, 1);

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the threshold is negative or not finite
     */
    public Ticking {
        if (!(threshold >= 0 && threshold < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("threshold must be finite and not negative: " + threshold);
        }
    }

    /**
     * {@return R, the potential to which the ticks drive a neuron without input}
     *
     * @param code the layer's code
     */
    public double fixedPoint(TemporalCode code) {
        return threshold + code.margin();
    }

    /**
     * {@return w, the weight of a tick after the first}
     *
     * @param code the layer's code
     */
    public double tick(TemporalCode code) {
        return fixedPoint(code) * (1 - code.leak());
    }

    /**
     * {@return the weight of the tick at step 0}
     *
     * @param code the layer's code
     */
    public double firstTick(TemporalCode code) {
        return switch (variant) {
            case A -> tick(code);
            case B -> 0;
            case C -> fixedPoint(code);
        };
    }

    /**
     * {@return R', by which a variant shifts the weighted input; conversion takes it off the bias so that every variant
     * induces the same staircase}
     *
     * @param code the layer's code
     */
    public double offset(TemporalCode code) {
        return fixedPoint(code) - firstTick(code);
    }
}
