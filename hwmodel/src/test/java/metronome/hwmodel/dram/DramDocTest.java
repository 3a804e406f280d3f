package metronome.hwmodel.dram;

import java.io.IOException;
import java.util.function.Function;
import metronome.hwmodel.docs.Doc;
import org.junit.jupiter.api.Test;

/** Does docs/dram.md show the devices that ship? */
class DramDocTest {
    private final StringBuilder out = new StringBuilder();

    @Test
    void devices() throws IOException {
        row("", DramDevice::name);
        row("burst length", d -> d.burstLength());
        row("channel bits", d -> d.channelBits());
        row("devices", d -> d.devices());
        row("burst bytes", d -> d.burstBytes());
        row("banks", d -> d.banks());
        row("row bytes", d -> d.rowBytes());
        row("tCK", d -> d.timing().tCK());
        row("burst", d -> d.timing().burst());
        row("tCCD", d -> d.timing().tCCD());
        row("tRCD", d -> d.timing().tRCD());
        row("CL", d -> d.timing().cl());
        row("CWL", d -> d.timing().cwl());
        row("tRP", d -> d.timing().tRP());
        row("tRAS", d -> d.timing().tRAS());
        row("tRRD", d -> d.timing().tRRD());
        row("tFAW", d -> d.timing().tFAW());
        row("tRTP", d -> d.timing().tRTP());
        row("tWR", d -> d.timing().tWR());
        row("tWTR", d -> d.timing().tWTR());
        row("tRFC", d -> d.timing().tRFC());
        row("tREFI", d -> d.timing().tREFI());
        Doc.assertHolds("dram.md", "DramDocTest", out.toString());
    }

    private void row(String name, Function<DramDevice, Object> value) {
        out.append("%-14s".formatted(name));
        for (DramDevice device : DramDevice.presets()) {
            out.append("%13s".formatted(value.apply(device)));
        }
        out.append('\n');
    }
}
