package metronome.hwmodel.dram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.docs.Doc;
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
        Rig rig = new Rig(device, clockMHz, 1, 16);
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
        assertTrue(without > 0.999, device.name() + " without refresh " + without);
    }

    @ParameterizedTest
    @CsvSource({"lpddr4-2400, 128, 64, 19.28", "ddr4-2400, 64, 128, 19.28", "hbm2, 64, 32, 32.0"})
    void presetsAreTheTables(String name, int burstBytes, int columns, double peak) {
        DramDevice device = DramDevice.preset(name);
        assertEquals(burstBytes, device.burstBytes());
        assertEquals(columns, device.columns());
        assertEquals(peak, device.peakGBs(), 0.005);
    }

    @Test
    void everyChoiceOfTheTargetHasAPreset() {
        assertEquals(TargetField.DRAM_KIND.choices(), DramDevice.presets().stream().map(DramDevice::name).toList());
    }
}
