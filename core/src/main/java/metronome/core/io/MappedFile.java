package metronome.core.io;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Reads large files where they are. */
public final class MappedFile {
    private MappedFile() {
    }

    /**
     * {@return the bytes of a file, for as long as the arena lasts}
     *
     * @param file to read
     * @param arena that unmaps it
     * @throws IOException if it cannot be read or is a directory, of which mapping would say that there is no such device
     */
    public static MemorySegment of(Path file, Arena arena) throws IOException {
        AtomicFile.requireNoDirectory(file);
        try (FileChannel channel = FileChannel.open(file)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
        }
    }
}
