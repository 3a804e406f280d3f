package metronome.hwmodel.bench;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import metronome.hwmodel.dram.Controller;
import metronome.hwmodel.dram.Dram;
import metronome.hwmodel.dram.DramDevice;
import metronome.isa.target.Target;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Host time of one burst through the controller: requested as soon as there is room, ticked each core cycle. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class DramBenchmark {
    private static final int BURSTS = 100_000;
    private static final int SPREAD = 1 << 20;

    /** Device. */
    @Param({"lpddr4-2400", "hbm2"})
    private String kind;
    /** Consecutive addresses, or random ones. */
    @Param({"stream", "random"})
    private String access;

    /**
     * {@return the last token}
     *
     * @throws IllegalStateException if a burst was lost
     */
    @Benchmark
    @OperationsPerInvocation(BURSTS)
    public long burst() {
        Dram dram = new Dram(DramDevice.preset(kind), 500, Controller.of(Target.preset()), (_, _, _) -> { });
        SplittableRandom random = new SplittableRandom(1);
        boolean stream = access.equals("stream");
        int asked = 0;
        int ended = 0;
        long last = -1;
        long next = 0;
        while (ended < BURSTS) {
            if (asked < BURSTS && dram.accepts(dram.channel(next))) {
                dram.request(next, false, 0, asked++);
                next = (long) (stream ? asked : random.nextInt(SPREAD)) * dram.burstBytes();
            }
            dram.tick(0);
            for (long token = dram.completed(); token >= 0; token = dram.completed()) {
                last = token;
                ended++;
            }
        }
        if (!dram.idle()) {
            throw new IllegalStateException("bursts left over");
        }
        return last;
    }
}
