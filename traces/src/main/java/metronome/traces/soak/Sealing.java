package metronome.traces.soak;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * Makes the checksums of a damaged trace right again (docs/formats.md), as far as lengths lead to them: what lies behind the
 * checksums is then soaked too.
 */
final class Sealing {
    private static final int HEADER_FRAME = 20;
    private static final int BLOCK_HEADER = 52;
    private static final int PAYLOAD_LENGTH_AT = 40;
    private static final int FOOTER_FRAME = 12;
    private static final int INDEX_ENTRY = 52;
    private static final int FOOTER_TAG = 'F' | 'O' << 8 | 'O' << 16 | 'T' << 24;

    private final ByteBuffer file;
    private int at;

    private Sealing(byte[] file) {
        this.file = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The same array, its checksums set. */
    static byte[] sealed(byte[] file) {
        Sealing sealing = new Sealing(file);
        if (file.length >= HEADER_FRAME && sealing.seal(HEADER_FRAME - 4 + (long) sealing.file.getInt(12))) {
            sealing.blocks();
        }
        return file;
    }

    private void blocks() {
        boolean more = true;
        while (more && file.capacity() - at >= BLOCK_HEADER) {
            if (file.getInt(at) == FOOTER_TAG) {
                more = false;
                seal(FOOTER_FRAME - 4 + (long) INDEX_ENTRY * file.getInt(at + 4));
            } else {
                long payload = file.getInt(at + PAYLOAD_LENGTH_AT);
                more = seal(BLOCK_HEADER - 4) && seal(payload);
            }
        }
    }

    /** Writes the checksum of so many bytes behind them and goes on behind that, if there is room. */
    private boolean seal(long bytes) {
        if (bytes < 0 || at + bytes + 4 > file.capacity()) {
            return false;
        }
        CRC32C crc = new CRC32C();
        crc.update(file.array(), at, (int) bytes);
        file.putInt(at + (int) bytes, (int) crc.getValue());
        at += (int) bytes + 4;
        return true;
    }
}
