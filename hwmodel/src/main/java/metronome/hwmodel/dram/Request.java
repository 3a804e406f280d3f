package metronome.hwmodel.dram;

/**
 * A burst that waits in a channel's queue.
 *
 * @param number how many requests the channel had got before
 * @param bank where it lies
 * @param row where it lies in the bank
 * @param write whether data go to the DRAM
 * @param layer to which its commands are counted
 * @param token by which the caller knows it
 * @param arrival time of its arrival, in picoseconds
 */
record Request(long number, int bank, long row, boolean write, int layer, long token, long arrival) {
    Command column() {
        return write ? Command.WRITE : Command.READ;
    }
}
