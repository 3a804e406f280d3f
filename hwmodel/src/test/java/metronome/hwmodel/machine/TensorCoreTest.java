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
import metronome.hwmodel.count.Stall;
import metronome.hwmodel.soak.RandomCase;
import metronome.isa.compiler.DenseCompiler;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Does the tensor core compute what the integer DNN does, in the cycles of TC-2 and TC-3? */
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
                    : RandomCase.sparse(random, window(random, shape), shape);
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

    /** TC-1, TC-2 and UNIT-1 from the program's own blocks of channels. */
    private static long cycles(IntegerNetwork network, Target target) {
        int rows = target.count(TargetField.TENSOR_ROWS);
        int columns = target.count(TargetField.TENSOR_COLUMNS);
        long cycles = 0;
        var layers = network.layers();
        for (var instruction : DenseCompiler.compile(network, target).cores().getFirst()) {
            if (instruction.operation() instanceof metronome.isa.instruction.Operation.Product p) {
                IntegerLayer layer = layers.get(instruction.control().layer() - 1);
                int positions = layer.output().height() * layer.output().width();
                long depth = ((IntegerLayer.Product) layer).weights().length / layer.output().channels();
                cycles += 1 + (long) Math.ceilDiv(positions, rows) * Math.ceilDiv(p.channels(), columns)
                        * (2 * rows + columns + depth - 2);
            } else if (instruction.unit() == metronome.isa.instruction.Unit.TENSOR) {
                cycles++;
            }
        }
        return cycles;
    }

    @Test
    void wideColumnsOnFewBanksStall() {
        Shape in = new Shape(3, 1, 1);
        IntegerNetwork network = new IntegerNetwork("wide", in, List.of(new IntegerLayer.Product("l", in,
                Shape.vector(16), Window.covering(in), new byte[48], new int[16], 1, 1, true)));
        Target target = Target.preset().with(TargetField.WEIGHT_WORD, "4").with(TargetField.WEIGHT_BANKS, "2");
        MachineRun run = new Machine(DenseCompiler.compile(network, target), target, Engine.all()).runDense(new byte[3]);
        assertEquals(3, run.counts().stallCycles(Component.TENSOR, Stall.WEIGHT_BANK),
                "TC-3: 16 weights are 4 words on 2 banks, one cycle too many for each of 3 products");
    }
}
