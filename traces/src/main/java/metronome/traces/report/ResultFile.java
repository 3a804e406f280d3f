package metronome.traces.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import metronome.core.io.AtomicFile;
import metronome.core.io.DataException;
import metronome.core.json.JsonParser;
import metronome.core.json.JsonWriter;

/** Results as a file. */
public final class ResultFile {
    private static final long MAX_BYTES = 64L << 20;
    private static final int MOST_BLANKS = 1 << 12;

    private ResultFile() {
    }

    /**
     * {@return results as JSON text that {@link #parse} reads back to an equal record}
     *
     * @param result what to print
     */
    public static String text(RunResult result) {
        return JsonWriter.pretty(RecordJson.write(result));
    }

    /**
     * {@return whether a file begins as results do; false also where it cannot be read}
     *
     * @param file any
     */
    public static boolean recognises(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MOST_BLANKS), StandardCharsets.UTF_8).stripLeading().startsWith("{");
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * {@return results from a file}
     *
     * @param file JSON, at most 64 MiB
     * @throws DataException naming line, column and key of the first fault
     */
    public static RunResult read(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new DataException(file + ": " + Files.size(file) + " bytes are no results: expected at most "
                        + MAX_BYTES);
            }
            return parse(Files.readString(file), file.toString());
        } catch (CharacterCodingException e) {
            throw new DataException(file + ": not results of a run: expected text in UTF-8", e);
        } catch (IOException e) {
            throw AtomicFile.unreadable(file, e);
        }
    }

    /**
     * {@return results from a text}
     *
     * @param text JSON
     * @param source what messages call it
     * @throws DataException naming line, column and key of the first fault
     */
    public static RunResult parse(String text, String source) {
        try {
            return RecordJson.read(JsonParser.parse(text), RunResult.class, source);
        } catch (DataException e) {
            throw e.getMessage().contains(source) ? e : e.in(source);
        }
    }
}
