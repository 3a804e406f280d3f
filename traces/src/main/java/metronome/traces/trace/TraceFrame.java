package metronome.traces.trace;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;
import metronome.core.io.DataException;

/** The frame of a trace file: its header, and where its blocks are, by the footer or, where that is missing, by the blocks. */
final class TraceFrame {
    /** A whole number of entries of the index. */
    private static final int PIECE_BYTES = BlockLayout.INDEX_ENTRY_BYTES << 10;

    private final FileChannel channel;
    private final long size;
    private BlockIndex blocks = new BlockIndex(0, 0);
    private long blocksFrom;

    TraceFrame(FileChannel channel) throws IOException {
        this.channel = channel;
        this.size = channel.size();
    }

    /** Fills a buffer from an offset on. */
    static void read(FileChannel channel, ByteBuffer to, long offset) throws IOException {
        while (to.hasRemaining()) {
            if (channel.read(to, offset + to.position()) < 0) {
                throw new EOFException("the file has become shorter");
            }
        }
        to.flip();
    }

    static DataException damaged(long offset, String what) {
        return new DataException("damaged at byte " + offset + ": " + what);
    }

    private ByteBuffer read(long offset, int bytes) throws IOException {
        ByteBuffer buffer = BlockLayout.buffer(bytes);
        read(channel, buffer, offset);
        return buffer;
    }

    /** The header; to be read first. */
    HeaderJson.Read header() throws IOException {
        ByteBuffer prefix = read(0, (int) Math.min(size, BlockLayout.PREFIX_BYTES));
        byte[] magic = new byte[Math.min(prefix.limit(), BlockLayout.MAGIC.length)];
        prefix.get(magic);
        if (!Arrays.equals(magic, Arrays.copyOf(BlockLayout.MAGIC, magic.length))) {
            throw new DataException("not a trace: it does not begin with METROTRC");
        }
        if (size < BlockLayout.PREFIX_BYTES) {
            throw new DataException("not a whole trace: " + size + " bytes are less than its header");
        }
        int version = prefix.getInt();
        if (version != BlockLayout.VERSION) {
            throw new DataException("a trace of version " + version + ", this metronome reads version " + BlockLayout.VERSION);
        }
        return header(prefix.getInt());
    }

    private HeaderJson.Read header(int length) throws IOException {
        if (length < 0 || length > BlockLayout.MOST_HEADER_BYTES) {
            throw damaged(12, "a header of " + length + " bytes, expected at most " + BlockLayout.MOST_HEADER_BYTES);
        }
        blocksFrom = BlockLayout.PREFIX_BYTES + (long) length + BlockLayout.CRC_BYTES;
        if (blocksFrom > size) {
            throw new DataException("not a whole trace: " + size + " bytes are less than its header of " + blocksFrom);
        }
        ByteBuffer all = read(0, (int) blocksFrom);
        int end = (int) blocksFrom - BlockLayout.CRC_BYTES;
        if (all.getInt(end) != BlockLayout.checksum(all.array(), 0, end)) {
            throw damaged(0, "wrong checksum of the header");
        }
        return HeaderJson.read(new String(all.array(), BlockLayout.PREFIX_BYTES, length, StandardCharsets.UTF_8));
    }

    /** The blocks that {@link #index} has found. */
    BlockIndex blocks() {
        return blocks;
    }

    /** Finds the blocks; returns where the file was cut short, if it was. */
    Optional<String> index(Vocabulary words) throws IOException {
        if (size >= blocksFrom + BlockLayout.FOOTER_FRAME_BYTES + BlockLayout.TRAILER_BYTES) {
            ByteBuffer trailer = read(size - BlockLayout.TRAILER_BYTES, BlockLayout.TRAILER_BYTES);
            long footer = trailer.getLong();
            byte[] magic = new byte[BlockLayout.END.length];
            trailer.get(magic);
            if (Arrays.equals(magic, BlockLayout.END)) {
                footer(footer, words);
                return Optional.empty();
            }
        }
        return scan(words);
    }

