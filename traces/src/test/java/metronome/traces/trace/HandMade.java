package metronome.traces.trace;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.Deflater;
import metronome.hwmodel.probe.ChipEvent;

/** Whole traces, with their index, that have blocks and headers as {@link TraceWriter} does not write them: what is packed is not compressed. */
public final class HandMade {
    private HandMade() {
    }

    /** Events of one stream. */
    public record Block(int image, List<ChipEvent> events) {
    }

    public static void write(Path file, TraceHeader header, List<Block> blocks) throws IOException {
        write(file, header, UnaryOperator.identity(), blocks);
    }

    /** With a header of which something is changed. */
    public static void write(Path file, TraceHeader header, UnaryOperator<String> change, List<Block> blocks) throws IOException {
        byte[] json = change.apply(HeaderJson.write(header)).getBytes(StandardCharsets.UTF_8);
        ByteBuffer head = BlockLayout.buffer(BlockLayout.PREFIX_BYTES + json.length + BlockLayout.CRC_BYTES);
        BlockLayout.putChecksum(head.put(BlockLayout.MAGIC).putInt(BlockLayout.VERSION).putInt(json.length).put(json), 0);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(head.array());
        EventColumns columns = new EventColumns(Vocabulary.CURRENT, header.spikes().layers());
        ByteBuffer foot = BlockLayout.buffer(BlockLayout.FOOTER_FRAME_BYTES + blocks.size() * BlockLayout.INDEX_ENTRY_BYTES
                + BlockLayout.TRAILER_BYTES).putInt(BlockLayout.FOOTER).putInt(blocks.size());
        Deflater deflater = new Deflater(Deflater.NO_COMPRESSION, true);
        for (Block block : blocks) {
            BlockBuilder builder = new BlockBuilder(block.events().getFirst().stream(), block.image(), columns);
            block.events().forEach(builder::add);
            BlockBuilder.Sealed sealed = builder.seal(new Packing(), deflater);
            BlockLayout.putFields(foot.putLong(out.size()), sealed.entry());
            out.write(sealed.bytes());
        }
        deflater.end();
        BlockLayout.putChecksum(foot, 0);
        out.write(foot.putLong(out.size()).put(BlockLayout.END).array());
        Files.write(file, out.toByteArray());
    }
}
