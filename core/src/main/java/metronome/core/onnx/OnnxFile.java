package metronome.core.onnx;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import metronome.core.io.AtomicFile;
import metronome.core.io.DataException;
import metronome.core.io.MappedFile;
import metronome.core.network.Shape;
import metronome.core.protobuf.MessageReader;

/** ONNX files, opset 8 to 21, as networks. docs/formats.md has the operators and what is supported of each. */
public final class OnnxFile {
    private OnnxFile() {
    }

    /**
     * {@return the network in a file}
     *
     * @param file to read; the network is called like it, without what follows the last dot
     * @param images shape of the images, needed only where the graph's input is flat and the order of its elements is to be
     *     told: channels, rows, columns
     * @throws DataException naming file, node and reason if it cannot be read, is damaged, or has something that is not
     *     supported
     */
    public static OnnxImport read(Path file, Optional<Shape> images) {
        try (Arena arena = Arena.ofConfined()) {
            String name = file.getFileName().toString();
            int dot = name.lastIndexOf('.');
            return imported(MappedFile.of(file, arena), dot > 0 ? name.substring(0, dot) : name, images);
        } catch (IOException e) {
            throw AtomicFile.unreadable(file, e);
        } catch (DataException e) {
            throw e.in(file.toString());
        }
    }

    /**
     * {@return the network in a file's bytes}
     *
     * @param bytes a whole file
     * @param name of the network
     * @param images as for {@link #read}
     * @throws DataException as {@link #read} does, without the file's name
     */
    public static OnnxImport parse(byte[] bytes, String name, Optional<Shape> images) {
        return imported(MemorySegment.ofArray(bytes), name, images);
    }

    private static OnnxImport imported(MemorySegment bytes, String name, Optional<Shape> images) {
        try {
            return Lowering.lower(Model.read(MessageReader.of(bytes)), bytes.byteSize(), name, images);
        } catch (IllegalArgumentException e) {
            throw new DataException(e.getMessage(), e);
        }
    }

    /** {@return the operators that are understood} */
    public static List<String> operators() {
        return Rules.operators();
    }
}
