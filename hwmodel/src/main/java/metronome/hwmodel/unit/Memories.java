package metronome.hwmodel.unit;

import metronome.hwmodel.memory.Storage;

/**
 * The memories that hold bytes.
 *
 * @param dram behind the chip
 * @param weights the weight scratchpad
 * @param activations the bytes of the spike buffer when the tensor core uses it
 */
public record Memories(Storage dram, Storage weights, Storage activations) {
}
