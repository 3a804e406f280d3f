package metronome.core.code;

/**
 * A logarithmic code of T + 1 levels: a spike at step k of a window stands for {@code exp(-(T-k)/L)}, so that a stronger
 * stimulus spikes later (Zhang et al., AAAI 2019, "Reverse Coding").
 *
 * @param timeConstant L, the membrane time constant in steps, in (0, 1000]
 * @param steps T, the last step of a window, in [1, 1000]
 * @param rounding how a value between two levels is rounded
 * @param zeros what becomes of exact zeros
 */
public record TemporalCode(double timeConstant, int steps, Rounding rounding, ZeroPolicy zeros) {
    /** The code of the networks that ship. */
    public static final TemporalCode DEFAULT = new TemporalCode(3, 12, Rounding.HALF_STEP, ZeroPolicy.SILENT);
    /** The step of a neuron that does not fire in its window. */
    public static final int SILENT = -1;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if one is left
     */
    public TemporalCode {
        if (!(timeConstant > 0 && timeConstant <= 1000)) {
            throw new IllegalArgumentException("time constant L must be in (0, 1000]: " + timeConstant);
        }
        if (steps < 1 || steps > 1000) {
            throw new IllegalArgumentException("steps T must be in [1, 1000]: " + steps);
        }
    }

    /** {@return lambda, the factor by which a potential decays in one step} */
    public double leak() {
        return Math.exp(-1 / timeConstant);
    }

    /** {@return a_min, the smallest value that a spike can stand for} */
    public double smallest() {
        return decode(0);
    }

    /** {@return R - theta, the distance of the ticks' fixed point from the threshold, in units of the layer's scale} */
    public double margin() {
        return switch (rounding) {
            case HALF_STEP -> Math.exp((0.5 - steps) / timeConstant);
            case CEIL -> smallest();
        };
    }

    /**
     * {@return the value of a spike at that step; 0 for {@link #SILENT}}
     *
     * @param step in [0, T], or {@link #SILENT}
     */
    public double decode(int step) {
        return step == SILENT ? 0 : Math.exp((step - steps) / timeConstant);
    }

    /**
     * {@return the step at which an input of that value spikes}
     *
     * @param value in [0, 1]
     */
    public int encode(double value) {
        if (value <= 0 && zeros == ZeroPolicy.SILENT) {
            return SILENT;
        }
        return clip(Math.round(steps + timeConstant * Math.log(Math.max(value, smallest()))));
    }

    /**
     * {@return the step at which a neuron fires whose weighted input is z}, the closed form
     * {@code clip(ceil(L ln(z / (R - theta))), 0, T)}
     *
     * @param z weighted input and bias
     */
    public int firingStep(double z) {
        if (z <= 0) {
            return zeros == ZeroPolicy.SILENT ? SILENT : 0;
        }
        return clip((long) Math.ceil(timeConstant * Math.log(z / margin())));
    }

    /**
     * {@return f_q(z), the staircase activation that firing induces}
     *
     * @param z weighted input and bias
     */
    public double activation(double z) {
        return decode(firingStep(z));
    }

    private int clip(long step) {
        return Math.clamp(step, 0, steps);
    }
}
