package metronome.hwmodel.dram;

/** Where a burst lies (rule DRAM-3). What is left of its number above channel, column and bank is the row. */
final class AddressMap {
    private final int burstBytes;
    private final int channels;
    private final int banks;
    private final int channelStride;
    private final int bankStride;
    private final int rowStride;

    AddressMap(DramDevice device, int channels, AddressOrder order) {
        this.burstBytes = device.burstBytes();
        this.channels = channels;
        this.banks = device.banks();
        this.channelStride = order.channelStride(device.columns());
        this.bankStride = order.bankStride(device.columns(), channels);
        this.rowStride = Math.multiplyExact(device.columns() * banks, channels);
    }

    int burstBytes() {
        return burstBytes;
    }

    /** The number of a burst. */
    int burst(long address) {
        return Math.toIntExact(address) / burstBytes;
    }

    int channel(int burst) {
        return channels == 1 ? 0 : burst / channelStride % channels;
    }

    int bank(int burst) {
        return burst / bankStride % banks;
    }

    int row(int burst) {
        return burst / rowStride;
    }
}