    private void footer(long offset, Vocabulary words) throws IOException {
        long length = size - BlockLayout.TRAILER_BYTES - offset;
        if (offset < blocksFrom || length < BlockLayout.FOOTER_FRAME_BYTES
                || (length - BlockLayout.FOOTER_FRAME_BYTES) % BlockLayout.INDEX_ENTRY_BYTES != 0) {
            throw damaged(size - BlockLayout.TRAILER_BYTES, "the footer cannot begin at byte " + offset);
        }
        ByteBuffer in = read(offset, Integer.BYTES + Integer.BYTES);
        int tag = in.getInt();
        int count = in.getInt();
        long end = offset + length - BlockLayout.CRC_BYTES;
        if (tag != BlockLayout.FOOTER || read(end, BlockLayout.CRC_BYTES).getInt() != checksum(offset, end)) {
            throw damaged(offset, "wrong tag or checksum of the footer");
        }
        if (count != (length - BlockLayout.FOOTER_FRAME_BYTES) / BlockLayout.INDEX_ENTRY_BYTES) {
            throw damaged(offset, "the footer names " + count + " blocks and has room for others");
        }
        blocks = new BlockIndex(blocksFrom, count);
        entries(offset + in.limit(), count, words);
        if (blocks.end() != offset) {
            throw damaged(offset, "the blocks of the index end at byte " + blocks.end());
        }
    }

    private int checksum(long from, long to) throws IOException {
        CRC32C crc = new CRC32C();
        for (long at = from; at < to; at += PIECE_BYTES) {
            crc.update(read(at, (int) Math.min(PIECE_BYTES, to - at)));
        }
        return (int) crc.getValue();
    }

    private void entries(long from, int count, Vocabulary words) throws IOException {
        long end = from + (long) count * BlockLayout.INDEX_ENTRY_BYTES;
        for (long at = from; at < end; at += PIECE_BYTES) {
            ByteBuffer in = read(at, (int) Math.min(PIECE_BYTES, end - at));
            while (in.hasRemaining()) {
                add(BlockLayout.takeFields(advance(in, blocks.end()), words, blocks.end()));
            }
        }
    }

    private void add(BlockLayout.Entry entry) {
        if (entry.block().image() < blocks.lastImage()) {
            throw damaged(blocks.end(), "a block of image " + entry.block().image() + " behind one of image " + blocks.lastImage());
        }
        blocks.add(entry);
    }

    private static ByteBuffer advance(ByteBuffer in, long expected) {
        long offset = in.getLong();
        if (offset != expected) {
            throw damaged(offset, "the index has a block there, expected one at byte " + expected);
        }
        return in;
    }

    /** Goes from block to block. */
    private Optional<String> scan(Vocabulary words) throws IOException {
        blocks = new BlockIndex(blocksFrom, 0);
        long at = blocksFrom;
        while (size - at >= BlockLayout.BLOCK_HEADER_BYTES) {
            byte[] bytes = read(at, BlockLayout.BLOCK_HEADER_BYTES).array();
            if (tag(bytes) == BlockLayout.FOOTER) {
                return Optional.of(cutInFooter(at));
            }
            BlockLayout.Entry entry = blockHeader(bytes, words, at);
            if (entry.block().bytes() > size - at) {
                return Optional.of(cutAt("block " + blocks.size(), at));
            }
            add(entry);
            at += entry.block().bytes();
        }
        if (size - at >= 4 && tag(read(at, 4).array()) == BlockLayout.FOOTER) {
            return Optional.of(cutInFooter(at));
        }
        return Optional.of(cutAt("block " + blocks.size(), at));
    }

    private String cutInFooter(long at) throws IOException {
        long expected = BlockLayout.FOOTER_FRAME_BYTES + (long) BlockLayout.INDEX_ENTRY_BYTES * blocks.size()
                + BlockLayout.TRAILER_BYTES;
        if (size - at >= expected) {
            throw damaged(at, "a footer and what follows take " + (size - at) + " bytes" + (size - at == expected
                    ? ", the last of which are not METROEND" : ", expected " + expected));
        }
        return cutAt("the index", at);
    }

    private String cutAt(String where, long at) {
        return "cut short in " + where + ", which begins at byte " + at + " of " + size;
    }

    private static int tag(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }

    /** The fields of a block that begins with such bytes. */
    static BlockLayout.Entry blockHeader(byte[] bytes, Vocabulary words, long offset) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int end = BlockLayout.BLOCK_HEADER_BYTES - BlockLayout.CRC_BYTES;
        if (in.getInt() != BlockLayout.BLOCK || in.getInt(end) != BlockLayout.checksum(bytes, 0, end)) {
            throw damaged(offset, "expected a block, found a wrong tag or checksum");
        }
        return BlockLayout.takeFields(in, words, offset);
    }
}
