package metronome.traces.trace;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
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

    private final TraceOutput out;
    private final TraceHeader header;
    private final EventColumns columns;
    private final Map<Integer, Waiting> waiting = new HashMap<>();
    /** The image whose blocks go straight into the file. */
    private int turn;
    private boolean abandoned;

    /** Blocks of an image whose turn has not come. */
    private static final class Waiting {
        private final Queue<BlockBuilder.Sealed> blocks = new ArrayDeque<>();
        private long bytes;
        private boolean ended;
    }

    private TraceWriter(TraceOutput out, TraceHeader header) {
        this.out = out;
        this.header = header;
        this.columns = new EventColumns(Vocabulary.CURRENT, header.spikes().layers());
        this.turn = header.firstImage();
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
        return new TraceWriter(TraceOutput.create(file, header), header);
    }

    /**
     * {@return what a trace is called while it is being written}
     *
     * @param file the destination
     * @throws DataException if it cannot become a file
     */
    public static Path part(Path file) {
        return TraceOutput.part(file);
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
        out.write(block);
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
                next.blocks.forEach(out::write);
            }
        }
        notifyAll();
    }

    private synchronized void abandon() {
        abandoned = true;
        notifyAll();
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
        out.finish();
    }

    /** Closes the file; without {@link #finish} before that, nothing is left of it. */
    @Override
    public void close() {
        out.close();
    }
}
