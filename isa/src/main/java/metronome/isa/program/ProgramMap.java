package metronome.isa.program;

import java.util.List;
import metronome.core.network.Shape;

/**
 * What the host must know of a program.
 *
 * @param network name of the network
 * @param kind what the program runs
 * @param steps T of every window; 0 for {@link Kind#DENSE}
 * @param input shape of the input
 * @param inputAddress first byte in DRAM of the input: a spike list, or the bytes of the activations (row, column,
 *     channel), the channel fastest
 * @param outputAddress first byte in DRAM of the output: a spike list, or 32-bit accumulators
 * @param codeAddress first byte in DRAM of the instructions, a multiple of {@link metronome.isa.instruction.Word#BYTES}
 * @param layers by number, as the instructions' control parts have them; layer 0 is the input
 * @param memoryBytes of DRAM that the program uses
 */
public record ProgramMap(String network, Kind kind, int steps, Shape input, int inputAddress, int outputAddress,
        int codeAddress, List<Layer> layers, int memoryBytes) {
    /** What a program runs, and so what its input and output are. */
    public enum Kind {
        /** A spiking network whose output list holds the one neuron with the lowest potential. */
        SPIKING_POTENTIAL,
        /** A spiking network whose output list holds the spikes of the last layer. */
        SPIKING_LAST_SPIKE,
        /** An integer DNN on the tensor core. */
        DENSE;

        /** {@return whether spikes go in and come out} */
        public boolean spiking() {
            return this != DENSE;
        }
    }

    /**
     * A layer of the program.
     *
     * @param name as in the network
     * @param output shape of its neurons
     * @param fires whether its neurons spike
     */
    public record Layer(String name, Shape output, boolean fires) {
    }

    /** Copies the list. */
    public ProgramMap {
        layers = List.copyOf(layers);
    }
}
