package metronome.hwmodel.soak;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.spiking.EventKind;
import metronome.core.spiking.FixedWeights;
import metronome.core.spiking.PlainLayer;
import metronome.core.spiking.PlainNetwork;
import metronome.core.spiking.PlainNeuron;
import metronome.core.spiking.PlainReadout;
import metronome.core.spiking.SpikeTrain;
import metronome.hwmodel.machine.ChipState;
import metronome.hwmodel.machine.Machine;
import metronome.isa.compiler.PlainCompiler;
import metronome.isa.program.Program;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;

/**
 * A random plain network in all modes, a random chip and a random input. Potentials of 32 bits do not saturate; on narrower
 * ones, which the vector kernels take, they may.
 *
 * @param network what is run
 * @param target on which chip; the network fits, often only in tiles
 * @param input spikes of the steps 0 to T
 */
public record PlainCase(PlainNetwork network, Target target, SpikeTrain input) implements SoakCase {
    /**
     * {@return a case}
     *
     * @param random where it is drawn from
     */
    public static PlainCase of(SplittableRandom random) {
        PlainNetwork network = network(random);
        int[][] spikes = new int[network.lastStep() + 1][];
        for (int k = 0; k < spikes.length; k++) {
            spikes[k] = random.nextInt(4) == 0 ? new int[0]
                    : IntStream.range(0, network.input().size()).filter(_ -> random.nextInt(3) == 0).toArray();
        }
        return new PlainCase(network, target(random, network), new SpikeTrain(spikes));
    }

