package metronome.traces.trace;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import metronome.core.io.DataException;

/** Where the fields of header, blocks and footer lie (docs/formats.md), version 1. */
final class BlockLayout {
    static final byte[] MAGIC = "METROTRC".getBytes(StandardCharsets.US_ASCII);
    static final byte[] END = "METROEND".getBytes(StandardCharsets.US_ASCII);
    static final int VERSION = 1;
    static final int CRC_BYTES = 4;
    /** Magic, version, length of the header's JSON. */
    static final int PREFIX_BYTES = 16;
    static final int MOST_HEADER_BYTES = 1 << 24;
    static final int BLOCK = tag("BLOC");
    static final int FOOTER = tag("FOOT");
    /** Stream to unpacked length. */
    private static final int FIELD_BYTES = 44;
    static final int BLOCK_HEADER_BYTES = 4 + FIELD_BYTES + CRC_BYTES;
    /** What is not payload in a block. */
    static final int BLOCK_FRAME_BYTES = BLOCK_HEADER_BYTES + CRC_BYTES;
    static final int INDEX_ENTRY_BYTES = 8 + FIELD_BYTES;
    /** What a footer has besides its entries, without the trailer. */
    static final int FOOTER_FRAME_BYTES = 4 + 4 + CRC_BYTES;
    static final int TRAILER_BYTES = 8 + 8;
    /** Blocks are sealed at the latest when they have so many events. */
    static final int MOST_EVENTS = 1 << 16;
    /** A column takes ten bytes a number at most, and there are at most six. */
    private static final int MOST_PAYLOAD_BYTES = 64 * MOST_EVENTS;

    private BlockLayout() {
    }

    /** A block and the size of what is in it. */
    record Entry(TraceBlock block, int unpacked) {
        int packed() {
            return block.bytes() - BLOCK_FRAME_BYTES;
        }
    }

    private static int tag(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }

    static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    static int checksum(byte[] bytes, int from, int to) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, to - from);
        return (int) crc.getValue();
    }

    /** Appends the checksum of what lies between a position and here. */
    static void putChecksum(ByteBuffer out, int from) {
        out.putInt(checksum(out.array(), from, out.position()));
    }

    static void putFields(ByteBuffer out, Entry entry) {
        TraceBlock b = entry.block();
        out.putInt(Vocabulary.CURRENT.streams().constants().indexOf(b.stream())).putInt(b.image()).putInt(b.events())
                .putInt(b.firstLayer()).putInt(b.lastLayer()).putLong(b.firstCycle()).putLong(b.lastCycle())
                .putInt(entry.packed()).putInt(entry.unpacked());
    }

    static Entry takeFields(ByteBuffer in, Vocabulary words, long offset) {
        var stream = words.streams().of(in.getInt());
        int image = in.getInt();
        int events = in.getInt();
        int firstLayer = in.getInt();
        int lastLayer = in.getInt();
        long firstCycle = in.getLong();
        long lastCycle = in.getLong();
        int packed = in.getInt();
        int unpacked = in.getInt();
        if (firstLayer < 0 || firstLayer > lastLayer) {
            throw new DataException("damaged: the block at byte " + offset + " has layers " + firstLayer + " to " + lastLayer);
        }
        if (image < 0 || events < 1 || events > MOST_EVENTS || packed < 1 || packed > MOST_PAYLOAD_BYTES || unpacked < 1
                || unpacked > MOST_PAYLOAD_BYTES) {
            throw new DataException("damaged: the block at byte " + offset + " has image " + image + ", " + events + " events, "
                    + packed + " bytes that become " + unpacked);
        }
        return new Entry(new TraceBlock(offset, packed + BLOCK_FRAME_BYTES, stream, image, events, firstLayer, lastLayer,
                firstCycle, lastCycle), unpacked);
    }
}
