package metronome.traces.report;

import java.util.List;

/**
 * Everything that one run found out: what {@code run --json} prints, in which each component is a key (camel case becomes
 * underscores). Figures of the machine are means over the images that it ran.
 *
 * @param format of this file, {@link #FORMAT}
 * @param dataset its name
 * @param network its name
 * @param seed of every random choice
 * @param images how many were used
 * @param accuracy shares of images classified rightly
 * @param mismatch how far models that should agree do not
 * @param operations of one image
 * @param machine the spiking program on the target
 * @param baseline the same network as a dense 8-bit DNN on the tensor core of the same target
 * @param provenance what went into the run
 */
public record RunResult(int format, String dataset, String network, long seed, Images images, Accuracy accuracy,
        Mismatch mismatch, Operations operations, Execution machine, Execution baseline, Provenance provenance) {
    /** The format's number; another number is another format. */
    public static final int FORMAT = 1;

    /** Checks the format. */
    public RunResult {
        if (format != FORMAT) {
            throw new IllegalArgumentException("format must be " + FORMAT + ": " + format);
        }
    }

    /**
     * How many test images were used.
     *
     * @param functional by the functional models
     * @param machine by the cycle-accurate engine
     */
    public record Images(int functional, int machine) {
    }

    /**
     * Shares of test images classified rightly, in [0, 1].
     *
     * @param dnn the trained network in single precision
     * @param staircase the network retrained with the staircase activation
     * @param spikingDouble the spiking network in double precision
     * @param spikingFixed the spiking network in fixed point
     * @param integerDnn the DNN in 8-bit integers, the baseline
     * @param machine the cycle-accurate engine, over its own images
     * @param spikingFixedOnMachineImages the fixed-point model over the images of the machine
     */
    public record Accuracy(double dnn, double staircase, double spikingDouble, double spikingFixed, double integerDnn,
            double machine, double spikingFixedOnMachineImages) {
    }

    /**
     * How far models that should agree do not.
     *
     * @param machineSpikes neurons whose firing step on the machine is not that of the fixed-point oracle
     * @param baselineOutputs outputs of the tensor core that are not those of the integer DNN
     * @param fixedShare share of neurons whose firing step in fixed point is not that in double precision
     * @param staircaseSteps neurons whose firing step in double precision is not that of the staircase network
     */
    public record Mismatch(long machineSpikes, long baselineOutputs, double fixedShare, long staircaseSteps) {
    }

    /**
     * Operations of one image, means over the functional images.
     *
     * @param dnnTotal of the dense DNN
     * @param dnnSparseTotal of a DNN that skips zero activations
     * @param tdsnnEventTotal of the TDSNN, leaks counted at steps with an arrival
     * @param tdsnnClockTotal of the TDSNN, leaks counted at every step
     * @param reductionEvent 1 - tdsnnEventTotal / dnnTotal
     * @param reductionClock 1 - tdsnnClockTotal / dnnTotal
     * @param reductionEventSparse 1 - tdsnnEventTotal / dnnSparseTotal
     * @param reductionClockSparse 1 - tdsnnClockTotal / dnnSparseTotal
     * @param rows by kind
     */
    public record Operations(double dnnTotal, double dnnSparseTotal, double tdsnnEventTotal, double tdsnnClockTotal,
            double reductionEvent, double reductionClock, double reductionEventSparse, double reductionClockSparse,
            List<OperationRow> rows) {
    }

    /**
     * Operations of one way to compute.
     *
     * @param name of the way
     * @param multiplications of one image
     * @param additions of one image
     * @param comparisons of one image
     * @param total their sum
     */
    public record OperationRow(String name, double multiplications, double additions, double comparisons, double total) {
    }
}
