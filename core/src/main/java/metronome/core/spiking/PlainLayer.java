package metronome.core.spiking;

import metronome.core.network.Shape;
import metronome.core.network.Window;

/**
 * Synapses and plain neurons in integers. At the arrival of a spike {@code V <- sat(V + (weight << shift))}; at the end of
 * each step, before the leak and the comparison, {@code V <- sat(V + bias)}. With a held current both change the slope S
 * instead, the bias once, and {@code V <- sat(V + S)} at the end of each step.
 *
 * @param name of the layer
 * @param input shape of what reaches it: spikes, or events of all {@link EventKind kinds} if its neurons wait
 * @param output shape of what it sends: the spikes of its neurons, or events of all kinds if they announce themselves
 * @param window kernel, stride, padding, dilation and groups; one that covers the input is a dense layer
 * @param weights [out, in / groups, kernel height, kernel width], signed
 * @param bias [out] in units of the potential (of the slope, if the current is held), or empty for none
 * @param shift left shift that takes a weight to units of the potential, in [0, 31]
 * @param neuron how its neurons behave
 */
public record PlainLayer(String name, Shape input, Shape output, Window window, FixedWeights weights, int[] bias, int shift,
        PlainNeuron neuron) {
    /**
     * Checks the shapes.
     *
     * @throws IllegalArgumentException if they do not match, or a layer that compares at each event has a bias
     */
    public PlainLayer {
        Shape from = neurons(input, neuron.waits());
        Shape to = neurons(output, neuron.announces());
        long synapses = (long) to.channels() * (from.channels() / window.groups()) * window.height() * window.width();
        if (neuron.waits() && input.channels() % EventKind.KINDS != 0 || neuron.announces() && output.channels() % EventKind.KINDS != 0
                || !window.output(from, to.channels()).equals(to) || weights.size() != synapses || shift < 0 || shift > 31
                || bias.length != 0 && bias.length != to.channels()) {
            throw new IllegalArgumentException("layer " + name + ": " + input + ", " + window + ", " + weights.size()
                    + " weights, " + bias.length + " biases and a shift of " + shift + " do not make " + output);
        }
        if (bias.length > 0 && neuron.comparison() == PlainNeuron.Comparison.EACH_EVENT) {
            throw new IllegalArgumentException("layer " + name + ": neurons that compare at each event have no bias");
        }
    }

    /**
     * {@return the shape of what neurons send: their spikes, or events of all kinds if they announce themselves}
     *
     * @param neurons their shape
     * @param announces whether they announce themselves
     */
    public static Shape sent(Shape neurons, boolean announces) {
        return announces ? EventKind.all(neurons) : neurons;
    }

    /** The shape of the neurons that send that. */
    static Shape neurons(Shape sent, boolean announced) {
        return announced ? EventKind.neurons(sent) : sent;
    }

    /** {@return the shape of the neurons whose events reach it} */
    public Shape sources() {
        return neurons(input, neuron.waits());
    }

    /** {@return the shape of its neurons} */
    public Shape neurons() {
        return neurons(output, neuron.announces());
    }
}
