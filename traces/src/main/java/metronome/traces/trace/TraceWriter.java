package metronome.traces.trace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import metronome.core.io.AtomicFile;
import metronome.core.io.DataException;
import metronome.hwmodel.probe.ChipEvent;

/**
 * Writes a trace, block by block, to FILE.part, which becomes FILE when all is there. What was written so far can be read
 * should the process be killed. Images may be written by several threads, each of them by one; their blocks come into the file
 * in the order of the images, so that the same events give the same bytes. Of images whose turn has not come, a bounded number of
 * bytes is held; who writes more waits.
 */
public final class TraceWriter implements AutoCloseable {
    private static final long MOST_HELD_BYTES = 16 << 20;
    /** So many entries of the index are written at once. */
    private static final int PIECE_ENTRIES = 1 << 10;

    private final Path file;
    private final Path part;
    private final TraceHeader header;
    private final EventColumns columns;
    private final FileChannel channel;
    private final BlockIndex index;
    private final Map<Integer, Waiting> waiting = new HashMap<>();
    private long written;
    /** The image whose blocks go straight into the file. */
    private int turn;
    private boolean finished;
    private boolean abandoned;

    /** Blocks of an image whose turn has not come. */
    private static final class Waiting {
        private final Queue<BlockBuilder.Sealed> blocks = new ArrayDeque<>();
        private long bytes;
        private boolean ended;
    }

    private TraceWriter(Path file, Path part, TraceHeader header, FileChannel channel) throws IOException {
        this.file = file;
        this.part = part;
        this.header = header;
        this.columns = new EventColumns(Vocabulary.CURRENT, header.spikes().layers());
        this.channel = channel;
        this.turn = header.firstImage();
        append(headerBytes(header));
        this.index = new BlockIndex(written, 0);
    }

    /**
     * Begins a trace.
     *
     * @param file the destination; its directory is created where missing
     * @param header whose events will come
     * @return the writer, to be closed
     * @throws DataException if it cannot be written
     */
    public static TraceWriter create(Path file, TraceHeader header) {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            AtomicFile.requireNoDirectory(file);
            Files.createDirectories(file.toAbsolutePath().getParent());
            FileChannel channel = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING);
            return new TraceWriter(file, part, header, channel);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    private static byte[] headerBytes(TraceHeader header) {
        byte[] json = HeaderJson.write(header).getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = BlockLayout.buffer(BlockLayout.PREFIX_BYTES + json.length + BlockLayout.CRC_BYTES);
        out.put(BlockLayout.MAGIC).putInt(BlockLayout.VERSION).putInt(json.length).put(json);
        BlockLayout.putChecksum(out, 0);
        return out.array();
    }

    /**
     * {@return where the events of an image go, in the order in which they are to be read, from one thread}
     *
     * @param number of the image; each from the header's first on has to come once
     */
    public Image image(int number) {
        if (number < header.firstImage() || number - header.firstImage() >= header.images()) {
            throw new IllegalArgumentException("image " + number + " of images " + header.firstImage() + " to "
                    + (header.firstImage() + header.images() - 1));
        }
        return new Image(number);
    }

    /** The events of an image. To be closed; without {@link #end} before that, the trace cannot be finished. */
    public final class Image implements Consumer<ChipEvent>, AutoCloseable {
        private final int number;
        private final ImageBlocks blocks;
        private boolean ended;

        private Image(int number) {
            this.number = number;
            this.blocks = new ImageBlocks(number, columns, sealed -> put(number, sealed));
        }

        /**
         * Takes an event; those of streams that the header does not have are left out.
         *
         * @param event of a layer that the header has
         */
        @Override
        public void accept(ChipEvent event) {
            if (header.streams().contains(event.stream())) {
                blocks.add(event);
            }
        }

        /** Takes a block of this image that another trace with the same layers has, of one of the streams that the header has. */
        void add(BlockBuilder.Sealed block) {
            blocks.add(block);
        }

        /** Says that the image is whole. */
        public void end() {
            blocks.sealAll();
            ended = true;
            endImage(number);
        }

        @Override
        public void close() {
            blocks.close();
            if (!ended) {
                abandon();
            }
        }
    }

    private synchronized void put(int image, BlockBuilder.Sealed block) {
        if (image != turn) {
            Waiting held = waiting.computeIfAbsent(image, _ -> new Waiting());
            while (image != turn && held.bytes > MOST_HELD_BYTES && !abandoned) {
                await();
            }
            if (image != turn) {
                held.blocks.add(block);
                held.bytes += block.bytes().length;
                return;
            }
        }
        write(block);
    }

    private void await() {
        try {
            wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            abandoned = true;
        }
    }

    private synchronized void endImage(int image) {
        if (image != turn) {
            waiting.computeIfAbsent(image, _ -> new Waiting()).ended = true;
            return;
        }
        boolean whole = true;
        while (whole) {
            turn++;
            Waiting next = waiting.remove(turn);
            whole = next != null && next.ended;
            if (next != null) {
                next.blocks.forEach(this::write);
            }
        }
        notifyAll();
    }

    private synchronized void abandon() {
        abandoned = true;
        notifyAll();
    }

    private void write(BlockBuilder.Sealed block) {
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

    /**
     * Writes the index and gives the file its name.
     *
     * @throws IllegalStateException if images are missing
     * @throws DataException if it cannot be written
     */
    public synchronized void finish() {
        if (turn != header.firstImage() + header.images()) {
            throw new IllegalStateException("image " + turn + " has not been written");
        }
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
