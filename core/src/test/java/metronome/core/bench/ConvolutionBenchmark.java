package metronome.core.bench;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import metronome.core.tensor.ConvolutionKernel;
import metronome.core.tensor.Kernels;
import metronome.core.tensor.Sliding;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The convolutions of the shipped network as training does them, 32 samples at a time on every core at once. The counter
 * "macs" is multiply-accumulates per microsecond, of all threads together; divide it by the score of
 * {@link PeakBenchmark}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
@Threads(Threads.MAX)
public class ConvolutionBenchmark {
    /** Which convolution of {@code Zoo.lenet()}. */
    @Param({"conv1", "conv2"})
    private String layer;

    private Sliding sliding;
    private ConvolutionKernel kernel;
    private float[] weights;
    private float[] bias;
    private float[] input;
    private float[] output;
    private float[] inputGradient;
    private float[] weightGradient;

    /** Multiply-accumulates done. */
    @AuxCounters
    @State(Scope.Thread)
    public static class Work {
        /** Counted by each call. */
        public long macs;
    }

    /** Fills the arrays and checks the forward pass against the scalar kernel. */
    @Setup(Level.Trial)
    public void prepare() {
        sliding = layer.equals("conv1") ? new Sliding(1, 28, 28, 16, 5, 5, 1, 0) : new Sliding(16, 12, 12, 32, 5, 5, 1, 0);
        kernel = Kernels.vector().convolution(sliding);
        weights = random(1, sliding.outputs() * sliding.taps());
        weightGradient = new float[weights.length];
        bias = random(2, sliding.outputs());
        input = random(3, sliding.inputSize() * Kernels.LANES);
        inputGradient = new float[input.length];
        output = new float[sliding.outputSize() * Kernels.LANES];
        float[] expected = new float[output.length];
        Kernels.scalar().convolution(sliding).forward(weights, bias, input, expected);
        kernel.forward(weights, bias, input, output);
        if (!java.util.Arrays.equals(expected, output)) {
            throw new IllegalStateException("vector and scalar convolutions differ");
        }
    }

    private static float[] random(long seed, int size) {
        Random random = new Random(seed);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private void count(Work work) {
        work.macs += (long) sliding.outputSize() * sliding.taps() * Kernels.LANES;
    }

    /**
     * {@return the outputs}
     *
     * @param work counts
     */
    @Benchmark
    public float[] forward(Work work) {
        kernel.forward(weights, bias, input, output);
        count(work);
        return output;
    }

    /**
     * {@return the gradient of the inputs}
     *
     * @param work counts
     */
    @Benchmark
    public float[] backwardInput(Work work) {
        kernel.backwardInput(weights, output, inputGradient);
        count(work);
        return inputGradient;
    }

    /**
     * {@return the gradient of the weights}
     *
     * @param work counts
     */
    @Benchmark
    public float[] backwardWeights(Work work) {
        kernel.backwardWeights(input, output, weightGradient, bias);
        count(work);
        return weightGradient;
    }
}
