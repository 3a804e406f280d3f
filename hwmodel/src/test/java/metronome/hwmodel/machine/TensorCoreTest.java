package metronome.hwmodel.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.spiking.IntegerLayer;
import metronome.core.spiking.IntegerNetwork;
import metronome.core.spiking.IntegerSimulator;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Counts;
import metronome.hwmodel.count.Stall;
import metronome.hwmodel.soak.RandomNetwork;
import metronome.isa.compiler.DenseCompiler;
import metronome.isa.instruction.Instruction;
import metronome.isa.instruction.TensorOperation;
import metronome.isa.instruction.Unit;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Does the tensor core compute what the integer DNN does, in the cycles and with the accesses of TC-1 to TC-5? */
class TensorCoreTest {
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {31, 32})
    void accumulatorsEqualTheIntegerNetworks(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 100; i++) {
            IntegerNetwork network = network(random);
            Target target = target(random, network);
            byte[] image = new byte[network.input().size()];
            random.nextBytes(image);
            String where = "seed " + seed + ", case " + i;
            MachineRun run = new Machine(DenseCompiler.compile(network, target), target, Engine.all()).runDense(image);
            assertArrayEquals(accumulators(network, image), run.output(), where);
            assertEquals(macs(network), run.counts().total(Counter.MACS), where);
            assertEquals(cycles(network, target), run.counts().busyCycles(Component.TENSOR), where);
            assertEquals(partials(network, target), run.counts().total(Counter.PARTIAL_READS), where);
            assertEquals(partials(network, target), run.counts().total(Counter.PARTIAL_WRITES), where);
        }
    }

    private static int[] accumulators(IntegerNetwork network, byte[] image) {
        int[] activations = new int[image.length];
        for (int i = 0; i < image.length; i++) {
            activations[i] = image[i] & 0xff;
        }
        int[][] layers = new IntegerSimulator(network).run(activations).activations();
        return layers[layers.length - 1];
    }

    private static IntegerNetwork network(RandomGenerator random) {
        Shape shape = new Shape(random.nextInt(1, 4), random.nextInt(1, 9), random.nextInt(1, 9));
        Shape input = shape;
        List<IntegerLayer> layers = new ArrayList<>();
        for (int left = random.nextInt(3); left >= 0; left--) {
            if (!layers.isEmpty() && random.nextInt(3) == 0) {
                Window window = window(random, shape);
                layers.add(new IntegerLayer.Pool("p", shape, window.output(shape, shape.channels()), window));
                shape = layers.getLast().output();
            }
            Window window = random.nextInt(3) == 0 ? Window.covering(shape)
                    : RandomNetwork.sparse(random, window(random, shape), shape);
            Shape out = window.output(shape, window.groups() * random.nextInt(1, 1 + 12 / window.groups()));
            byte[] weights = new byte[out.channels() * shape.channels() / window.groups() * window.height()
                    * window.width()];
            random.nextBytes(weights);
            layers.add(new IntegerLayer.Product("l" + left, shape, out, window, weights,
                    random.ints(out.channels(), -5000, 5000).toArray(), random.nextInt(1, 1 << 20),
                    random.nextInt(20, 34), left == 0));
            shape = out;
        }
        return new IntegerNetwork("random", input, layers);
    }

    private static Window window(RandomGenerator random, Shape in) {
        int height = random.nextInt(1, Math.min(3, in.height()) + 1);
        int width = random.nextInt(1, Math.min(3, in.width()) + 1);
        return new Window(height, width, random.nextInt(1, 3), random.nextInt(0, Math.min(height, width)));
    }

    private static Target target(RandomGenerator random, IntegerNetwork network) {
        int perChannel = network.layers().stream().mapToInt(l -> l.input().size()).max().orElseThrow();
        return Target.preset().with(TargetField.TENSOR_ROWS, "" + random.nextInt(1, 20))
                .with(TargetField.TENSOR_COLUMNS, "" + random.nextInt(1, 20))
                .with(TargetField.TENSOR_DATAFLOW, List.of("os", "ws", "is").get(random.nextInt(3)))
                .with(TargetField.TENSOR_SHADOW, List.of("no", "yes").get(random.nextInt(2)))
                .with(TargetField.TENSOR_ACCUMULATORS, "" + random.nextInt(1, 60))
                .with(TargetField.WEIGHT_WORD, "" + random.nextInt(1, 20))
                .with(TargetField.WEIGHT_BANKS, "" + random.nextInt(1, 3))
                .with(TargetField.WEIGHT_BYTES, "" + (2 * perChannel + 256 + random.nextInt(2000)));
    }

    private static long macs(IntegerNetwork network) {
        long macs = 0;
        for (IntegerLayer layer : network.layers()) {
            if (layer instanceof IntegerLayer.Product p) {
                macs += (long) p.output().size() * p.weights().length / p.output().channels();
            }
        }
        return macs;
    }

    /** TC-1 to TC-4 and UNIT-1 from the program's own blocks of channels. */
    private static long cycles(IntegerNetwork network, Target target) {
        long cycles = 0;
        for (Instruction instruction : DenseCompiler.compile(network, target).cores().getFirst()) {
            if (instruction.operation() instanceof TensorOperation.Product p) {
                IntegerLayer.Product layer = layer(network, instruction);
                cycles += 1 + cycles(target, positions(layer), p.channels(), depth(layer));
            } else if (instruction.unit() == Unit.TENSOR) {
                cycles++;
            }
        }
        return cycles;
    }

    private static long partials(IntegerNetwork network, Target target) {
        long partials = 0;
        for (Instruction instruction : DenseCompiler.compile(network, target).cores().getFirst()) {
            if (instruction.operation() instanceof TensorOperation.Product p
                    && !target.choice(TargetField.TENSOR_DATAFLOW).equals("os")) {
                IntegerLayer.Product layer = layer(network, instruction);
                partials += (long) positions(layer) * p.channels()
                        * (Math.ceilDiv(depth(layer), target.count(TargetField.TENSOR_ROWS)) - 1);
            }
        }
        return partials;
    }

    private static IntegerLayer.Product layer(IntegerNetwork network, Instruction instruction) {
        return (IntegerLayer.Product) network.layers().get(instruction.control().layer() - 1);
    }

    private static int positions(IntegerLayer.Product layer) {
        return layer.output().height() * layer.output().width();
    }

    private static int depth(IntegerLayer.Product layer) {
        return layer.weights().length / layer.output().channels();
    }

    private static long cycles(Target target, int m, int n, int k) {
        int most = target.count(TargetField.TENSOR_ACCUMULATORS);
        return switch (target.choice(TargetField.TENSOR_DATAFLOW)) {
            case "os" -> folds(target, m, n, k);
            case "ws" -> passes(target, k, n, m, most);
            default -> passes(target, k, m, n, most);
        };
    }

    private static long passes(Target target, int onRows, int onColumns, int streamed, int most) {
        boolean kept = onRows > target.count(TargetField.TENSOR_ROWS);
        long cycles = 0;
        for (int left = streamed; left > 0; left -= most) {
            if (!kept) {
                return folds(target, onRows, onColumns, streamed);
            }
            cycles += folds(target, onRows, onColumns, Math.min(left, most));
        }
        return cycles;
    }

    private static long folds(Target target, int onRows, int onColumns, int streamed) {
        int rows = target.count(TargetField.TENSOR_ROWS);
        int columns = target.count(TargetField.TENSOR_COLUMNS);
        long folds = (long) Math.ceilDiv(onRows, rows) * Math.ceilDiv(onColumns, columns);
        long one = 2L * rows + columns + streamed - 2;
        return target.choice(TargetField.TENSOR_SHADOW).equals("yes")
                ? one + (folds - 1) * Math.max(rows, streamed) : folds * one;
    }

    /** 10 products in a sum, 5 channels, 6 positions on 4 rows and 3 columns: words of 2 bytes in one bank. */
    private static Counts smallProduct(String dataflow, int accumulators) {
        Shape in = new Shape(10, 2, 3);
        IntegerNetwork network = new IntegerNetwork("small", in, List.of(new IntegerLayer.Product("l", in,
                new Shape(5, 2, 3), new Window(1, 1, 1, 0), new byte[50], new int[5], 1, 1, true)));
        Target target = Target.preset().with(TargetField.WEIGHT_WORD, "2").with(TargetField.WEIGHT_BANKS, "1")
                .with(TargetField.TENSOR_ROWS, "4").with(TargetField.TENSOR_COLUMNS, "3")
                .with(TargetField.TENSOR_DATAFLOW, dataflow)
                .with(TargetField.TENSOR_ACCUMULATORS, "" + accumulators);
        return new Machine(DenseCompiler.compile(network, target), target).runDense(new byte[60]).counts();
    }

    private static void assertReads(Counts counts, long weightWords, long inputWords, long stalls) {
        assertEquals(weightWords + 10, counts.total(Counter.WEIGHT_READS), "and 5 biases in 10 words");
        assertEquals(inputWords + 30, counts.total(Counter.SPIKE_READS), "and the store of 30 sums");
        assertEquals(stalls, counts.stallCycles(Component.TENSOR, Stall.WEIGHT_BANK));
    }

    @Test
    void readsFollowTheDataflow() {
        assertReads(smallProduct("os", 99), 2 * 10 * (2 + 1), 2 * 15, 2 * 10);
        assertReads(smallProduct("ws", 99), 10 * (2 + 1), 2 * 15, 10);
        assertReads(smallProduct("is", 99), 2 * 10 * 3, 15, 2 * (2 * (12 - 5) + 1));
    }

    @Test
    void fewAccumulatorsMeanMorePasses() {
        assertReads(smallProduct("ws", 4), 2 * 10 * (2 + 1), 2 * (10 + 5), 2 * 10);
        assertReads(smallProduct("is", 4), 2 * 10 * (2 + 1), 2 * 15, 2 * (2 * (8 - 4) + 2 * (4 - 1) + 1));
        assertEquals(2 * 30, smallProduct("ws", 4).total(Counter.PARTIAL_READS), "3 folds of products");
        assertEquals(0, smallProduct("os", 4).total(Counter.PARTIAL_READS));
    }

    @Test
    void wideColumnsOnFewBanksStall() {
        Shape in = new Shape(3, 1, 1);
        IntegerNetwork network = new IntegerNetwork("wide", in, List.of(new IntegerLayer.Product("l", in,
                Shape.vector(16), Window.covering(in), new byte[48], new int[16], 1, 1, true)));
        Target target = Target.preset().with(TargetField.WEIGHT_WORD, "4").with(TargetField.WEIGHT_BANKS, "2");
        MachineRun run = new Machine(DenseCompiler.compile(network, target), target, Engine.all()).runDense(new byte[3]);
        assertEquals(3, run.counts().stallCycles(Component.TENSOR, Stall.WEIGHT_BANK),
                "TC-5: 16 weights are 4 words on 2 banks, one cycle too many for each of 3 products");
    }
}
