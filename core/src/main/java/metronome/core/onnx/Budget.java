package metronome.core.onnx;

import metronome.core.io.DataException;

/**
 * How many elements of weights may be made of a file, so that a small one in which thousands of layers share their weights
 * does not fill the memory.
 */
final class Budget {
    /** Elements for each byte of the file; a layer of 8-bit weights takes one. */
    static final int PER_BYTE = 16;
    /** Elements for any file. */
    static final int FREE = 1 << 20;

    private final long most;
    private long taken;

    Budget(long bytes) {
        most = bytes * PER_BYTE + FREE;
    }

    /** Counts elements before they are made.
     *
     * @param elements at least 0
     */
    void take(long elements) {
        taken += elements;
        if (taken > most) {
            throw new DataException("the layers' weights take more than " + most + " elements, " + PER_BYTE
                    + " for each byte of the file and " + FREE + ": they are shared or padded beyond what is supported");
        }
    }
}
