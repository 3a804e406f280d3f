package metronome.core.spiking;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import metronome.core.io.DataException;
import metronome.core.json.Json;
import metronome.core.json.JsonWriter;
import metronome.core.json.ObjectBuilder;
import metronome.core.json.ObjectReader;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.safetensors.Safetensors;
import metronome.core.tensor.Tensor;

/**
 * A plain network as a safetensors file: a tensor {@code NAME.weight} of whole numbers for each layer, and under the metadata
 * key {@code metronome.plain} a JSON object with everything else. Every mode of the neurons is in the file; none is implied.
 */
public final class PlainFile {
    /** The metadata key of the description. */
    public static final String KEY = "metronome.plain";
    private static final int VERSION = 1;
    private static final int MOST_STEPS = 1000;
    private static final int MOST_SHIFT = 31;

    private PlainFile() {
    }

    /**
     * Writes a network; the same network gives the same bytes.
     *
     * @param network to write
     * @param file the destination, replaced as a whole
     * @throws DataException if it cannot be written
     */
    public static void write(PlainNetwork network, Path file) {
        toSafetensors(network).write(file);
    }

    /**
     * {@return the network of a file}
     *
     * @param file to read
     * @throws DataException if it cannot be read, is no safetensors file, or holds no sound plain network
     */
    public static PlainNetwork read(Path file) {
        return of(Safetensors.read(file), file);
    }

    /**
     * {@return the network of a file, if it is one of a plain network}
     *
     * @param file to read
     * @throws DataException if it cannot be read, is no safetensors file, or holds an unsound plain network
     */
    public static Optional<PlainNetwork> find(Path file) {
        Safetensors content = Safetensors.read(file);
        return content.metadata().containsKey(KEY) ? Optional.of(of(content, file)) : Optional.empty();
    }

    private static PlainNetwork of(Safetensors content, Path file) {
        try {
            return fromSafetensors(content);
        } catch (DataException e) {
            throw e.in(file.toString());
        }
    }

    static Safetensors toSafetensors(PlainNetwork network) {
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
        List<Json> layers = new ArrayList<>();
        for (PlainLayer layer : network.layers()) {
            layers.add(description(layer));
            tensors.put(layer.name() + ".weight", weights(layer));
        }
        Json description = Json.object().put("version", VERSION).put("name", network.name()).put("steps", network.lastStep())
                .put("weight_bits", network.weightBits()).put("potential_bits", network.potentialBits())
                .put("readout", ObjectReader.spelling(network.readout())).put("input", NetworkDescription.shape(network.input()))
                .put("layers", Json.array(layers)).build();
        return new Safetensors(tensors, new LinkedHashMap<>(Map.of(KEY, JsonWriter.compact(description))));
    }

    private static Json description(PlainLayer layer) {
        ObjectBuilder json = Json.object().put("name", layer.name()).put("channels", layer.neurons().channels())
                .put("window", NetworkDescription.window(layer.window())).put("shift", layer.shift());
        if (layer.bias().length > 0) {
            json.put("bias", Json.array(layer.bias()));
        }
        PlainNeuron n = layer.neuron();
        return json.put("neuron", Json.object().put("current", ObjectReader.spelling(n.current())).put("leak_order", ObjectReader.spelling(n.leakOrder())).put("leak", n.leak())
                .put("threshold", n.threshold()).put("strict", n.strict()).put("reset", ObjectReader.spelling(n.reset()))
                .put("reset_to", n.resetTo()).put("once", n.once())
                .put("comparison", ObjectReader.spelling(n.comparison())).put("delay", n.delay())
                .put("announces", n.announces()).put("waits", n.waits()).build()).build();
    }

    private static int[] extents(PlainLayer layer) {
        Window window = layer.window();
        return new int[] {layer.neurons().channels(), layer.sources().channels() / window.groups(), window.height(),
            window.width()};
    }

