package metronome.traces.trace;

import java.util.Arrays;
import metronome.core.network.Shape;

/**
 * Neurons counted as the machine goes through them, (row, column, channel), the channel fastest, so that those that fire together
 * have near numbers.
 */
final class Places {
    private Places() {
    }

    /** The place of a neuron, which is counted (channel, row, column). */
    static int of(int neuron, Shape shape) {
        int area = shape.height() * shape.width();
        return neuron % area * shape.channels() + neuron / area;
    }

    /** The neuron at a place. */
    static int neuron(int place, Shape shape) {
        return place % shape.channels() * (shape.height() * shape.width()) + place / shape.channels();
    }

    /** Neurons in the order of their places. */
    static int[] ordered(int[] neurons, Shape shape) {
        int[] places = Arrays.stream(neurons).map(n -> of(n, shape)).sorted().toArray();
        Arrays.setAll(places, i -> neuron(places[i], shape));
        return places;
    }
}