    private static PlainNetwork network(SplittableRandom random) {
        Shape input = new Shape(random.nextInt(1, 4), random.nextInt(1, 8), random.nextInt(1, 8));
        List<PlainLayer> layers = new ArrayList<>();
        Shape shape = input;
        boolean eachEvent = false;
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            eachEvent = random.nextInt(3) == 0;
            layers.add(layer(random, "layer" + i, shape, eachEvent));
            shape = layers.getLast().output();
        }
        return new PlainNetwork("plain", random.nextInt(0, 12), 8, new int[] {16, 24, 32}[random.nextInt(3)],
                PlainReadout.values()[random.nextInt(3) / 2], input, layers);
    }

    private static PlainLayer layer(SplittableRandom random, String name, Shape in, boolean eachEvent) {
        PlainNeuron neuron = neuron(random, eachEvent, in);
        Shape sources = neuron.waits() ? new Shape(in.channels() / EventKind.KINDS, in.height(), in.width()) : in;
        Window plain = new Window(random.nextInt(1, Math.min(3, in.height()) + 1),
                random.nextInt(1, Math.min(3, in.width()) + 1), random.nextInt(1, 3), 0);
        Window window = random.nextInt(3) == 0 ? Window.covering(in) : RandomNetwork.sparse(random, plain, sources);
        Shape out = window.output(sources, window.groups() * random.nextInt(1, 1 + 12 / window.groups()));
        int[] weights = random.ints((long) out.channels() * sources.channels() / window.groups() * window.height()
                * window.width(), -60, 128).toArray();
        boolean biased = !eachEvent && random.nextBoolean();
        return new PlainLayer(name, in, PlainLayer.sent(out, neuron.announces()), window, FixedWeights.of(weights),
                random.ints(biased ? out.channels() : 0, -100, 100).toArray(), random.nextInt(3), neuron);
    }

    /** Whoever reads events of all kinds mostly waits; else they are spikes like others. */
    private static PlainNeuron neuron(SplittableRandom random, boolean eachEvent, Shape in) {
        PlainNeuron.LeakOrder[] orders = PlainNeuron.LeakOrder.values();
        boolean held = !eachEvent && random.nextInt(2) == 0;
        boolean announces = !eachEvent && random.nextBoolean();
        boolean waits = held && in.channels() % EventKind.KINDS == 0 && random.nextInt(3) > 0;
        return new PlainNeuron(held ? PlainNeuron.Current.HELD : PlainNeuron.Current.PULSE, orders[random.nextInt(orders.length)], random.nextInt(65536),
                random.nextInt(8) * 128 - 128, random.nextBoolean(),
                random.nextBoolean() ? PlainNeuron.Reset.SUBTRACT : PlainNeuron.Reset.VALUE, random.nextInt(-200, 100),
                random.nextInt(3) == 0,
                eachEvent ? PlainNeuron.Comparison.EACH_EVENT : PlainNeuron.Comparison.EACH_STEP,
                random.nextInt(3) == 0 ? random.nextInt(6) : 0, announces, waits);
    }

    /**
     * {@return a chip on which a network fits, often only in tiles}
     *
     * @param random where it is drawn from
     * @param network what must fit
     */
    public static Target target(SplittableRandom random, PlainNetwork network) {
        int widest = network.layers().stream().mapToInt(l -> cells(l) * l.neurons().width()).max().orElseThrow();
        int largest = network.layers().stream().mapToInt(l -> cells(l) * l.neurons().size()).max().orElseThrow();
        int perChannel = network.layers().stream().mapToInt(l -> l.input().size()).max().orElseThrow();
        boolean whole = network.layers().stream().anyMatch(l -> l.neuron().comparison() == PlainNeuron.Comparison.EACH_EVENT);
        return Target.preset().named("random").with(TargetField.POTENTIAL_BITS, "" + network.potentialBits())
                .with(TargetField.LANES, "" + random.nextInt(1, 40)).with(TargetField.BANKS, "" + random.nextInt(1, 40))
                .with(TargetField.POTENTIALS, "" + Math.max(40, whole ? largest : widest + random.nextInt(300)))
                .with(TargetField.WEIGHT_BITS, random.nextBoolean() ? "8" : "12")
                .with(TargetField.WEIGHT_BANKS, "" + random.nextInt(1, 5))
                .with(TargetField.WEIGHT_WORD, "" + random.nextInt(2, 20))
                .with(TargetField.WEIGHT_BYTES, "" + (whole ? 65536 : 256 + 4 * perChannel + 16 * random.nextInt(200)))
                .with(TargetField.PIPELINE, "" + random.nextInt(1, 6))
                .with(TargetField.UPDATE_CYCLES, "" + random.nextInt(1, 4))
                .with(TargetField.EVENT_OVERHEAD, "" + (random.nextBoolean() ? 0 : random.nextInt(12)))
                .with(TargetField.SWEEP_OVERHEAD, "" + (random.nextBoolean() ? 0 : random.nextInt(9)))
                .with(TargetField.SPIKE_CYCLES, "" + (random.nextBoolean() ? 0 : random.nextInt(7)))
                .with(TargetField.ARBITER_WIDTH, "" + random.nextInt(1, 10))
                .with(TargetField.FIRE_QUEUE, "" + random.nextInt(1, 30))
                .with(TargetField.LEAK, random.nextInt(3) == 0 ? "lazy" : "eager")
                .with(TargetField.DRAM_CHANNELS, "" + random.nextInt(1, 3))
                .with(TargetField.POTENTIAL_PORTS, "" + (random.nextInt(3) == 0 ? random.nextInt(1, 5) : 1))
                .with(TargetField.WEIGHT_PORTS, "" + (random.nextInt(3) == 0 ? random.nextInt(1, 5) : 1))
                .with(TargetField.EVENT_SLOTS, "" + (random.nextInt(3) == 0 ? random.nextInt(1, 9) : 1))
                .with(TargetField.SPIKE_BLOCKS, "2048").with(TargetField.QUEUE_DEPTH, "" + random.nextInt(1, 9));
    }

    /** What a neuron takes of the potentials. */
    private static int cells(PlainLayer layer) {
        return layer.neuron().current() == PlainNeuron.Current.HELD ? 2 : 1;
    }

    @Override
    public PlainCase on(Target other) {
        return new PlainCase(network, other, input);
    }

    @Override
    public Program compile() {
        return PlainCompiler.compile(network, target);
    }

    @Override
    public ChipState stateAfter(Machine machine, long cycles) {
        return machine.stateAfter(input, cycles);
    }

    @Override
    public String description() {
        return "plain network of steps 0 to " + network.lastStep() + ", output " + network.readout() + ", input " + network.input() + ", spikes "
                + Arrays.deepToString(input.neurons()) + "\n"
                + String.join("\n", network.layers().stream().map(PlainLayer::toString).toList());
    }

    /** Without the last or the first layer, or without some of the spikes. */
    @Override
    public Stream<SoakCase> smaller() {
        return Stream.concat(fewerLayers(), fewerSpikes());
    }

    private Stream<SoakCase> fewerLayers() {
        List<PlainLayer> layers = network.layers();
        if (layers.size() == 1) {
            return Stream.empty();
        }
        int[][] all = new int[input.neurons().length][];
        Arrays.setAll(all, _ -> IntStream.range(0, layers.get(1).input().size()).toArray());
        return Stream.of(with(network.input(), layers.subList(0, layers.size() - 1), input),
                with(layers.get(1).input(), layers.subList(1, layers.size()), new SpikeTrain(all)));
    }

    private PlainCase with(Shape in, List<PlainLayer> layers, SpikeTrain spikes) {
        return new PlainCase(new PlainNetwork(network.name(), network.lastStep(), network.weightBits(),
                network.potentialBits(), network.readout(), in, layers), target, spikes);
    }

    /** Spikes are numbered through the steps. */
    private Stream<SoakCase> fewerSpikes() {
        return Shrinking.without((int) input.spikes(), from -> to -> {
            int[][] fewer = new int[input.neurons().length][];
            int first = 0;
            for (int k = 0; k < fewer.length; k++) {
                int[] spikes = input.neurons()[k];
                int before = first;
                fewer[k] = IntStream.range(0, spikes.length).filter(i -> before + i < from || before + i >= to)
                        .map(i -> spikes[i]).toArray();
                first += spikes.length;
            }
            return new PlainCase(network, target, new SpikeTrain(fewer));
        });
    }
}
