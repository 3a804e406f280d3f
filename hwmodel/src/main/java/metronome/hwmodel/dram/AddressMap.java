package metronome.hwmodel.dram;

/**
 * Where a burst lies (rule DRAM-3): bursts alternate over the channels; within a channel consecutive bursts fill a row,
 * then the same row of the next bank, then the next row.
 *
 * @param burstBytes bytes in a burst
 * @param channels independent channels
 * @param columns bursts in a row
 * @param banks banks in a channel
 */
record AddressMap(int burstBytes, int channels, int columns, int banks) {
    int channel(long address) {
        return (int) (address / burstBytes % channels);
    }

    int bank(long address) {
        return (int) (inChannel(address) / columns % banks);
    }

    long row(long address) {
        return inChannel(address) / columns / banks;
    }

    private long inChannel(long address) {
        return address / burstBytes / channels;
    }
}
