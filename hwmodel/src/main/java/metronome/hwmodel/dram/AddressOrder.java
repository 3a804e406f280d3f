package metronome.hwmodel.dram;

import java.util.Arrays;
import metronome.core.io.DataException;

/** Which part of an address picks what (rule DRAM-3): the names have the most significant part first. */
public enum AddressOrder {
    /** Consecutive bursts alternate over the channels and fill a row, then the same row of the next bank. */
    ROW_BANK_COLUMN_CHANNEL("row-bank-column-channel"),
    /** Consecutive bursts alternate over the channels, then over the banks. */
    ROW_COLUMN_BANK_CHANNEL("row-column-bank-channel"),
    /** Consecutive bursts fill a row, then a row of the next channel, then the same rows of the next bank. */
    ROW_BANK_CHANNEL_COLUMN("row-bank-channel-column");

    private final String label;

    AddressOrder(String label) {
        this.label = label;
    }

    /** {@return its name in a target file} */
    public String label() {
        return label;
    }

    /**
     * {@return the order of that name}
     *
     * @param label a value of {@code dram.mapping}
     * @throws DataException if there is none
     */
    public static AddressOrder of(String label) {
        return Arrays.stream(values()).filter(o -> o.label.equals(label)).findFirst().orElseThrow(
                () -> new DataException("must be one of " + Arrays.stream(values()).map(AddressOrder::label).toList()
                        + ": dram.mapping=" + label));
    }

    /** Bursts from one channel to the next. */
    int channelStride(int columns) {
        return this == ROW_BANK_CHANNEL_COLUMN ? columns : 1;
    }

    /** Bursts from one bank to the next. */
    int bankStride(int columns, int channels) {
        return this == ROW_COLUMN_BANK_CHANNEL ? channels : Math.multiplyExact(columns, channels);
    }
}
