package metronome.isa.program;

import java.util.List;
import metronome.core.io.DataException;
import metronome.core.network.Shape;

/**
 * What the host must know of a program.
 *
 * @param network name of the network
 * @param kind what the program runs
 * @param steps T of every window; 0 for {@link Kind#DENSE}
 * @param input shape of the input
 * @param inputBands where the input lies in DRAM: rows from the first to the last, each band a spike list; of a dense
 *     program one band, the bytes of the activations (row, column, channel), the channel fastest
 * @param outputAddress first byte in DRAM of the output: a spike list, or 32-bit accumulators
 * @param codeAddresses first byte in DRAM of each core's instructions, multiples of
 *     {@link metronome.isa.instruction.Word#BYTES}
 * @param layers by number, as the instructions' control parts have them; layer 0 is the input
 * @param memoryBytes of DRAM that the program uses
 */
public record ProgramMap(String network, Kind kind, int steps, Shape input, List<Band> inputBands, int outputAddress,
        List<Integer> codeAddresses, List<Layer> layers, int memoryBytes) {
    /** What a program runs, and so what its input and output are. */
    public enum Kind {
        /** A spiking network whose output list holds the one neuron with the lowest potential. */
        SPIKING_POTENTIAL,
        /** A spiking network whose output list holds the spikes of the last layer. */
        SPIKING_LAST_SPIKE,
        /** A spiking network whose neurons may fire several times; the output list holds the spikes of the last layer. */
        SPIKING_PLAIN,
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

    /**
     * Some rows of the input.
     *
     * @param firstRow the first
     * @param rows how many, at least 1
     * @param address first byte in DRAM
     */
    public record Band(int firstRow, int rows, int address) {
    }

    /**
     * Copies the lists.
     *
     * @throws metronome.core.io.DataException if the bands are not the rows of the input in their order
     */
    public ProgramMap {
        inputBands = List.copyOf(inputBands);
        int row = 0;
        for (Band band : inputBands) {
            if (band.firstRow != row || band.rows < 1 || band.rows > input.height() - row) {
                throw new DataException("program map: input bands must be the rows 0 to " + (input.height() - 1)
                        + " in their order: " + inputBands);
            }
            row += band.rows;
        }
        if (row != input.height() || !kind.spiking() && inputBands.size() > 1) {
            throw new DataException("program map: input bands must be all rows of the input, of a dense program one band: "
                    + inputBands);
        }
        codeAddresses = List.copyOf(codeAddresses);
        layers = List.copyOf(layers);
    }
}
