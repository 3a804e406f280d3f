package metronome.hwmodel.unit;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
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
        events.sort(tile, 0, window);
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
}
