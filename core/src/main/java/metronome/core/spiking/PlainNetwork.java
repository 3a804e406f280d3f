package metronome.core.spiking;

import java.util.List;
import metronome.core.network.Shape;

/**
 * A chain of plain layers: neurons that compare at every step and may fire several times.
 *
 * @param name what it is called in reports
 * @param lastStep T: the network runs through the steps 0 to T
 * @param weightBits in [2, 16], signed
 * @param potentialBits in [16, 32], signed, saturating
 * @param readout what its output is
 * @param input shape of the input spikes
 * @param layers from the input on
 */
public record PlainNetwork(String name, int lastStep, int weightBits, int potentialBits, PlainReadout readout,
        Shape input, List<PlainLayer> layers) {
    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if there is no layer, one does not fit the one before it, or its threshold or reset
     *     is no potential
     */
    public PlainNetwork {
        layers = List.copyOf(layers);
        Shape shape = input;
        for (PlainLayer layer : layers) {
            if (!layer.input().equals(shape)) {
                throw new IllegalArgumentException("layer " + layer.name() + ": reads " + layer.input() + ", gets " + shape);
            }
            requireRange(layer, potentialBits);
            shape = layer.output();
        }
        if (layers.isEmpty() || lastStep < 0) {
            throw new IllegalArgumentException("a network needs a layer and a last step of at least 0: " + lastStep);
        }
    }

    private static void requireRange(PlainLayer layer, int potentialBits) {
        long most = SaturatingSum.highest(potentialBits);
        for (int value : new int[] {layer.neuron().threshold(), layer.neuron().resetTo()}) {
            if (Math.abs((long) value) > most) {
                throw new IllegalArgumentException("layer " + layer.name() + ": threshold and reset must be potentials of "
                        + potentialBits + " bits: " + value);
            }
        }
    }
}
