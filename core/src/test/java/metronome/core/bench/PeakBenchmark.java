package metronome.core.bench;

import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The machine's peak: fused multiply-adds between registers, in twelve independent chains, on every core at once. The
 * score is multiply-accumulates per microsecond, that is millions per second, of all threads together.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
@Threads(Threads.MAX)
public class PeakBenchmark {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LOOPS = 4096;
    private static final int CHAINS = 12;
    /** The number of lanes must be a constant for JMH: twelve chains of sixteen lanes. */
    private static final int OPERATIONS = LOOPS * CHAINS * 16;

    private float start = 1;
    private float factor = 0.999f;

    /** {@return the sum of all chains, so that none can be left out} */
    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    public float registers() {
        float sum = 0;
        for (int lanes = 0; lanes < 16; lanes += SPECIES.length()) {
            sum += chains();
        }
        return sum;
    }

    private float chains() {
        FloatVector f = FloatVector.broadcast(SPECIES, factor);
        FloatVector a = FloatVector.broadcast(SPECIES, start);
        FloatVector s0 = a.add(0f);
        FloatVector s1 = a.add(1f);
        FloatVector s2 = a.add(2f);
        FloatVector s3 = a.add(3f);
        FloatVector s4 = a.add(4f);
        FloatVector s5 = a.add(5f);
        FloatVector s6 = a.add(6f);
        FloatVector s7 = a.add(7f);
        FloatVector s8 = a.add(8f);
        FloatVector s9 = a.add(9f);
        FloatVector s10 = a.add(10f);
        FloatVector s11 = a.add(11f);
        for (int i = 0; i < LOOPS; i++) {
            s0 = s0.fma(f, a);
            s1 = s1.fma(f, a);
            s2 = s2.fma(f, a);
            s3 = s3.fma(f, a);
            s4 = s4.fma(f, a);
            s5 = s5.fma(f, a);
            s6 = s6.fma(f, a);
            s7 = s7.fma(f, a);
            s8 = s8.fma(f, a);
            s9 = s9.fma(f, a);
            s10 = s10.fma(f, a);
            s11 = s11.fma(f, a);
        }
        return s0.add(s1).add(s2).add(s3).add(s4).add(s5).add(s6).add(s7).add(s8).add(s9).add(s10).add(s11).reduceLanes(jdk.incubator.vector.VectorOperators.ADD);
    }
}
