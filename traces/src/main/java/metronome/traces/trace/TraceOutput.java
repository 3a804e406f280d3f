package metronome.traces.trace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import metronome.core.io.AtomicFile;
import metronome.core.io.DataException;

/**
 * The file FILE.part: a header, blocks one behind the other, and an index of them at the end, with which it becomes FILE. Whatever
 * cannot be written is a {@link DataException} that names FILE.
 */
final class TraceOutput implements AutoCloseable {
    /** So many entries of the index are written at once. */
    private static final int PIECE_ENTRIES = 1 << 10;

    private final Path file;
    private final Path part;
    private final FileChannel channel;
    private final BlockIndex index;
    private long written;
    private boolean finished;

    private TraceOutput(Path file, Path part, TraceHeader header, FileChannel channel) throws IOException {
        this.file = file;
        this.part = part;
        this.channel = channel;
        append(bytes(header));
        this.index = new BlockIndex(written, 0);
    }

    /** Writes the header; the directory of the file is created where missing. */
    static TraceOutput create(Path file, TraceHeader header) {
        try {
            Path destination = AtomicFile.destination(file);
            Path part = part(destination);
            Files.createDirectories(destination.toAbsolutePath().getParent());
            FileChannel channel = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING);
            return new TraceOutput(destination, part, header, channel);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    /** What a trace is called while it is being written. */
    static Path part(Path file) {
        try {
            Path destination = AtomicFile.destination(file);
            return destination.resolveSibling(destination.getFileName() + ".part");
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    private static byte[] bytes(TraceHeader header) {
        byte[] json = HeaderJson.write(header).getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = BlockLayout.buffer(BlockLayout.PREFIX_BYTES + json.length + BlockLayout.CRC_BYTES);
        out.put(BlockLayout.MAGIC).putInt(BlockLayout.VERSION).putInt(json.length).put(json);
        BlockLayout.putChecksum(out, 0);
        return out.array();
    }

    void write(BlockBuilder.Sealed block) {
        try {
            index.add(block.entry());
            append(block.bytes());
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    private void append(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        written += bytes.length;
    }

    /** Writes the index and gives the file its name. */
    void finish() {
        try {
            appendFooter();
            channel.close();
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            finished = true;
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    private void appendFooter() throws IOException {
        long footer = written;
        CRC32C crc = new CRC32C();
        append(BlockLayout.buffer(2 * Integer.BYTES).putInt(BlockLayout.FOOTER).putInt(index.size()), crc);
        for (int i = 0; i < index.size(); i += PIECE_ENTRIES) {
            int end = Math.min(index.size(), i + PIECE_ENTRIES);
            ByteBuffer piece = BlockLayout.buffer((end - i) * BlockLayout.INDEX_ENTRY_BYTES);
            for (int number = i; number < end; number++) {
                BlockLayout.Entry entry = index.entry(number);
                BlockLayout.putFields(piece.putLong(entry.block().offset()), entry);
            }
            append(piece, crc);
        }
        append(BlockLayout.buffer(BlockLayout.CRC_BYTES + BlockLayout.TRAILER_BYTES).putInt((int) crc.getValue()).putLong(footer)
                .put(BlockLayout.END).array());
    }

    private void append(ByteBuffer full, CRC32C crc) throws IOException {
        crc.update(full.array());
        append(full.array());
    }

    /** Closes the file; without {@link #finish} before that, nothing is left of it. */
    @Override
    public void close() {
        try {
            channel.close();
            if (!finished) {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    private static DataException unwritable(Path file, IOException e) {
        return new DataException(file + ": cannot be written: " + AtomicFile.reason(e), e);
    }
}
