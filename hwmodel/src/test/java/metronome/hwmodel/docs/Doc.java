package metronome.hwmodel.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares generated text with the fenced block of a document that follows its marker; with METRONOME_UPDATE_DOCS set in
 * the environment the block is written instead.
 */
public final class Doc {
    private Doc() {
    }

    public static void assertHolds(String document, String marker, String text) throws IOException {
        Path file = Path.of("..", "docs", document);
        String all = Files.readString(file);
        String start = "<!-- generated: " + marker + " -->\n```text\n";
        int from = all.indexOf(start) + start.length();
        assertTrue(from >= start.length(), document + " has no block " + marker);
        int to = all.indexOf("```", from);
        if (System.getenv("METRONOME_UPDATE_DOCS") != null) {
            Files.writeString(file, all.substring(0, from) + text + all.substring(to));
            return;
        }
        assertEquals(text, all.substring(from, to), document + " is behind the code at " + marker
                + " (METRONOME_UPDATE_DOCS=1 rewrites it)");
    }
}
