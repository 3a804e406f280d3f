package metronome.isa.compiler;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import metronome.core.spiking.FixedLayer;
import metronome.core.spiking.FixedWeights;
import metronome.core.spiking.IntegerLayer;
import metronome.core.spiking.PlainLayer;

/**
 * The weights and biases of some output channels as they lie in DRAM and in the scratchpad: 32-bit biases, padding to a
 * multiple of an alignment, then weights with the output channel fastest.
 */
final class WeightBlock {
    private WeightBlock() {
    }

    /** Bytes from the first bias to the first weight. */
    static int weightOffset(int channels, int alignment) {
        return Math.ceilDiv(4 * channels, alignment) * alignment;
    }

    /** Bytes of a block. */
    static long bytes(int channels, long weightsPerChannel, int weightBytes, int alignment) {
        return weightOffset(channels, alignment) + weightsPerChannel * channels * weightBytes;
    }

    /** Weights in the order (input channel of the group, kernel row, kernel column, output channel), one or two bytes each. */
    static byte[] of(FixedLayer.Synapses layer, int first, int channels, int weightBytes, int alignment) {
        return of(layer.weights(), layer.bias(), first, channels, weightBytes, alignment);
    }

    /** The same of a plain layer; biases of zero where it has none. */
    static byte[] of(PlainLayer layer, int first, int channels, int weightBytes, int alignment) {
        int[] bias = layer.bias().length > 0 ? layer.bias() : new int[layer.neurons().channels()];
        return of(layer.weights(), bias, first, channels, weightBytes, alignment);
    }

    private static byte[] of(FixedWeights weights, int[] bias, int first, int channels, int weightBytes, int alignment) {
        int perChannel = weights.size() / bias.length;
        ByteBuffer out = buffer(channels, perChannel, weightBytes, alignment);
        for (int c = 0; c < channels; c++) {
            out.putInt(bias[first + c]);
        }
        out.position(weightOffset(channels, alignment));
        for (int i = 0; i < perChannel; i++) {
            for (int c = 0; c < channels; c++) {
                int weight = weights.get((first + c) * perChannel + i);
                if (weightBytes == 1) {
                    out.put((byte) weight);
                } else {
                    out.putShort((short) weight);
                }
            }
        }
        return out.array();
    }

    /** Weights in the order (kernel row, kernel column, input channel of the group, output channel), one byte each. */
    static byte[] of(IntegerLayer.Product layer, int first, int channels, int alignment) {
        int inputs = layer.input().channels() / layer.window().groups();
        int area = layer.window().height() * layer.window().width();
        ByteBuffer out = buffer(channels, inputs * area, 1, alignment);
        for (int c = 0; c < channels; c++) {
            out.putInt(layer.bias()[first + c]);
        }
        out.position(weightOffset(channels, alignment));
        for (int k = 0; k < area; k++) {
            for (int i = 0; i < inputs; i++) {
                for (int c = 0; c < channels; c++) {
                    out.put(layer.weights()[((first + c) * inputs + i) * area + k]);
                }
            }
        }
        return out.array();
    }

    private static ByteBuffer buffer(int channels, int perChannel, int weightBytes, int alignment) {
        return ByteBuffer.allocate(Math.toIntExact(bytes(channels, perChannel, weightBytes, alignment)))
                .order(ByteOrder.LITTLE_ENDIAN);
    }
}
