package metronome.core.calibration;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import metronome.core.io.DataException;
import metronome.core.network.Network;
import metronome.core.network.NetworkFile;
import metronome.core.safetensors.Safetensors;
import metronome.core.tensor.Tensor;

/**
 * A network with what is computed before it, as one safetensors file: the body as {@link NetworkFile} has it, the front's graph under
 * {@value NetworkFile#FRONT} and its tensors behind {@value #PREFIX}. Without a front it is a network's file.
 */
public final class PreparedFile {
    private static final String PREFIX = "front:";

    private PreparedFile() {
    }

    /**
     * Writes a network; the file appears whole or not at all.
     *
     * @param file the destination
     * @param prepared what to write; its unit is not kept, since its weights know it
     * @throws DataException if the file cannot be written
     */
    public static void write(Path file, Prepared prepared) {
        container(prepared).write(file);
    }

    /**
     * {@return the bytes that {@link #write} writes}
     *
     * @param prepared what to write
     */
    public static byte[] bytes(Prepared prepared) {
        return container(prepared).bytes();
    }

    private static Safetensors container(Prepared prepared) {
        Safetensors body = NetworkFile.container(prepared.body());
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>(body.tensors());
        SequencedMap<String, String> metadata = new LinkedHashMap<>(body.metadata());
        prepared.front().map(NetworkFile::container).ifPresent(front -> {
            metadata.put(NetworkFile.FRONT, front.metadata().get(NetworkFile.GRAPH));
            front.tensors().forEach((name, tensor) -> tensors.put(PREFIX + name, tensor));
        });
        return new Safetensors(tensors, metadata);
    }

    /**
     * {@return the network in a file, with unit 1}
     *
     * @param file a network's, with or without a front
     * @throws DataException naming file and place if it cannot be read, is damaged, or its parts do not fit each other
     */
    public static Prepared read(Path file) {
        Safetensors whole = Safetensors.read(file);
        try {
            return parts(whole);
        } catch (IllegalArgumentException e) {
            throw new DataException(file + ": " + e.getMessage(), e);
        } catch (DataException e) {
            throw e.in(file.toString());
        }
    }

    private static Prepared parts(Safetensors whole) {
        Optional<String> graph = Optional.ofNullable(whole.metadata().get(NetworkFile.FRONT));
        if (graph.isEmpty()) {
            return new Prepared(Optional.empty(), NetworkFile.network(whole), 1);
        }
        Network front = NetworkFile.network(new Safetensors(tensors(whole, true), metadata(graph.get())));
        Network body = NetworkFile.network(new Safetensors(tensors(whole, false),
                metadata(whole.metadata().getOrDefault(NetworkFile.GRAPH, ""))));
        if (!front.output().equals(body.input())) {
            throw new DataException(NetworkFile.FRONT + ": its output is " + front.output() + ", expected the network's input, "
                    + body.input());
        }
        return new Prepared(Optional.of(front), body, 1);
    }

    private static SequencedMap<String, Tensor> tensors(Safetensors whole, boolean ofFront) {
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
        whole.tensors().forEach((name, tensor) -> {
            if (name.startsWith(PREFIX) == ofFront) {
                tensors.put(ofFront ? name.substring(PREFIX.length()) : name, tensor);
            }
        });
        return tensors;
    }

    private static SequencedMap<String, String> metadata(String graph) {
        return new LinkedHashMap<>(java.util.Map.of(NetworkFile.GRAPH, graph));
    }
}
