package metronome.core.network;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import metronome.core.io.DataException;
import metronome.core.json.JsonParser;
import metronome.core.json.JsonWriter;
import metronome.core.safetensors.Safetensors;
import metronome.core.tensor.Tensor;

/**
 * Networks as safetensors files of 32-bit floats: tensors NODE.weight and NODE.bias as PyTorch names them, and the graph
 * as JSON in the metadata under {@value #GRAPH}. The same network is always written to the same bytes. docs/formats.md
 * has the details.
 */
public final class NetworkFile {
    /** The metadata key that holds the graph. */
    public static final String GRAPH = "metronome.graph";
    /** The metadata key that holds the graph of what is computed in numbers before a network, where there is such a part. */
    public static final String FRONT = "metronome.front";

    private NetworkFile() {
    }

    /**
     * Writes a network; the file appears whole or not at all.
     *
     * @param file the destination
     * @param network what to write
     * @throws DataException if the file cannot be written
     */
    public static void write(Path file, Network network) {
        container(network).write(file);
    }

    /**
     * {@return the bytes that {@link #write} writes}
     *
     * @param network what to write
     */
    public static byte[] bytes(Network network) {
        return container(network).bytes();
    }

    /**
     * {@return the network in a file}
     *
     * @param file a safetensors file whose metadata has a graph
     * @throws DataException naming file and place if the file cannot be read, is damaged, or its tensors do not fit its
     *     graph
     */
    public static Network read(Path file) {
        return named(file.toString(), Safetensors.read(file));
    }

    /**
     * {@return the network in a file's bytes}
     *
     * @param bytes a whole safetensors file
     * @param name of the file, for messages
     * @throws DataException as {@link #read} does
     */
    public static Network parse(byte[] bytes, String name) {
        Safetensors container;
        try {
            container = Safetensors.parse(bytes);
        } catch (DataException e) {
            throw e.in(name);
        }
        return named(name, container);
    }

    private static Network named(String name, Safetensors container) {
        try {
            return network(container);
        } catch (IllegalArgumentException e) {
            throw new DataException(name + ": " + e.getMessage(), e);
        } catch (DataException e) {
            throw e.in(name);
        }
    }

    /**
     * {@return what {@link #write} writes, before it is bytes}
     *
     * @param network any
     */
    public static Safetensors container(Network network) {
        SequencedMap<String, String> metadata = new LinkedHashMap<>();
        metadata.put("format", "pt");
        metadata.put(GRAPH, JsonWriter.compact(GraphJson.write(network)));
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
        GraphJson.tensors(network, tensors);
        return new Safetensors(tensors, metadata);
    }

    /**
     * {@return the network in a container}
     *
     * @param container whose metadata has a graph
     * @throws DataException naming the place if its tensors do not fit its graph
     * @throws IllegalArgumentException if the graph is none
     */
    public static Network network(Safetensors container) {
        if (container.metadata().containsKey(FRONT)) {
            throw new DataException("header: has \"" + FRONT + "\", a part that is computed in numbers before there are spikes; "
                    + "evaluate takes such a network");
        }
        String graph = container.metadata().get(GRAPH);
        if (graph == null) {
            throw new DataException("header: no \"" + GRAPH + "\" in __metadata__, expected the network's graph");
        }
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>(container.tensors());
        tensors.forEach(NetworkFile::requireFinite);
        Network network;
        try {
            network = GraphJson.read(JsonParser.parse(graph), tensors);
        } catch (DataException e) {
            throw e.in(GRAPH);
        }
        if (!tensors.isEmpty()) {
            throw new DataException("tensor " + tensors.firstEntry().getKey() + ": no node of the graph uses it");
        }
        return network;
    }

    private static void requireFinite(String name, Tensor tensor) {
        for (int i = 0; i < tensor.size(); i++) {
            if (!Float.isFinite(tensor.data()[i])) {
                throw new DataException("tensor " + name + ": element " + i + " is " + tensor.data()[i]
                        + ", expected a finite number");
            }
        }
    }
}
