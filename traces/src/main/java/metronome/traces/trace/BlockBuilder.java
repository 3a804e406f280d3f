package metronome.traces.trace;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.Deflater;
import metronome.hwmodel.probe.ChipEvent;
import metronome.hwmodel.probe.EventStream;

/** Collects the events of a block. */
final class BlockBuilder {
    private static final int FEW = 256;

    private final EventStream stream;
    private final int image;
    private final EventColumns columns;
    private final long[][] values;
    private final long[] row;
    private int events;
    private int firstLayer;
    private int lastLayer;
    private long firstCycle;
    private long lastCycle;

    BlockBuilder(EventStream stream, int image, EventColumns columns) {
        this.stream = stream;
        this.image = image;
        this.columns = columns;
        this.values = new long[EventColumns.of(stream).length()][FEW];
        this.row = new long[values.length];
        clear();
    }

    /** A whole block. */
    record Sealed(BlockLayout.Entry entry, byte[] bytes) {
    }

    private void clear() {
        events = 0;
        firstLayer = Integer.MAX_VALUE;
        lastLayer = 0;
        firstCycle = Long.MAX_VALUE;
        lastCycle = 0;
    }

    boolean empty() {
        return events == 0;
    }

    boolean full() {
        return events == BlockLayout.MOST_EVENTS;
    }

    void add(ChipEvent event) {
        if (events == values[0].length) {
            Arrays.setAll(values, c -> Arrays.copyOf(values[c], 2 * events));
        }
        columns.put(event, row);
        for (int c = 0; c < row.length; c++) {
            values[c][events] = row[c];
        }
        events++;
        firstLayer = Math.min(firstLayer, event.layer());
        lastLayer = Math.max(lastLayer, event.layer());
        firstCycle = Math.min(firstCycle, event.cycle());
        lastCycle = Math.max(lastCycle, last(event));
    }

    /** The last cycle of an event. */
    static long last(ChipEvent event) {
        return switch (event) {
            case ChipEvent.StallRun run -> run.cycle() + run.cycles() - 1;
            case ChipEvent.Actions actions -> actions.cycle() + actions.cycles() - 1;
            default -> event.cycle();
        };
    }

    /** The block of the events so far; those that follow come into another. */
    Sealed seal(Packing packing, Deflater deflater) {
        String kinds = EventColumns.of(stream);
        packing.clear();
        for (int c = 0; c < values.length; c++) {
            packing.put(values[c], events, kinds.charAt(c) == 'd');
        }
        byte[] bytes = new byte[BlockLayout.BLOCK_FRAME_BYTES + Packing.bound(packing.size())];
        int packed = packing.deflate(deflater, bytes, BlockLayout.BLOCK_HEADER_BYTES);
        int size = BlockLayout.BLOCK_FRAME_BYTES + packed;
        var entry = new BlockLayout.Entry(new TraceBlock(0, size, stream, image, events, firstLayer, lastLayer, firstCycle,
                lastCycle), packing.size());
        ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(BlockLayout.BLOCK);
        BlockLayout.putFields(out, entry);
        BlockLayout.putChecksum(out, 0);
        out.position(BlockLayout.BLOCK_HEADER_BYTES + packed);
        BlockLayout.putChecksum(out, BlockLayout.BLOCK_HEADER_BYTES);
        clear();
        return new Sealed(entry, Arrays.copyOf(bytes, size));
    }
}
