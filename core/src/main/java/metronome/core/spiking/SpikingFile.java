package metronome.core.spiking;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import metronome.core.code.Rounding;
import metronome.core.code.TemporalCode;
import metronome.core.code.TickVariant;
import metronome.core.code.Ticking;
import metronome.core.code.ZeroPolicy;
import metronome.core.io.DataException;
import metronome.core.json.Json;
import metronome.core.json.JsonWriter;
import metronome.core.json.ObjectBuilder;
import metronome.core.json.ObjectReader;
import metronome.core.network.Network;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.safetensors.Safetensors;
import metronome.core.tensor.Tensor;

/**
 * A spiking network as a safetensors file: tensors {@code NAME.weight} and {@code NAME.bias} of each layer with
 * synapses, already negated, and under the metadata key {@code metronome.spiking} a JSON object with everything else.
 */
public final class SpikingFile {
    /** The metadata key of the description. */
    public static final String KEY = "metronome.spiking";
    private static final int VERSION = 1;

    private SpikingFile() {
    }

    /**
     * Writes a network; the same network gives the same bytes.
     *
     * @param network to write
     * @param file the destination, replaced as a whole
     * @throws DataException if it cannot be written
     */
    public static void write(SpikingNetwork network, Path file) {
        toSafetensors(network).write(file);
    }

    /**
     * {@return the network of a file}
     *
     * @param file to read
     * @throws DataException if it cannot be read, is no safetensors file, or holds no sound spiking network
     */
    public static SpikingNetwork read(Path file) {
        Safetensors content = Safetensors.read(file);
        try {
            return fromSafetensors(content);
        } catch (DataException e) {
            throw e.in(file.toString());
        }
    }

    static Safetensors toSafetensors(SpikingNetwork network) {
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
        List<Json> layers = new ArrayList<>();
        for (SpikingLayer layer : network.layers()) {
            ObjectBuilder json = Json.object().put("name", layer.name());
            List<Integer> sources = network.wiring().sources().get(layers.size());
            if (!sources.equals(List.of(layers.size() - 1))) {
                json.put("inputs", Json.array(sources.stream().map(s -> Json.of(name(network, s))).toList()));
            }
            switch (layer) {
                case SpikingLayer.Synapses s -> {
                    layers.add(json.put("kind", "synapses").put("channels", s.output().channels())
                            .put("window", NetworkDescription.window(s.window())).build());
                    tensors.put(s.name() + ".weight", s.weights());
                    tensors.put(s.name() + ".bias", s.bias());
                }
                case SpikingLayer.Pool p -> layers.add(json.put("kind", "pool")
                        .put("circuit", ObjectReader.spelling(p.circuit())).put("window", NetworkDescription.window(p.window())).build());
            }
        }
        return new Safetensors(tensors, new LinkedHashMap<>(java.util.Map.of(KEY,
                JsonWriter.compact(description(network).put("layers", Json.array(layers)).build()))));
    }

    private static String name(SpikingNetwork network, int layer) {
        return layer == Wiring.INPUT ? Network.INPUT : network.layers().get(layer).name();
    }

    private static ObjectBuilder description(SpikingNetwork network) {
        TemporalCode code = network.code();
        return Json.object().put("version", VERSION).put("name", network.name())
                .put("readout", ObjectReader.spelling(network.readout()))
                .put("input", NetworkDescription.shape(network.input()))
                .put("code", Json.object().put("time_constant_steps", code.timeConstant()).put("steps", code.steps())
                        .put("rounding", ObjectReader.spelling(code.rounding()))
                        .put("zeros", ObjectReader.spelling(code.zeros())).build())
                .put("ticking", Json.object().put("variant", ObjectReader.spelling(network.ticking().variant()))
                        .put("threshold", network.ticking().threshold()).build());
    }

    static SpikingNetwork fromSafetensors(Safetensors content) {
        return NetworkDescription.read(content, KEY, "spiking network", SpikingFile::network);
    }

