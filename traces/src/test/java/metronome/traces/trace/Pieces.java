package metronome.traces.trace;

import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/** A file that gives at most three bytes at a time, at places that are asked for, and may be shorter than it says. */
final class Pieces extends FileChannel {
    private static final int MOST = 3;

    private final byte[] bytes;
    private final long said;
    private boolean ended;

    Pieces(byte[] bytes, long said) {
        this.bytes = bytes;
        this.said = said;
    }

    @Override
    public int read(ByteBuffer to, long offset) {
        int count = (int) Math.min(Math.min(MOST, to.remaining()), bytes.length - offset);
        if (count <= 0) {
            if (ended) {
                throw new IllegalStateException("read again behind the end");
            }
            ended = true;
            return -1;
        }
        to.put(bytes, (int) offset, count);
        return count;
    }

    @Override
    public long size() {
        return said;
    }

    @Override
    protected void implCloseChannel() {
        // There is nothing to be given back.
    }

    private static UnsupportedOperationException unasked() {
        return new UnsupportedOperationException("frames are read at places");
    }

    @Override
    public int read(ByteBuffer to) {
        throw unasked();
    }

    @Override
    public long read(ByteBuffer[] to, int from, int length) {
        throw unasked();
    }

    @Override
    public int write(ByteBuffer from) {
        throw unasked();
    }

    @Override
    public long write(ByteBuffer[] from, int first, int length) {
        throw unasked();
    }

    @Override
    public int write(ByteBuffer from, long offset) {
        throw unasked();
    }

    @Override
    public long position() {
        throw unasked();
    }

    @Override
    public FileChannel position(long to) {
        throw unasked();
    }

    @Override
    public FileChannel truncate(long to) {
        throw unasked();
    }

    @Override
    public void force(boolean all) {
        throw unasked();
    }

    @Override
    public long transferTo(long from, long count, WritableByteChannel to) {
        throw unasked();
    }

    @Override
    public long transferFrom(ReadableByteChannel from, long at, long count) {
        throw unasked();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long from, long length) {
        throw unasked();
    }

    @Override
    public FileLock lock(long from, long length, boolean shared) {
        throw unasked();
    }

    @Override
    public FileLock tryLock(long from, long length, boolean shared) {
        throw unasked();
    }
}
