package metronome.traces.sensor;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the 32 bits of an address of AEDAT 2.0 say, for the cameras whose addresses are read. Rows count from the bottom and columns from
 * the right, as jAER, which writes such files, shows them: {@code DVS128.Extractor}, {@code DavisChip} and
 * {@code DavisBaseCamera.DavisEventExtractor}. v2e, which writes them for jAER, turns both round too ({@code AEDat2Output}).
 */
enum AddressLayout {
    /** Polarity in bit 0, 0 where it became brighter; column, row; bits 15 and 31 special events. */
    DVS128(List.of("DVS128"), 0, 1 << 15 | 1 << 31, 0x7fff << 16, new Field(8, 7), new Field(1, 7), 0, false),
    /** Bit 31 samples of frames and of the inertial sensor; bit 10 special events; polarity in bit 11, 1 where it became brighter. */
    DAVIS(List.of("DAVIS128", "DAVIS240", "DAVIS346", "DAVIS640"), 1 << 31, 1 << 10, 0, new Field(22, 9), new Field(12, 10), 11, true);

    private final List<String> families;
    private final int samples;
    private final int specials;
    private final int unused;
    private final Field row;
    private final Field column;
    private final int polarity;
    private final boolean onIsSet;

    /** Bits that stand together, from the lowest one on. */
    private record Field(int place, int width) {
        int of(int address) {
            return address >>> place & (1 << width) - 1;
        }
    }

    AddressLayout(List<String> families, int samples, int specials, int unused, Field row, Field column, int polarity, boolean onIsSet) {
        this.families = families;
        this.samples = samples;
        this.specials = specials;
        this.unused = unused;
        this.row = row;
        this.column = column;
        this.polarity = polarity;
        this.onIsSet = onIsSet;
    }

    static Optional<AddressLayout> of(Sensor sensor) {
        return Arrays.stream(values()).filter(layout -> layout.families.stream().anyMatch(sensor::isOf)).findFirst();
    }

    /** {@return the cameras whose addresses are read, for messages} */
    static String cameras() {
        return Arrays.stream(values()).flatMap(layout -> layout.families.stream()).collect(Collectors.joining(", "));
    }

    /** What an address is of, if not of an event of a pixel. */
    Optional<String> other(int address) {
        if ((address & samples) != 0) {
            return Optional.of("samples of frames and of the inertial sensor");
        }
        return (address & specials) == 0 ? Optional.empty() : Optional.of("external events");
    }

    /** Whether bits are set that no event has. */
    boolean faulty(int address) {
        return address >= 0 && (address & unused) != 0;
    }

    int unused() {
        return unused;
    }

    /** From the bottom. */
    int row(int address) {
        return row.of(address);
    }

    /** From the right. */
    int column(int address) {
        return column.of(address);
    }

    boolean on(int address) {
        return (address >>> polarity & 1) == 1 == onIsSet;
    }
}
