package metronome.core.spiking;

import java.util.function.IntConsumer;
import metronome.core.network.Shape;
import metronome.core.network.Window;

/** Which pooling neurons an input reaches; everything channel-major. */
final class PoolFanOut {
    private final FanOut channel;
    private final int inputPixels;
    private final int outputPixels;
    private final int[] inputs;

    PoolFanOut(Shape input, Shape output, Window window) {
        this.inputPixels = input.height() * input.width();
        this.outputPixels = output.height() * output.width();
        this.channel = new FanOut(new Shape(1, input.height(), input.width()),
                new Shape(1, output.height(), output.width()), window);
        this.inputs = new int[output.size()];
        for (int i = 0; i < input.size(); i++) {
            forEach(i, neuron -> inputs[neuron]++);
        }
    }

    /** How many inputs each neuron really has; a copy. */
    int[] inputs() {
        return inputs.clone();
    }

    /** Every neuron that a spike of an input reaches. */
    void forEach(int spike, IntConsumer neuron) {
        int pixel = spike % inputPixels;
        int base = spike / inputPixels * outputPixels;
        for (int r = channel.first[pixel]; r < channel.first[pixel + 1]; r++) {
            for (int i = 0; i < channel.length[r]; i++) {
                neuron.accept(base + channel.neuron[r] + i);
            }
        }
    }
}
