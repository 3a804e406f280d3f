package metronome.hwmodel.dram;

/** Where a burst lies (rule DRAM-3). What is left of its number above channel, column and bank is the row. */
final class AddressMap {
    private final Divisor burstBytes;
    private final Divisor channels;
    private final Divisor banks;
    private final Divisor channelStride;
    private final Divisor bankStride;
    private final Divisor rowStride;

    AddressMap(DramDevice device, int channels, AddressOrder order) {
        this.burstBytes = Divisor.of(device.burstBytes());
        this.channels = Divisor.of(channels);
        this.banks = Divisor.of(device.banks());
        this.channelStride = Divisor.of(order.channelStride(device.columns()));
        this.bankStride = Divisor.of(order.bankStride(device.columns(), channels));
        this.rowStride = Divisor.of(Math.multiplyExact(device.columns() * device.banks(), channels));
    }

    int burstBytes() {
        return burstBytes.value();
    }

    /** The number of a burst. */
    int burst(long address) {
        return burstBytes.quotient(Math.toIntExact(address));
    }

    /** How many bursts, from one on, alternate over the channels and lie in rows of one number in banks of one number. */
    int alike(int burst) {
        return channelStride.value() == 1 ? bankStride.value() - bankStride.rest(burst) : 0;
    }

    int channel(int burst) {
        return channels.rest(channelStride.quotient(burst));
    }

    int bank(int burst) {
        return banks.rest(bankStride.quotient(burst));
    }

    int row(int burst) {
        return rowStride.quotient(burst);
    }
}
