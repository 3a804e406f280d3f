package metronome.hwmodel.dram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.docs.Doc;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What bandwidth do the presets reach? */
class DramBandwidthTest {
    private static final int BURSTS = 20_000;

    static List<DramDevice> presets() {
        return DramDevice.presets();
    }

    /** {@return the share of peak bandwidth that a stream reaches} */
    private static double stream(DramDevice device, double clockMHz, boolean write) {
        Rig rig = new Rig(device, clockMHz, Rig.controller(1, 16, 16));
        while (rig.asked.size() < BURSTS) {
            while (rig.asked.size() < BURSTS && rig.ask(rig.asked.size(), write)) {
                // as many as there is room for
            }
            rig.tick();
        }
        rig.drain();
        return (double) BURSTS * device.burstBytes() / (rig.time() / 1000.0) / device.peakGBs();
    }

    @Test
    void streamsReachNineTenthsOfPeakAtAnyClock() throws IOException {
        StringBuilder table = new StringBuilder("device       peak GB/s  clock MHz  reads  writes\n");
        for (DramDevice device : DramDevice.presets()) {
            for (double clock : new double[] {333.3, 500, 1000}) {
                double reads = stream(device, clock, false);
                double writes = stream(device, clock, true);
                assertTrue(Math.min(reads, writes) >= 0.9 && Math.max(reads, writes) < 1, device.name());
                table.append(String.format(Locale.ROOT, "%-12s %9.2f %10.1f %5.1f%% %6.1f%%\n", device.name(),
                        device.peakGBs(), clock, 100 * reads, 100 * writes));
            }
        }
        Doc.assertHolds("dram.md", "DramBandwidthTest", table.toString());
    }

    @ParameterizedTest
    @MethodSource("presets")
    void readsOfAlternatingRowsOfOneBankTakeTrcEach(DramDevice device) {
        Rig rig = new Rig(device, 1000, 1, 16);
        long nextRow = (long) device.columns() * device.banks();
        int reads = 2000;
        while (rig.asked.size() < reads) {
            rig.ask(rig.asked.size() % 2 * nextRow, false);
            rig.tick();
        }
        rig.drain();
        DramTiming t = device.timing();
        double cycle = Math.max(t.tRC(), t.tRCD() + t.tRTP() + t.tRP());
        double refreshing = 1.0 * t.tRFC() / t.tREFI();
        assertEquals(reads * cycle / (1 - refreshing), rig.time(), 0.02 * reads * cycle, device.name());
        assertTrue(rig.count(Counter.ACTIVATES) >= reads, "every read misses");
    }

    /** Each read of a row of its own: nothing that a scheduler could put together. */
    @ParameterizedTest
    @MethodSource("presets")
    void randomRowsOfOneBankTakeTrcEachUnderFrFcfs(DramDevice device) {
        Rig rig = new Rig(device, 1000, Rig.controller(1, 16, 16));
        long nextRow = (long) device.columns() * device.banks();
        List<Integer> rows = new ArrayList<>(IntStream.range(0, 2000).boxed().toList());
        Collections.shuffle(rows, new Random(7));
        while (rig.asked.size() < rows.size()) {
            rig.ask(rows.get(rig.asked.size()) * nextRow, false);
            rig.tick();
        }
        rig.drain();
        DramTiming t = device.timing();
        double cycle = Math.max(t.tRC(), t.tRCD() + t.tRTP() + t.tRP());
        double refreshing = 1.0 * t.tRFC() / t.tREFI();
        assertEquals(rows.size() * cycle / (1 - refreshing), rig.time(), 0.02 * rows.size() * cycle, device.name());
        assertEquals(rows.size(), rig.count(Counter.READ_BURSTS));
    }

    /** Rows that alternate in one bank: overtaking puts them together. */
    @ParameterizedTest
    @MethodSource("presets")
    void frFcfsGathersTheHitsThatFcfsMisses(DramDevice device) {
        long nextRow = (long) device.columns() * device.banks();
        long[] times = new long[2];
        for (int i = 0; i < 2; i++) {
            Rig rig = new Rig(device, 1000, Rig.controller(1, 16, 16 * i));
            for (int burst = 0; burst < 512;) {
                if (rig.ask(burst % 2 * nextRow + burst / 2 % device.columns(), false)) {
                    burst++;
                }
                rig.tick();
            }
            times[i] = rig.drain().time();
        }
        assertTrue(times[1] * 3 < times[0], device.name() + ": " + times[0] + " ps in order, " + times[1] + " overtaking");
    }