    private static SpikingNetwork network(ObjectReader json, Safetensors content) {
        json.integer("version", VERSION, VERSION);
        Shape input = NetworkDescription.input(json);
        List<SpikingLayer> layers = new ArrayList<>();
        List<List<Integer>> sources = new ArrayList<>();
        for (ObjectReader layer : json.objects("layers")) {
            sources.add(sources(layer, layers));
            List<Shape> read = sources.getLast().stream()
                    .map(s -> s == Wiring.INPUT ? input : layers.get(s).output()).toList();
            layers.add(layer(layer, read.size() == 1 ? read.getFirst() : Shape.stacked(read), content));
        }
        SpikingNetwork network = new SpikingNetwork(json.string("name"), code(json.object("code")),
                ticking(json.object("ticking")), json.constant("readout", Readout.class), input, layers, new Wiring(sources));
        json.end();
        requireSound(network, content);
        return network;
    }

    private static void requireSound(SpikingNetwork network, Safetensors content) {
        if (network.layers().isEmpty() || !(network.layers().getLast() instanceof SpikingLayer.Synapses)) {
            throw new DataException("layers: the last one must have synapses");
        }
        Safetensors written = toSafetensors(network);
        if (!written.tensors().keySet().equals(content.tensors().keySet())) {
            throw new DataException("layers: tensors must be " + written.tensors().keySet() + ", are "
                    + content.tensors().keySet());
        }
        boolean counts = network.layers().stream()
                .anyMatch(layer -> layer instanceof SpikingLayer.Pool pool && pool.circuit() == PoolCircuit.COUNTER);
        if (counts && network.code().zeros() == ZeroPolicy.SILENT) {
            throw new DataException("code.zeros: must be floor where a max-pool counts its inputs");
        }
    }

    private static TemporalCode code(ObjectReader json) {
        TemporalCode code = new TemporalCode(json.number("time_constant_steps"), (int) json.integer("steps", 1, 1000),
                json.constant("rounding", Rounding.class), json.constant("zeros", ZeroPolicy.class));
        json.end();
        return code;
    }

    private static Ticking ticking(ObjectReader json) {
        Ticking ticking = new Ticking(json.constant("variant", TickVariant.class), json.number("threshold"));
        json.end();
        return ticking;
    }

    /** What a layer reads: the one before it where the file does not say. */
    private static List<Integer> sources(ObjectReader json, List<SpikingLayer> before) {
        if (json.optional("inputs").isEmpty()) {
            return List.of(before.size() - 1);
        }
        List<Integer> sources = new ArrayList<>();
        for (Json item : json.items("inputs")) {
            sources.add(number(item, before));
        }
        if (sources.isEmpty()) {
            throw new DataException("inputs: a layer reads at least one");
        }
        return sources;
    }

    private static int number(Json item, List<SpikingLayer> before) {
        String name = item instanceof Json.Str(String value, _) ? value : "";
        if (name.equals(Network.INPUT)) {
            return Wiring.INPUT;
        }
        int number = before.stream().map(SpikingLayer::name).toList().indexOf(name);
        if (number < 0) {
            throw new DataException("inputs: must be names of earlier layers or \"" + Network.INPUT + "\" (" + item.at()
                    + ")");
        }
        return number;
    }

    private static SpikingLayer layer(ObjectReader json, Shape input, Safetensors content) {
        String name = json.string("name");
        String kind = json.string("kind");
        Window window = NetworkDescription.window(json);
        SpikingLayer layer = switch (kind) {
            case "pool" -> new SpikingLayer.Pool(name, input, window.output(input, input.channels()), window,
                    json.constant("circuit", PoolCircuit.class));
            case "synapses" -> synapses(name, input, (int) json.integer("channels", 1, Integer.MAX_VALUE), window, content);
            default -> throw new DataException("layer " + name + ": kind must be synapses or pool: \"" + kind + "\"");
        };
        json.end();
        return layer;
    }

    private static SpikingLayer synapses(String name, Shape input, int channels, Window window, Safetensors content) {
        Shape output = window.output(input, channels);
        Tensor weights = content.tensor(name + ".weight", channels, input.channels() / window.groups(), window.height(),
                window.width());
        Tensor bias = content.tensor(name + ".bias", channels);
        for (Tensor tensor : List.of(weights, bias)) {
            for (float value : tensor.data()) {
                if (!Float.isFinite(value)) {
                    throw new DataException("layer " + name + ": weights and bias must be finite: " + value);
                }
            }
        }
        return new SpikingLayer.Synapses(name, input, output, window, weights, bias);
    }
}
