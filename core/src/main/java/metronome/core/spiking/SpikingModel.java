package metronome.core.spiking;

import metronome.core.code.TemporalCode;
import metronome.core.network.Shape;

/** A functional model of a spiking network. Implementations are immutable; any number of threads may run one. */
public sealed interface SpikingModel permits StaircaseModel, SpikingSimulator, FixedSimulator {
    /** {@return the code of its spikes} */
    TemporalCode code();

    /** {@return the shape of its input} */
    Shape input();

    /**
     * {@return what the network does for one image}
     *
     * @param spikes the step of each input in channel-major order, in [0, T] or {@link TemporalCode#SILENT}
     * @throws IllegalArgumentException if there are too few or too many, or one is out of range
     */
    FiringRecord run(int[] spikes);

    /**
     * {@return the input spikes that stand for an image}
     *
     * @param image values in [0, 1] in channel-major order; what is outside is clipped
     * @throws IllegalArgumentException if there are too few or too many values
     */
    default int[] encode(float[] image) {
        requireLength(image.length);
        int[] spikes = new int[image.length];
        for (int i = 0; i < spikes.length; i++) {
            spikes[i] = code().encode(image[i]);
        }
        return spikes;
    }

    /**
     * {@return what the network does for one image}
     *
     * @param image values in [0, 1] in channel-major order
     */
    default FiringRecord run(float[] image) {
        return run(encode(image));
    }

    /**
     * Checks input spikes.
     *
     * @param spikes their steps
     * @throws IllegalArgumentException if there are too few or too many, or one is out of range
     */
    default void requireSpikes(int[] spikes) {
        requireLength(spikes.length);
        int low = code().zeros() == metronome.core.code.ZeroPolicy.SILENT ? TemporalCode.SILENT : 0;
        for (int i = 0; i < spikes.length; i++) {
            if (spikes[i] < low || spikes[i] > code().steps()) {
                throw new IllegalArgumentException("input spike " + i + ": step must be in [" + low + ", "
                        + code().steps() + "]: " + spikes[i]);
            }
        }
    }

    private void requireLength(int length) {
        if (length != input().size()) {
            throw new IllegalArgumentException("input must have " + input().size() + " values: " + length);
        }
    }
}
