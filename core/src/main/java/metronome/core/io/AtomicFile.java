package metronome.core.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes a file beside its destination and moves it into place, so that no reader ever sees half of it. */
public final class AtomicFile {
    private static final String DIRECTORY = "it is a directory";

    private AtomicFile() {
    }

    /** What fills the file. */
    @FunctionalInterface
    public interface Content {
        /**
         * @param out buffered; closed by the caller
         * @throws IOException if writing fails
         */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes {@code file} whole or leaves what was there. Of a link, what it leads to is written; a device or a pipe gets the content as
     * it comes.
     *
     * @param file the destination; its directory is created where missing
     * @param content what to write
     * @throws DataException if the file cannot be written
     */
    public static void write(Path file, Content content) {
        try {
            requireNoDirectory(file);
            if (special(file)) {
                fill(file, content, StandardOpenOption.WRITE);
            } else {
                replace(destination(file), content);
            }
        } catch (IOException e) {
            throw new DataException(file + ": cannot be written: " + reason(e), e);
        }
    }

    private static void replace(Path file, Content content) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        Files.createDirectories(directory);
        // Not createTempFile, whose files only their owner may read: a report is to be read by others too.
        Path beside = directory.resolve("." + file.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            fill(beside, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static void fill(Path file, Content content, OpenOption... how) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file, how), 1 << 16)) {
            content.writeTo(out);
        }
    }

    /**
     * {@return the place to which a file can be moved, so that no link, device or pipe is replaced by it}
     *
     * @param file to be written
     * @throws IOException if it is a directory, a device or a pipe
     */
    public static Path destination(Path file) throws IOException {
        requireNoDirectory(file);
        if (special(file)) {
            throw new IOException("it is a device or a pipe, expected the name of a file");
        }
        return Files.exists(file) && Files.isSymbolicLink(file) ? file.toRealPath() : file;
    }

    /** Whether something is there, behind links, into which content can only be poured. */
    private static boolean special(Path file) {
        return Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file);
    }

    /**
     * Writes text in UTF-8.
     *
     * @param file the destination
     * @param text its whole content
     */
    public static void writeText(Path file, String text) {
        write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Refuses what cannot be or become a file, before anything is made for it.
     *
     * @param file to be read or written
     * @throws IOException if it is a directory
     */
    public static void requireNoDirectory(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(DIRECTORY);
        }
    }

    /**
     * {@return what to throw where a file cannot be read; of a directory the system may say so only in its own language}
     *
     * @param file to be read
     * @param e what the file system said
     */
    public static DataException unreadable(Path file, IOException e) {
        return new DataException(file + ": cannot be read: " + (Files.isDirectory(file) ? DIRECTORY : reason(e)), e);
    }

    /**
     * {@return a reason in words, since most file-system exceptions carry only the name of the file}
     *
     * @param e what the file system said
     */
    public static String reason(IOException e) {
        return switch (e) {
            case java.nio.file.NoSuchFileException _ -> "no such file";
            case java.nio.file.AccessDeniedException _ -> "permission denied";
            case java.nio.file.FileAlreadyExistsException _ -> "a file of that name is in the way";
            case java.nio.file.NotDirectoryException _ -> "not a directory";
            case java.nio.file.FileSystemException f when f.getReason() != null -> f.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }
}
