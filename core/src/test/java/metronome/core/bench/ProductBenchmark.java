package metronome.core.bench;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import metronome.core.tensor.Kernels;
import metronome.core.tensor.Product;
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
 * Products of square matrices, one on every core at once. The counter "macs" is multiply-accumulates per microsecond, of
 * all threads together; divide it by the score of {@link PeakBenchmark}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
@Threads(Threads.MAX)
public class ProductBenchmark {
    /** Rows, columns and inner extent. */
    @Param({"256", "384", "512", "768", "1024"})
    private int size;
    /** Whether A and B are stored transposed. */
    @Param({"NN", "TN", "NT"})
    private String form;

    private final Kernels kernels = Kernels.vector();
    private Product product;
    private float[] a;
    private float[] b;
    private float[] c;

    /** Multiply-accumulates done. */
    @AuxCounters
    @State(Scope.Thread)
    public static class Work {
        /** Counted by each call. */
        public long macs;
    }

    /** Fills the matrices and checks one element of the product. */
    @Setup(Level.Trial)
    public void prepare() {
        product = new Product(size, size, size, form.charAt(0) == 'T', form.charAt(1) == 'T', false);
        a = random(1);
        b = random(2);
        c = new float[size * size];
        kernels.multiply(product, a, b, c);
        double sum = 0;
        for (int k = 0; k < size; k++) {
            sum += (double) a[product.transposedA() ? k * size + 1 : size + k]
                    * b[product.transposedB() ? 2 * size + k : k * size + 2];
        }
        if (Math.abs(sum - c[size + 2]) > 1e-4 * size) {
            throw new IllegalStateException(c[size + 2] + " should be " + sum);
        }
    }

    private float[] random(long seed) {
        Random random = new Random(seed);
        float[] values = new float[size * size];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /**
     * {@return the product}
     *
     * @param work counts
     */
    @Benchmark
    public float[] multiply(Work work) {
        kernels.multiply(product, a, b, c);
        work.macs += product.operations();
        return c;
    }
}
