package metronome.traces.report;

/**
 * What went into a run, so that somebody else can repeat it. There is no date in it: the same inputs give the same bytes.
 *
 * @param version of Metronome
 * @param jdk the Java runtime
 * @param command the command with every option that changes results
 * @param target the hardware's name
 * @param targetHash SHA-256 of its fields
 * @param weights where the weights come from
 * @param networkHash SHA-256 of the trained network
 * @param spikingHash SHA-256 of the fixed-point spiking network
 * @param programHash SHA-256 of the spiking program
 * @param baselineHash SHA-256 of the baseline's program
 * @param code the temporal code
 */
public record Provenance(String version, String jdk, String command, String target, String targetHash, String weights,
        String networkHash, String spikingHash, String programHash, String baselineHash, Code code) {
    /**
     * The temporal code and the circuits.
     *
     * @param steps T
     * @param timeConstant L, in steps
     * @param rounding between levels
     * @param zeros what becomes of exact zeros
     * @param variant when the ticking neuron drives
     * @param pool how the maximum is found
     * @param readout how the class is read
     * @param weightBits width of a weight
     * @param potentialBits width of a potential
     */
    public record Code(int steps, double timeConstant, String rounding, String zeros, String variant, String pool,
            String readout, int weightBits, int potentialBits) {
    }
}
