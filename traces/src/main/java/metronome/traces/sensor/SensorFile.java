package metronome.traces.sensor;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import metronome.core.io.AtomicFile;
import metronome.core.io.DataException;
import metronome.core.io.Nearest;
import metronome.core.io.ZipArchive;

/** Recordings in files, or in zip archives of files, read as streams. */
public final class SensorFile {
    private static final int BUFFER = 1 << 16;
    /** With which zip archives begin, and recordings do not. */
    private static final byte[] ARCHIVE = {'P', 'K', 3, 4};

    private SensorFile() {
    }

    /**
     * Tells a listener the events of a file.
     *
     * @param file to read
     * @param format of it
     * @param listener is told of the camera, then of each event
     * @return what there is beside
     * @throws DataException naming file, place, value and expectation of the first fault
     */
    public static Recording read(Path file, SensorFormat format, SensorListener listener) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            requireNoArchive(in);
            return read(in, format, listener);
        } catch (IOException e) {
            throw AtomicFile.unreadable(file, e);
        } catch (DataException e) {
            throw e.in(file.toString());
        }
    }

    /**
     * Tells a listener the events of a file in a zip archive.
     *
     * @param archive to read
     * @param entry the file's name in it
     * @param format of the file
     * @param listener is told of the camera, then of each event
     * @return what there is beside
     * @throws DataException naming archive, entry, place, value and expectation of the first fault
     */
    public static Recording read(Path archive, String entry, SensorFormat format, SensorListener listener) {
        try (ZipFile zip = ZipArchive.open(archive)) {
            ZipEntry found = Optional.ofNullable(zip.getEntry(entry)).orElseThrow(() -> absent(zip, entry));
            try (InputStream in = new BufferedInputStream(zip.getInputStream(found), BUFFER)) {
                return read(in, format, listener);
            } catch (DataException e) {
                throw e.in("entry \"" + entry + "\"");
            }
        } catch (IOException e) {
            throw new DataException(archive + ": cannot be read as zip: " + AtomicFile.reason(e), e);
        } catch (IllegalArgumentException e) { // of names that are not text
            throw new DataException(archive + ": cannot be read as zip: damaged (" + e.getMessage() + ")", e);
        } catch (DataException e) {
            throw e.in(archive.toString());
        }
    }

    private static void requireNoArchive(InputStream in) throws IOException {
        in.mark(ARCHIVE.length);
        if (Arrays.equals(in.readNBytes(ARCHIVE.length), ARCHIVE)) {
            throw new DataException("a zip archive: which recording in it is meant must be said (--entry)");
        }
        in.reset();
    }

    private static DataException absent(ZipFile zip, String entry) {
        List<String> names = zip.stream().map(ZipEntry::getName).toList();
        return new DataException("no entry \"" + entry + "\" among " + names.size() + names.stream().findFirst().map(first -> ", of which the first is "
                + first).orElse("") + Nearest.hint(entry, names));
    }

    private static Recording read(InputStream in, SensorFormat format, SensorListener listener) throws IOException {
        return format.read(new ByteSource(in), listener);
    }
}
