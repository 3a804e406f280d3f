package metronome.traces.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Are traces of other images, and of other streams, one trace in the end? */
class TraceMergeCommandTest {
    private static final Workshop SHOP = Workshop.shared();

    @TempDir
    private Path folder;

    private Path recorded(String name, String streams) {
        Path trace = folder.resolve(name);
        Shell.good("trace", "record", "--images", 2, "-o", trace, "--network", SHOP.file("spiking.safetensors"), "--streams", streams);
        return trace;
    }

    @Test
    void streamsRecordedOneByOneAreOneTrace() throws IOException {
        Path both = recorded("both.mtt", "spikes,stalls");
        Path merged = folder.resolve("merged.mtt");
        String text = Shell.good("trace", "merge", recorded("stalls.mtt", "stalls"), recorded("spikes.mtt", "spikes"), "-o", merged);
        assertEquals(text, Shell.good("trace", "info", merged));
        assertTrue(text.contains("images 0 to 1, 2 of them whole\n"), text);
        assertTrue(Shell.good("trace", "diff", both, merged).startsWith("header: command\n"));
        Path first = folder.resolve("first.mtt");
        Path second = folder.resolve("second.mtt");
        Shell.good("trace", "cut", both, "--images", 0, "-o", first);
        Shell.good("trace", "cut", both, "--images", 1, "-o", second);
        Shell.good("trace", "merge", second, first, "-o", merged);
        assertArrayEquals(Files.readAllBytes(both), Files.readAllBytes(merged));
    }

    @Test
    void whatCannotBeOneTraceIsRefused() {
        Path spikes = recorded("spikes.mtt", "spikes");
        Path merged = folder.resolve("merged.mtt");
        assertTrue(Shell.bad(2, "trace", "merge", spikes).contains("needs B"));
        assertEquals("metronome: " + spikes + " and " + spikes + " both have spikes of image 0\n",
                Shell.bad(1, "trace", "merge", spikes, spikes, spikes, "-o", merged));
        assertFalse(Files.exists(merged));
    }
}
