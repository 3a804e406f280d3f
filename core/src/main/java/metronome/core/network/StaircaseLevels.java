package metronome.core.network;

import metronome.core.code.TemporalCode;
import metronome.core.code.ZeroPolicy;
import metronome.core.tensor.Levels;

/** The staircase of a temporal code as a table that agrees with {@link TemporalCode#firingStep} for every float. */
public final class StaircaseLevels {
    private StaircaseLevels() {
    }

    /**
     * {@return thresholds and values: a float z fires at step k or later if and only if it is at or above threshold k}
     *
     * @param code gives the levels
     */
    public static Levels of(TemporalCode code) {
        float[] thresholds = new float[code.steps() + 1];
        float[] values = new float[code.steps() + 1];
        for (int k = 0; k < thresholds.length; k++) {
            thresholds[k] = k == 0 && code.zeros() == ZeroPolicy.FLOOR ? Float.NEGATIVE_INFINITY : threshold(code, k);
            values[k] = (float) code.decode(k);
        }
        return new Levels(thresholds, values);
    }

    /** The smallest float that fires at that step or later; the bits of positive floats are in their order. */
    private static float threshold(TemporalCode code, int step) {
        int below = 0;
        int above = Float.floatToIntBits(Float.MAX_VALUE);
        while (above - below > 1) {
            int middle = below + (above - below) / 2;
            if (code.firingStep(Float.intBitsToFloat(middle)) >= step) {
                above = middle;
            } else {
                below = middle;
            }
        }
        return Float.intBitsToFloat(above);
    }

    /**
     * {@return the value that each pixel stands for: p/255, or what is left of it after coding as a spike}
     *
     * @param network what reads the pixels; if it has staircases, their code is that of its input too
     */
    public static float[] pixels(Network network) {
        float[] values = new float[256];
        Input input = input(network);
        for (int p = 0; p < values.length; p++) {
            values[p] = input.applyAsFloat(p / 255f);
        }
        return values;
    }

    /** What a network reads in place of an input value. */
    @FunctionalInterface
    public interface Input {
        /**
         * {@return what is read}
         *
         * @param value in [0, 1]
         */
        float applyAsFloat(float value);
    }

    /**
     * {@return what a network reads in place of an input value}
     *
     * @param network if it has staircases, a value in [0, 1] is coded as a spike and decoded
     */
    public static Input input(Network network) {
        return network.nodes().stream().map(Node::operator).filter(Operator.Staircase.class::isInstance).findFirst()
                .map(operator -> ((Operator.Staircase) operator).code())
                .<Input>map(code -> value -> (float) code.decode(code.encode(value))).orElse(value -> value);
    }
}
