package metronome.isa.compiler;

import metronome.core.io.DataException;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.spiking.FixedNetwork;
import metronome.isa.program.Event;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;

/** What the instruction set can express, checked with the layer's name before an instruction is made. */
final class Limits {
    private static final int MOST_LAYERS = 254;
    private static final int MOST_KERNEL = 255;
    private static final int MOST_STRIDE = 15;
    private static final int MOST_DILATION = 255;
    private static final int MOST_STEPS = 1000;

    private Limits() {
    }

    static void checkNetwork(int layers, int steps) {
        check(layers <= MOST_LAYERS, "the network has " + layers + " layers, a program at most " + MOST_LAYERS);
        check(steps <= MOST_STEPS, "windows of T=" + steps + " steps, a program has at most " + MOST_STEPS);
    }

    static void checkSpiking(FixedNetwork network, Target target) {
        checkWidths(network.weightBits(), network.potentialBits(), target);
        checkNetwork(network.layers().size(), network.code().steps());
        for (int l = 0; l < network.layers().size() - 1; l++) {
            int layer = l;
            check(network.wiring().sources().stream().anyMatch(s -> s.contains(layer)),
                    "layer " + network.layers().get(l).name() + ": nothing reads its spikes, though it is not the last");
        }
    }

    static void checkWidths(int networkWeightBits, int networkPotentialBits, Target target) {
        int weightBits = target.count(TargetField.WEIGHT_BITS);
        int potentialBits = target.count(TargetField.POTENTIAL_BITS);
        check(networkWeightBits <= weightBits, "the network has weights of " + networkWeightBits
                + " bits, the target of " + weightBits + " (lif.weight_bits)");
        check(networkPotentialBits == potentialBits, "the network has potentials of " + networkPotentialBits
                + " bits, the target of " + potentialBits + " (lif.potential_bits)");
    }

    static void checkLayer(String name, Shape input, Shape output, Window window) {
        checkShape(name, input);
        checkShape(name, output);
        check(window.height() <= MOST_KERNEL && window.width() <= MOST_KERNEL, "layer " + name + ": a kernel of "
                + window.height() + " x " + window.width() + ", an instruction holds " + MOST_KERNEL + " at most");
        check(window.stride() <= MOST_STRIDE, "layer " + name + ": stride " + window.stride()
                + ", an instruction holds " + MOST_STRIDE + " at most");
        check(window.dilation() <= MOST_DILATION && window.padding() <= MOST_KERNEL, "layer " + name + ": dilation "
                + window.dilation() + " and padding " + window.padding() + ", an instruction holds " + MOST_DILATION
                + " and " + MOST_KERNEL + " at most");
    }

    private static void checkShape(String name, Shape shape) {
        check(shape.channels() <= Event.MAX_CHANNELS && shape.height() < Event.MAX_EXTENT
                && shape.width() < Event.MAX_EXTENT, "layer " + name + ": shape " + shape + " passes "
                + Event.MAX_CHANNELS + " channels of " + (Event.MAX_EXTENT - 1) + " x " + (Event.MAX_EXTENT - 1)
                + ", the range of an event");
    }

    static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new DataException(otherwise);
        }
    }
}
