package metronome.core.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Opens zip archives, so that what is none is told in words. */
public final class ZipArchive {
    private ZipArchive() {
    }

    /**
     * {@return an archive, to be closed}
     *
     * @param file to read
     * @throws IOException with a reason in words if there is no such file, or it is no archive
     */
    public static ZipFile open(Path file) throws IOException {
        if (Files.notExists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        AtomicFile.requireNoDirectory(file);
        try {
            return new ZipFile(file.toFile());
        } catch (ZipException e) {
            throw new IOException("it is no archive, or is damaged (" + e.getMessage() + ")", e);
        }
    }
}
