package metronome.traces.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import metronome.core.io.AtomicFile;
import metronome.core.io.DataException;
import metronome.core.network.Network;
import metronome.core.network.NetworkFile;
import metronome.core.network.Shape;
import metronome.core.numpy.NpzNetwork;
import metronome.core.onnx.OnnxFile;
import metronome.core.onnx.OnnxImport;

/** The files that {@code import} understands. */
enum ImportFormat {
    /** A model of opset 8 to 21; its first byte is the tag of the version that begins every such file. */
    ONNX(".onnx") {
        @Override
        boolean begins(byte[] head) {
            return head.length > 0 && head[0] == 8;
        }

        @Override
        Imported read(Path file, Optional<Shape> images, Optional<String> architecture) {
            OnnxImport model = OnnxFile.read(file, images);
            return new Imported(model.network(), model.remarks());
        }
    },
    /** A safetensors file whose metadata has the graph: a network of our own, which is checked. */
    SAFETENSORS(".safetensors") {
        @Override
        boolean begins(byte[] head) {
            return head.length == HEAD && head[HEAD - 1] == '{';
        }

        @Override
        Imported read(Path file, Optional<Shape> images, Optional<String> architecture) {
            return new Imported(NetworkFile.read(file), List.of());
        }
    },
    /** An archive of NumPy's arrays, whose architecture must be said. */
    NPZ(".npz") {
        @Override
        boolean begins(byte[] head) {
            return head.length > 3 && head[0] == 'P' && head[1] == 'K' && head[2] == 3 && head[3] == 4;
        }

        @Override
        Imported read(Path file, Optional<Shape> images, Optional<String> architecture) {
            String name = architecture.orElseThrow(() -> new UsageException(file + " holds only arrays: needs --architecture, one of "
                    + String.join(", ", NpzNetwork.ARCHITECTURES)));
            return new Imported(NpzNetwork.read(file, name), List.of());
        }
    };

    private static final int HEAD = 9;

    private final String ending;

    ImportFormat(String ending) {
        this.ending = ending;
    }

    /**
     * What was in a file.
     *
     * @param network with its weights
     * @param remarks what was left out, assumed, or put in another way
     */
    record Imported(Network network, List<String> remarks) {
    }

    /** {@return whether a file may begin so}
     *
     * @param head its first bytes
     */
    abstract boolean begins(byte[] head);

    /** {@return what is in a file}
     *
     * @param file of this format
     * @param images shape of the images where the file does not say it
     * @param architecture of the network where the file does not say it
     */
    abstract Imported read(Path file, Optional<Shape> images, Optional<String> architecture);

    /** {@return the format of a file, by the end of its name, or else by its first bytes}
     *
     * @param file to look at
     * @throws DataException if it is none of these
     */
    static ImportFormat of(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        byte[] head = head(file);
        return List.of(values()).stream().filter(f -> name.endsWith(f.ending)).findFirst()
                .or(() -> List.of(values()).stream().filter(f -> f.begins(head)).findFirst())
                .orElseThrow(() -> new DataException(file + ": neither by name nor by content one of "
                        + String.join(", ", List.of(values()).stream().map(f -> f.ending).toList())));
    }

    private static byte[] head(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(HEAD);
        } catch (IOException e) {
            throw AtomicFile.unreadable(file, e);
        }
    }
}
