package metronome.hwmodel.dram;

/** Where a burst lies (rule DRAM-3). What is left of its number above channel, column and bank is the row. */
final class AddressMap {
    private final int burstBytes;
    private final int channels;
    private final int banks;
    private final long channelStride;
    private final long bankStride;
    private final long rowStride;

    AddressMap(DramDevice device, int channels, AddressOrder order) {
        this.burstBytes = device.burstBytes();
        this.channels = channels;
        this.banks = device.banks();
        this.channelStride = order.channelStride(device.columns());
        this.bankStride = order.bankStride(device.columns(), channels);
        this.rowStride = (long) device.columns() * channels * banks;
    }

    int burstBytes() {
        return burstBytes;
    }

    int channel(long address) {
        return channels == 1 ? 0 : (int) (address / burstBytes / channelStride % channels);
    }

    int bank(long address) {
        return (int) (address / burstBytes / bankStride % banks);
    }

    long row(long address) {
        return address / burstBytes / rowStride;
    }
}
