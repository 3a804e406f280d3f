package metronome.traces.workload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import metronome.core.network.Shape;
import metronome.core.spiking.SpikeTrain;

/** Writes archives of arrays of bytes, for tests. */
public final class Arrays01 {
    private Arrays01() {
    }

    /** {@return an array of bytes} */
    public static byte[] npy(String shape, byte... elements) {
        String header = "{'descr': '|u1', 'fortran_order': False, 'shape': " + shape + ", }";
        byte[] text = (header + " ".repeat(117 - header.length()) + "\n").getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(10 + text.length + elements.length).order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) text.length).put(text).put(elements).array();
    }

    /** A train as [steps, channels, height, width], or, flat, as [steps, neurons]. */
    static byte[] npy(SpikeTrain train, Shape shape, boolean flat) {
        byte[] elements = new byte[train.neurons().length * shape.size()];
        for (int k = 0; k < train.neurons().length; k++) {
            for (int neuron : train.neurons()[k]) {
                elements[k * shape.size() + neuron] = 1;
            }
        }
        String extents = flat ? shape.size() + ")" : shape.channels() + ", " + shape.height() + ", " + shape.width() + ")";
        return npy("(" + train.neurons().length + ", " + extents, elements);
    }

    /** {@return an archive of arrays by name} */
    public static Path zip(Path file, Map<String, byte[]> arrays) {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> array : arrays.entrySet()) {
                zip.putNextEntry(new ZipEntry(array.getKey() + ".npy"));
                zip.write(array.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }
}
