package metronome.core.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import metronome.core.io.DataException;
import metronome.core.json.Json;
import metronome.core.json.JsonParser;
import metronome.core.json.JsonWriter;
import metronome.core.json.ObjectReader;
import metronome.core.network.Network;
import metronome.core.network.NetworkFile;
import metronome.core.safetensors.Safetensors;
import metronome.core.tensor.Tensor;

/**
 * A training after some epochs, all that it needs to go on to the same bits: as a file, a network with a tensor
 * {@code velocity.N} for each array that is learned, in their order, and under the metadata key {@value #KEY} the epochs
 * that are over and what is trained how on what.
 *
 * @param identity of the training: a hash of its first network, its settings and its samples
 * @param epochs how many are over
 * @param network as it is then
 * @param velocities of every array that is learned
 */
record Checkpoint(String identity, int epochs, Network network, List<float[]> velocities) {
    private static final String KEY = "metronome.checkpoint";
    private static final String VELOCITY = "velocity.";

    Safetensors container() {
        Safetensors plain = NetworkFile.container(network);
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>(plain.tensors());
        for (int i = 0; i < velocities.size(); i++) {
            tensors.put(VELOCITY + i, Tensor.of(velocities.get(i), velocities.get(i).length));
        }
        SequencedMap<String, String> metadata = new LinkedHashMap<>(plain.metadata());
        metadata.put(KEY, JsonWriter.compact(Json.object().put("identity", identity).put("epochs", epochs).build()));
        return new Safetensors(tensors, metadata);
    }

    static Checkpoint of(Safetensors container) {
        String text = container.metadata().get(KEY);
        if (text == null) {
            throw new DataException("no checkpoint: the metadata has no key " + KEY);
        }
        ObjectReader json = ObjectReader.of(JsonParser.parse(text), "");
        String identity = json.string("identity");
        int epochs = (int) json.integer("epochs", 0, Integer.MAX_VALUE);
        json.end();
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>(container.tensors());
        List<float[]> velocities = new ArrayList<>();
        for (Tensor next = tensors.remove(VELOCITY + 0); next != null; next = tensors.remove(VELOCITY + velocities.size())) {
            velocities.add(next.data());
        }
        return new Checkpoint(identity, epochs, NetworkFile.network(new Safetensors(tensors, container.metadata())),
                velocities);
    }
}
