package metronome.hwmodel.dram;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import metronome.core.io.DataException;

/**
 * A kind of DRAM: how a channel of it is organised and timed. Its energies are in
 * {@code metronome.hwmodel.energy}, under the same name.
 *
 * @param name as the target file has it
 * @param burstLength transfers in a burst
 * @param channelBits width of the data bus of a channel
 * @param devices dies or packages that together form a channel
 * @param banks in a channel
 * @param rowBytes in a row of a bank, over all devices of the channel
 * @param timing the timing parameters
 * @param source where organisation and timing come from
 * @param assumed parameters that the source does not give: the usual JEDEC value was taken
 */
public record DramDevice(String name, int burstLength, int channelBits, int devices, int banks, int rowBytes,
        DramTiming timing, String source, SortedSet<String> assumed) {
    private static final String DRAMSIM3 = "DRAMsim3 configuration ";
    private static final List<DramDevice> PRESETS = List.of(lpddr4(), ddr4(), hbm2(), ddr4Fast(), lpddr3());
    private static final int MOST_BANKS = 64;

    /** Checks that rows are whole bursts and banks not too many. */
    public DramDevice {
        if (banks > MOST_BANKS) {
            throw new IllegalArgumentException("at most " + MOST_BANKS + " banks in a channel: " + name + " has " + banks);
        }
        if (banks < 1 || burstLength < 1 || channelBits < 8 || rowBytes % (burstLength * channelBits / 8) != 0) {
            throw new IllegalArgumentException("a row must be whole bursts: " + name + ", rowBytes=" + rowBytes);
        }
        assumed = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(assumed));
    }

    /** {@return bytes that one burst moves} */
    public int burstBytes() {
        return burstLength * channelBits / 8;
    }

    /** {@return bursts in a row} */
    public int columns() {
        return rowBytes / burstBytes();
    }

    /** {@return bandwidth of a channel if its data bus never rested, in bytes per nanosecond} */
    public double peakGBs() {
        return burstBytes() * 1000.0 / Math.max(timing.tCCD(), timing.burst());
    }

    /** {@return the devices that ship} */
    public static List<DramDevice> presets() {
        return PRESETS;
    }

    /**
     * {@return the preset of that name}
     *
     * @param name a value of {@code dram.kind}
     * @throws DataException if there is none
     */
    public static DramDevice preset(String name) {
        return PRESETS.stream().filter(d -> d.name.equals(name)).findFirst().orElseThrow(() -> new DataException(
                "must be one of " + PRESETS.stream().map(DramDevice::name).toList() + ": dram.kind=" + name));
    }

    private static DramDevice lpddr4() {
        return new DramDevice("lpddr4-2400", 16, 64, 4, 8, 8192,
                new DramTiming(830, 6640, 6640, 12_400, 14_100, 9_960, 12_400, 26_600, 10_000,
                        26_600, 7_500, 18_000, 10_000, 325_000, 7_188_000),
                DRAMSIM3 + "LPDDR4_8Gb_x16_2400 (four x16 devices make the 64-bit channel)",
                assumed("banks", "rowBytes", "tCCD", "CWL", "tRRD", "tRTP", "tWR", "tWTR"));
    }

    private static DramDevice ddr4() {
        return new DramDevice("ddr4-2400", 8, 64, 8, 16, 8192,
                new DramTiming(830, 3320, 3320, 14_100, 14_100, 9_960, 14_100, 32_400, 3_320,
                        21_600, 7_500, 15_000, 2_500, 349_000, 7_769_000),
                DRAMSIM3 + "DDR4_8Gb_x8_2400 (eight x8 devices)",
                assumed("banks", "rowBytes", "tCCD", "CWL", "tRRD", "tRTP", "tWR", "tWTR"));
    }

    private static DramDevice hbm2() {
        return new DramDevice("hbm2", 4, 128, 1, 16, 2048,
                new DramTiming(1000, 2000, 2000, 14_000, 14_000, 4_000, 14_000, 34_000, 4_000,
                        30_000, 5_000, 16_000, 6_000, 260_000, 3_900_000),
                DRAMSIM3 + "HBM2_8Gb_x128, one legacy channel; its timings are guesses by its maintainers' own word",
                assumed("banks", "rowBytes", "tCCD", "CWL", "tRRD", "tRTP", "tWR", "tWTR", "all timings: guess"));
    }

    private static DramDevice ddr4Fast() {
        return new DramDevice("ddr4-3200", 8, 64, 4, 8, 8192,
                new DramTiming(630, 2520, 2520, 13_900, 13_900, 10_080, 13_900, 32_800, 5_300,
                        30_200, 7_500, 15_000, 2_500, 353_000, 7_862_000),
                DRAMSIM3 + "DDR4_8Gb_x16_3200 (four x16 devices)",
                assumed("banks", "rowBytes", "tCCD", "CWL", "tRRD", "tRTP", "tWR", "tWTR"));
    }

    private static DramDevice lpddr3() {
        return new DramDevice("lpddr3-1600", 8, 64, 2, 8, 8192,
                new DramTiming(1250, 5000, 5000, 18_800, 15_000, 7_500, 18_800, 42_500, 10_000,
                        50_000, 7_500, 15_000, 7_500, 210_000, 3_900_000),
                DRAMSIM3 + "LPDDR3_8Gb_x32_1600 (two x32 devices)",
                assumed("banks", "rowBytes", "tCCD", "CWL", "tRRD", "tRTP", "tWR", "tWTR"));
    }

    private static SortedSet<String> assumed(String... names) {
        return new TreeSet<>(List.of(names));
    }
}
