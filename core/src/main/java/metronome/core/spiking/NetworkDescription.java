package metronome.core.spiking;

import java.util.Arrays;
import java.util.function.BiFunction;
import metronome.core.io.DataException;
import metronome.core.json.Json;
import metronome.core.json.JsonParser;
import metronome.core.json.ObjectReader;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.safetensors.Safetensors;

/** What the descriptions of networks in the metadata of a file have in common: how they are found, and how shapes and windows are told. */
final class NetworkDescription {
    private NetworkDescription() {
    }

    /** Reads the network that a key of the metadata describes; errors name the key. */
    static <N> N read(Safetensors content, String key, String kind, BiFunction<ObjectReader, Safetensors, N> network) {
        String text = content.metadata().get(key);
        if (text == null) {
            throw new DataException("no " + kind + ": the metadata has no key " + key);
        }
        try {
            return network.apply(ObjectReader.of(JsonParser.parse(text), ""), content);
        } catch (DataException e) {
            throw e.in("metadata " + key);
        } catch (IllegalArgumentException e) {
            throw new DataException("metadata " + key + ": " + e.getMessage(), e);
        }
    }

    static Json shape(Shape shape) {
        return Json.array(shape.channels(), shape.height(), shape.width());
    }

    /** The shape of the input. */
    static Shape input(ObjectReader network) {
        long[] extents = network.integers("input", 1, Integer.MAX_VALUE);
        if (extents.length != 3) {
            throw new DataException("input must be [channels, height, width]: " + Arrays.toString(extents));
        }
        return new Shape((int) extents[0], (int) extents[1], (int) extents[2]);
    }

    /** Height, width, stride and padding; what else there is only where it is needed. */
    static Json window(Window window) {
        if (window.ceiling()) {
            return Json.array(window.height(), window.width(), window.stride(), window.padding(), window.dilation(),
                    window.groups(), 1);
        }
        return window.plain() ? Json.array(window.height(), window.width(), window.stride(), window.padding())
                : Json.array(window.height(), window.width(), window.stride(), window.padding(), window.dilation(),
                        window.groups());
    }

    /** The window of a layer. */
    static Window window(ObjectReader layer) {
        long[] extents = layer.integers("window", 0, Integer.MAX_VALUE);
        boolean known = extents.length == 4 || extents.length == 6 || extents.length == 7 && extents[6] == 1;
        if (!known) {
            throw new DataException("window must be [height, width, stride, padding], with dilation and groups behind them "
                    + "where they are not 1, and then a 1 where the number of positions is rounded up: " + Arrays.toString(extents));
        }
        Window window = new Window((int) extents[0], (int) extents[1], (int) extents[2], (int) extents[3]);
        Window sparse = extents.length == 4 ? window : window.dilated((int) extents[4]).grouped((int) extents[5]);
        return extents.length == 7 ? sparse.roundedUp() : sparse;
    }
}
