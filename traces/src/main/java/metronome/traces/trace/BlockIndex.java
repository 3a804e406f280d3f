package metronome.traces.trace;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import metronome.hwmodel.probe.EventStream;

/** Where the blocks of a trace are, one behind the other, image by image; it takes 43 bytes of memory a block. */
final class BlockIndex {
    private static final EventStream[] STREAMS = EventStream.values();

    private int size;
    /** Where each begins, and behind the last one where that ends. */
    private long[] offsets;
    private long[] firstCycles;
    private long[] lastCycles;
    private int[] images;
    private int[] unpacked;
    private int[] firstLayers;
    private int[] lastLayers;
    /** One less than there are. */
    private char[] events;
    private byte[] streams;

    /**
     * Creates an index without blocks.
     *
     * @param from where the first one will begin
     * @param blocks for how many there is room at first
     */
    BlockIndex(long from, int blocks) {
        offsets = new long[blocks + 1];
        firstCycles = new long[blocks];
        lastCycles = new long[blocks];
        images = new int[blocks];
        unpacked = new int[blocks];
        firstLayers = new int[blocks];
        lastLayers = new int[blocks];
        events = new char[blocks];
        streams = new byte[blocks];
        offsets[0] = from;
    }

    private void grow() {
        int room = Math.addExact(size, size / 2 + 64);
        offsets = Arrays.copyOf(offsets, room + 1);
        firstCycles = Arrays.copyOf(firstCycles, room);
        lastCycles = Arrays.copyOf(lastCycles, room);
        images = Arrays.copyOf(images, room);
        unpacked = Arrays.copyOf(unpacked, room);
        firstLayers = Arrays.copyOf(firstLayers, room);
        lastLayers = Arrays.copyOf(lastLayers, room);
        events = Arrays.copyOf(events, room);
        streams = Arrays.copyOf(streams, room);
    }

    /** Adds what comes next in the file, wherever it says that it is. */
    void add(BlockLayout.Entry entry) {
        if (size == images.length) {
            grow();
        }
        TraceBlock b = entry.block();
        firstCycles[size] = b.firstCycle();
        lastCycles[size] = b.lastCycle();
        images[size] = b.image();
        unpacked[size] = entry.unpacked();
        firstLayers[size] = b.firstLayer();
        lastLayers[size] = b.lastLayer();
        events[size] = (char) (b.events() - 1);
        streams[size] = (byte) b.stream().ordinal();
        offsets[size + 1] = offsets[size] + b.bytes();
        size++;
    }

    int size() {
        return size;
    }

    /** Where the last block ends. */
    long end() {
        return offsets[size];
    }

    /** The image of the last block, or a number below all images. */
    int lastImage() {
        return size == 0 ? -1 : images[size - 1];
    }

    BlockLayout.Entry entry(int number) {
        return new BlockLayout.Entry(block(number), unpacked[number]);
    }

    /** The entry of a block; the number is negative where there is no such block. */
    int find(TraceBlock block) {
        int number = Arrays.binarySearch(offsets, 0, size, block.offset());
        return number >= 0 && block(number).equals(block) ? number : -1;
    }

    private TraceBlock block(int i) {
        return new TraceBlock(offsets[i], (int) (offsets[i + 1] - offsets[i]), STREAMS[streams[i]], images[i], events[i] + 1, firstLayers[i],
                lastLayers[i], firstCycles[i], lastCycles[i]);
    }

    /** All blocks, each made when it is asked for. */
    List<TraceBlock> blocks() {
        return new Blocks(0, size);
    }

    /** Those of an image. */
    List<TraceBlock> blocks(int image) {
        int from = firstFrom(image);
        return new Blocks(from, firstFrom(image + 1L) - from);
    }

    /** The first block of an image or one behind it. */
    private int firstFrom(long image) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (images[middle] < image) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Blocks that stand together. */
    private final class Blocks extends AbstractList<TraceBlock> implements RandomAccess {
        private final int from;
        private final int count;

        Blocks(int from, int count) {
            this.from = from;
            this.count = count;
        }

        @Override
        public TraceBlock get(int number) {
            return block(from + Objects.checkIndex(number, count));
        }

        @Override
        public int size() {
            return count;
        }
    }
}
