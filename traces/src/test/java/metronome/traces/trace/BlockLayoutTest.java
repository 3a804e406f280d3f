package metronome.traces.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import metronome.core.io.DataException;
import metronome.hwmodel.probe.EventStream;
import org.junit.jupiter.api.Test;

/** Are the fields of a block taken at both ends of their ranges, and refused one further, before anything is made of their size? */
class BlockLayoutTest {
    private static final int MOST_BYTES = 1 << 22;

    private static ByteBuffer fields(int stream, int image, int events, int firstLayer, int lastLayer, int packed, int unpacked) {
        return BlockLayout.buffer(44).putInt(stream).putInt(image).putInt(events).putInt(firstLayer).putInt(lastLayer).putLong(-5).putLong(1L << 62)
                .putInt(packed).putInt(unpacked).flip();
    }

    private static BlockLayout.Entry take(ByteBuffer fields) {
        return BlockLayout.takeFields(fields, Vocabulary.CURRENT, 1000);
    }

    private static void taken(int image, int events, int firstLayer, int lastLayer, int packed, int unpacked) {
        BlockLayout.Entry expected = new BlockLayout.Entry(new TraceBlock(1000, packed + 56, EventStream.DRAM, image, events, firstLayer, lastLayer,
                -5, 1L << 62), unpacked);
        assertEquals(expected, take(fields(3, image, events, firstLayer, lastLayer, packed, unpacked)));
        assertEquals(packed, expected.packed());
        ByteBuffer put = BlockLayout.buffer(44);
        BlockLayout.putFields(put, expected);
        assertEquals(fields(3, image, events, firstLayer, lastLayer, packed, unpacked), put.flip());
    }

    private static void refused(String what, ByteBuffer fields) {
        assertEquals("damaged: the block at byte 1000 has " + what, assertThrows(DataException.class, () -> take(fields)).getMessage());
    }

    @Test
    void bothEndsAreTaken() {
        taken(0, 1, 0, 0, 1, 1);
        taken(Integer.MAX_VALUE, 65536, Integer.MAX_VALUE, Integer.MAX_VALUE, MOST_BYTES, MOST_BYTES);
        taken(7, 100, 2, 9, 300, 250);
    }

    @Test
    void whatIsBeyondIsRefused() {
        refused("image -1, 1 events, 1 bytes that become 1", fields(3, -1, 1, 0, 0, 1, 1));
        refused("image 0, 0 events, 1 bytes that become 1", fields(3, 0, 0, 0, 0, 1, 1));
        refused("image 0, 65537 events, 1 bytes that become 1", fields(3, 0, 65537, 0, 0, 1, 1));
        refused("image 0, 1 events, 0 bytes that become 1", fields(3, 0, 1, 0, 0, 0, 1));
        refused("image 0, 1 events, 4194305 bytes that become 1", fields(3, 0, 1, 0, 0, MOST_BYTES + 1, 1));
        refused("image 0, 1 events, 1 bytes that become 0", fields(3, 0, 1, 0, 0, 1, 0));
        refused("image 0, 1 events, 1 bytes that become 4194305", fields(3, 0, 1, 0, 0, 1, MOST_BYTES + 1));
        refused("layers -1 to 0", fields(3, 0, 1, -1, 0, 1, 1));
        refused("layers 3 to 2", fields(3, 0, 1, 3, 2, 1, 1));
        assertEquals("streams has 6 words, an event names number 6", assertThrows(DataException.class, () -> take(fields(6, 0, 1, 0, 0, 1, 1))).getMessage());
    }
}
