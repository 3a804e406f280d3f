package metronome.hwmodel.unit;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.ShortVector;
import metronome.hwmodel.memory.EventList;
import metronome.isa.program.Event;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Synaptic events a second of the window kernel on one thread: a tile of a 3 x 3 layer of width 28 as VGG-16 has them on target
 * large, 17 steps, half of the inputs silent. One operation is the whole tile; the counter says how many events it has.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class WindowKernelBenchmark {
    private static final int WIDTH = 28;
    private static final int ROWS = 6;
    private static final int STEPS = 17;
    /** Rows of weights that are added in a go where nothing else is done. */
    private static final int STRETCH = 128;

    /** Channels of the input. */
    @Param({"64", "512"})
    private int inputs;
    /** Channels of the tile. */
    @Param({"64", "103"})
    private int channels;
    private WindowKernel.Job job;
    private long synapses;

    /** What one operation is made of. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Events {
        /** Additions of a weight to a potential. */
        public long synapticEvents;
    }

    /** Draws spikes and weights. */
    @Setup
    public void prepare() {
        SplittableRandom random = new SplittableRandom(1);
        Geometry g = new Geometry(WIDTH, WIDTH, WIDTH, WIDTH, 3, 3, 1, 1);
        Tile tile = new Tile(g, 0, 7, ROWS, 0, channels);
        List<CellEvents.Step> window = new ArrayList<>();
        boolean[] leaks = new boolean[STEPS];
        for (int s = 0; s < STEPS; s++) {
            window.add(new CellEvents.Step(s > 0, new EventList(), 0));
            leaks[s] = s > 0;
        }
        for (int neuron = 0; neuron < inputs * WIDTH * WIDTH; neuron++) {
            if (random.nextBoolean()) {
                int event = Event.of(neuron / (WIDTH * WIDTH), neuron / WIDTH % WIDTH, neuron % WIDTH);
                window.get(random.nextInt(STEPS)).events().add(event);
                tile.forEachReached(event, _ -> synapses++);
            }
        }
        window.replaceAll(step -> new CellEvents.Step(step.leaks(), step.events(), step.events().size()));
        CellEvents events = new CellEvents();
        events.sort(tile, 0, inputs, window);
        byte[] weights = new byte[inputs * 9 * channels];
        random.nextBytes(weights);
        PackedWeights packed = new PackedWeights();
        packed.plan(0, channels, inputs * 9);
        packed.copy(weights, 0, channels, 0, inputs * 9);
        job = new WindowKernel.Job(tile, events, leaks, packed, 2, 60_000, (1 << 29) - 1, new int[tile.size()],
                new int[tile.size()]);
    }

    /** {@return whether nothing saturated} */
    @Benchmark
    public boolean window(Events counter) {
        WindowKernel kernel = new WindowKernel(job);
        for (int chunk = 0; chunk < job.weights().chunks(); chunk++) {
            for (int row = 0; row < ROWS; row++) {
                kernel.row(7 + row, chunk);
            }
        }
        counter.synapticEvents += synapses;
        return kernel.valid();
    }

    /**
     * The same number of additions from the same weights, and nothing else: no events to find, no steps, no potentials. If it
     * is slower than {@link #fewWeightsOnly}, the bandwidth of weights is what limits it.
     *
     * @param counter gets the additions
     * @return a sum
     */
    @Benchmark
    public int weightsOnly(Events counter) {
        return sum(counter, Integer.MAX_VALUE);
    }

    /**
     * The same number of additions from a few weights that stay in the first-level cache: what loads and additions allow.
     *
     * @param counter gets the additions
     * @return a sum
     */
    @Benchmark
    public int fewWeightsOnly(Events counter) {
        return sum(counter, 64);
    }

    private int sum(Events counter, int most) {
        int sum = 0;
        for (int chunk = 0; chunk < job.weights().chunks(); chunk++) {
            int lanes = job.weights().lanes(chunk);
            int rows = Math.min(most, job.weights().rows());
            for (long left = synapses / channels; left > 0; left -= STRETCH) {
                int first = (int) (left * 7919 % (rows - STRETCH / 4));
                for (int lane = 0; lane < lanes; lane += 2 * WindowKernel.LANES) {
                    sum += stretch(job.weights().base(chunk) + first * lanes + lane, lanes, rows);
                }
            }
        }
        counter.synapticEvents += synapses;
        return sum;
    }

    /** Rows of every fourth input, as half of the inputs at half of the steps would have them. */
    private int stretch(int from, int lanes, int rows) {
        byte[] weights = job.weights().bytes();
        ShortVector a = ShortVector.zero(Lanes.SHORTS);
        ShortVector b = a;
        ShortVector c = a;
        ShortVector d = a;
        int last = weights.length - lanes - 2 * WindowKernel.LANES;
        for (int i = 0; i < STRETCH; i += 2) {
            int at = Math.min(last, from + (i * 5 & rows / 4 - 1) * lanes);
            int next = Math.min(last, from + (i * 5 + 5 & rows / 4 - 1) * lanes);
            a = a.add(Lanes.widened(weights, at));
            b = b.add(Lanes.widened(weights, at + WindowKernel.LANES));
            c = c.add(Lanes.widened(weights, next));
            d = d.add(Lanes.widened(weights, next + WindowKernel.LANES));
        }
        return a.add(c).lane(0) + b.add(d).lane(0);
    }
}