    private static Tensor weights(PlainLayer layer) {
        float[] values = new float[layer.weights().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = layer.weights().get(i);
        }
        return Tensor.of(values, extents(layer));
    }

    static PlainNetwork fromSafetensors(Safetensors content) {
        return NetworkDescription.read(content, KEY, "plain network", PlainFile::network);
    }

    private static PlainNetwork network(ObjectReader json, Safetensors content) {
        json.integer("version", VERSION, VERSION);
        Shape input = NetworkDescription.input(json);
        int weightBits = (int) json.integer("weight_bits", 2, 16);
        List<PlainLayer> layers = new ArrayList<>();
        for (ObjectReader layer : json.objects("layers")) {
            layers.add(layer(layer, layers.isEmpty() ? input : layers.getLast().output(), weightBits, content));
        }
        PlainNetwork network = new PlainNetwork(json.string("name"), (int) json.integer("steps", 0, MOST_STEPS), weightBits,
                (int) json.integer("potential_bits", 16, 32), json.constant("readout", PlainReadout.class), input, layers);
        json.end();
        List<String> tensors = layers.stream().map(layer -> layer.name() + ".weight").toList();
        if (tensors.size() != content.tensors().size() || !content.tensors().keySet().containsAll(tensors)) {
            throw new DataException("layers: tensors must be " + tensors + ", each of another name, are "
                    + content.tensors().keySet());
        }
        return network;
    }

    private static PlainLayer layer(ObjectReader json, Shape input, int weightBits, Safetensors content) {
        String name = json.string("name");
        int channels = (int) json.integer("channels", 1, Integer.MAX_VALUE / EventKind.KINDS);
        Window window = NetworkDescription.window(json);
        PlainNeuron neuron = neuron(json.object("neuron"));
        Shape sources = PlainLayer.neurons(input, neuron.waits());
        Shape output = PlainLayer.sent(window.output(sources, channels), neuron.announces());
        Tensor weights = content.tensor(name + ".weight", channels, sources.channels() / window.groups(), window.height(),
                window.width());
        int shift = (int) json.integer("shift", 0, MOST_SHIFT);
        int[] bias = json.optional("bias").isEmpty() ? new int[0] : ints(json.integers("bias", Integer.MIN_VALUE,
                Integer.MAX_VALUE));
        PlainLayer layer = new PlainLayer(name, input, output, window, whole(name, weights, weightBits), bias, shift,
                neuron);
        json.end();
        return layer;
    }

    private static int[] ints(long[] values) {
        return java.util.Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
    }

    private static FixedWeights whole(String layer, Tensor weights, int bits) {
        int most = (1 << bits - 1) - 1;
        float[] values = weights.data();
        int[] whole = new int[values.length];
        for (int i = 0; i < whole.length; i++) {
            whole[i] = (int) values[i];
            if (whole[i] != values[i] || whole[i] > most || whole[i] < -most - 1) {
                throw new DataException("layer " + layer + ": weights must be whole numbers in [" + (-most - 1) + ", " + most
                        + "] (weight_bits): " + values[i]);
            }
        }
        return FixedWeights.of(whole);
    }

    private static PlainNeuron neuron(ObjectReader json) {
        PlainNeuron neuron = new PlainNeuron(json.constant("current", PlainNeuron.Current.class), json.constant("leak_order", PlainNeuron.LeakOrder.class),
                (int) json.integer("leak", 0, 65535), (int) json.integer("threshold", Integer.MIN_VALUE, Integer.MAX_VALUE),
                json.bool("strict"), json.constant("reset", PlainNeuron.Reset.class),
                (int) json.integer("reset_to", Integer.MIN_VALUE, Integer.MAX_VALUE), json.bool("once"),
                json.constant("comparison", PlainNeuron.Comparison.class), (int) json.integer("delay", 0, MOST_STEPS),
                json.bool("announces"), json.bool("waits"));
        json.end();
        return neuron;
    }
}
