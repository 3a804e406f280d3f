package metronome.core.spiking;

/**
 * What one image made a spiking network do.
 *
 * @param steps of each layer: the firing step of each neuron within its output window, in [0, T] or
 *     {@link metronome.core.code.TemporalCode#SILENT}; empty for a last layer that is read out by potential
 * @param potentials of the last layer at the end of its integration window, bias included; of a fixed-point model whole
 *     numbers in its units
 * @param winner the class: index of an output neuron
 * @param saturations additions that left the range of a potential; 0 in double precision
 */
public record FiringRecord(int[][] steps, double[] potentials, int winner, long saturations) {
    static FiringRecord of(int[][] steps, double[] potentials, Readout readout, long saturations) {
        int winner = switch (readout) {
            case POTENTIAL -> lowest(potentials);
            case LAST_SPIKE -> latest(steps[steps.length - 1]);
        };
        return new FiringRecord(steps, potentials, winner, saturations);
    }

    private static int lowest(double[] potentials) {
        int winner = 0;
        for (int i = 1; i < potentials.length; i++) {
            winner = potentials[i] < potentials[winner] ? i : winner;
        }
        return winner;
    }

    private static int latest(int[] steps) {
        int winner = 0;
        for (int i = 1; i < steps.length; i++) {
            winner = steps[i] > steps[winner] ? i : winner;
        }
        return winner;
    }
}