    /** The latencies of a hit, a closed bank and a wrong row that the table of DRAMsim3's configurations leads to. */
    @ParameterizedTest
    @CsvSource({"lpddr4-2400, 20.8, 33.2, 45.6", "ddr4-2400, 17.4, 31.5, 45.6", "hbm2, 16.0, 30.0, 44.0",
        "ddr4-3200, 16.4, 30.2, 44.1", "lpddr3-1600, 20.0, 38.8, 57.5"})
    void latenciesAreTheTables(String name, double hit, double miss, double conflict) {
        DramDevice device = DramDevice.preset(name);
        long nextRow = (long) device.columns() * device.banks();
        Rig rig = new Rig(device, 1_000_000, Rig.controller(1, 16, 16));
        assertEquals(miss * 1000, latency(rig, 0), 130);
        assertEquals(hit * 1000, latency(rig, 1), 130);
        rig.run(100_000);
        assertEquals(conflict * 1000, latency(rig, nextRow), 130);
    }

    /** {@return picoseconds that a read takes alone} A tick is a picosecond. */
    private static long latency(Rig rig, long burst) {
        long asked = rig.ticks;
        assertTrue(rig.ask(burst, false));
        rig.drain();
        return rig.ended.getLast().tick() - asked;
    }

    @ParameterizedTest
    @MethodSource("presets")
    void refreshTakesItsShareOfAStream(DramDevice device) {
        DramTiming t = device.timing();
        DramTiming never = new DramTiming(t.tCK(), t.burst(), t.tCCD(), t.tRCD(), t.cl(), t.cwl(), t.tRP(), t.tRAS(),
                t.tRRD(), t.tFAW(), t.tRTP(), t.tWR(), t.tWTR(), t.tRFC(), Long.MAX_VALUE / 2);
        double without = stream(new DramDevice("never", device.burstLength(), device.channelBits(), device.devices(),
                device.banks(), device.rowBytes(), never, "test", device.assumed()), 1000, false);
        double lost = 1 - stream(device, 1000, false) / without;
        double least = 1.0 * t.tRFC() / t.tREFI();
        double most = 1.0 * (t.tRFC() + t.tRP() + t.tRAS() + t.tRCD() + t.cl()) / t.tREFI();
        assertTrue(lost > 0.9 * least && lost < 1.1 * most, device.name() + " lost " + lost + " of " + least + " to " + most);
        double commands = 2.0 * t.tCK() / (device.columns() * t.burst());
        assertTrue(without > 0.999 - commands, device.name() + " without refresh " + without
                + ": for each row, PRECHARGE and ACTIVATE hold the command bus up to tCK each");
    }

    @ParameterizedTest
    @CsvSource({"lpddr4-2400, 128, 64, 19.28", "ddr4-2400, 64, 128, 19.28", "hbm2, 64, 32, 32.0",
        "ddr4-3200, 64, 128, 25.4", "lpddr3-1600, 64, 128, 12.8"})
    void presetsAreTheTables(String name, int burstBytes, int columns, double peak) {
        DramDevice device = DramDevice.preset(name);
        assertEquals(burstBytes, device.burstBytes());
        assertEquals(columns, device.columns());
        assertEquals(peak, device.peakGBs(), 0.005);
    }

    @Test
    void everyChoiceOfTheTargetIsKnown() {
        assertEquals(TargetField.DRAM_PAGES.choices(), Stream.of(PagePolicy.values()).map(PagePolicy::label).toList());
        assertEquals(TargetField.DRAM_MAPPING.choices(), Stream.of(AddressOrder.values()).map(AddressOrder::label).toList());
        assertEquals(TargetField.DRAM_SCHEDULER.choices(), List.of(Controller.FCFS, Controller.FR_FCFS));
        Target target = Target.preset().with(TargetField.DRAM_OVERTAKES, "5").with(TargetField.DRAM_CHANNELS, "3");
        assertEquals(new Controller(3, 16, 5, PagePolicy.OPEN, AddressOrder.ROW_BANK_COLUMN_CHANNEL),
                Controller.of(target));
        assertEquals(0, Controller.of(target.with(TargetField.DRAM_SCHEDULER, "fcfs")).overtakes());
        assertEquals(TargetField.DRAM_KIND.choices(), DramDevice.presets().stream().map(DramDevice::name).toList());
    }
}
