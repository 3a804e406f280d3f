package metronome.core.spiking;

import metronome.core.network.Shape;
import metronome.core.network.Window;

/**
 * Synapses and plain neurons in integers. At the arrival of a spike {@code V <- sat(V + (weight << shift))}; at the end of
 * each step, before the leak and the comparison, {@code V <- sat(V + bias)}. With a held current both change the slope S
 * instead, the bias once, and {@code V <- sat(V + S)} at the end of each step.
 *
 * @param name of the layer
 * @param input shape of the spikes that reach it
 * @param output shape of its neurons
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
        long synapses = (long) output.channels() * (input.channels() / window.groups()) * window.height() * window.width();
        if (!window.output(input, output.channels()).equals(output) || weights.size() != synapses || shift < 0 || shift > 31
                || bias.length != 0 && bias.length != output.channels()) {
            throw new IllegalArgumentException("layer " + name + ": " + input + ", " + window + ", " + weights.size()
                    + " weights, " + bias.length + " biases and a shift of " + shift + " do not make " + output);
        }
        if (bias.length > 0 && neuron.comparison() == PlainNeuron.Comparison.EACH_EVENT) {
            throw new IllegalArgumentException("layer " + name + ": neurons that compare at each event have no bias");
        }
    }
}
