package metronome.isa.program;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import metronome.core.io.DataException;
import metronome.core.json.Json;
import metronome.core.json.JsonParser;
import metronome.core.json.JsonWriter;
import metronome.core.json.ObjectReader;
import metronome.core.network.Shape;

/** The program map as JSON: a section of the container and a directive of assembly text. */
public final class MapJson {
    private MapJson() {
    }

    /**
     * {@return the map on one line}
     *
     * @param map any
     */
    public static String write(ProgramMap map) {
        List<Json> layers = new ArrayList<>();
        for (ProgramMap.Layer layer : map.layers()) {
            layers.add(Json.object().put("name", layer.name()).put("output", shape(layer.output()))
                    .put("fires", layer.fires()).build());
        }
        return JsonWriter.compact(Json.object().put("network", map.network()).put("kind", map.kind().name())
                .put("steps", map.steps()).put("input", shape(map.input())).put("input_bands",
                        Json.array(map.inputBands().stream().map(b -> Json.array(b.firstRow(), b.rows(), b.address())).toList()))
                .put("output_address", map.outputAddress()).put("code_addresses", Json.array(map.codeAddresses().stream()
                        .mapToInt(Integer::intValue).toArray())).put("memory_bytes", map.memoryBytes())
                .put("layers", Json.array(layers)).build());
    }

    /**
     * {@return the map that a text holds}
     *
     * @param text one JSON object
     * @throws DataException if a member is missing, unknown or out of range
     */
    public static ProgramMap read(String text) {
        ObjectReader map = ObjectReader.of(JsonParser.parse(text), "program map");
        ProgramMap read = new ProgramMap(map.string("network"), kind(map), (int) map.integer("steps", 0, 1000), shape(map, "input"),
                map.rows("input_bands", 3, 0, Integer.MAX_VALUE).stream().map(MapJson::band).toList(),
                (int) map.integer("output_address", 0, Integer.MAX_VALUE),
                Arrays.stream(map.integers("code_addresses", 0, Integer.MAX_VALUE)).mapToObj(address -> (int) address).toList(),
                map.objects("layers").stream().map(MapJson::layer).toList(), (int) map.integer("memory_bytes", 0, 1 << 30));
        map.end();
        if (read.layers().isEmpty() || read.layers().size() > 256) {
            throw new DataException("program map: must have 1 to 256 layers, has " + read.layers().size());
        }
        return read;
    }

    /** First row, rows and address. */
    private static ProgramMap.Band band(long[] values) {
        return new ProgramMap.Band((int) values[0], (int) values[1], (int) values[2]);
    }

    private static ProgramMap.Layer layer(ObjectReader layer) {
        ProgramMap.Layer read = new ProgramMap.Layer(layer.string("name"), shape(layer, "output"), layer.bool("fires"));
        layer.end();
        return read;
    }

    private static Json shape(Shape shape) {
        return Json.array(shape.channels(), shape.height(), shape.width());
    }

    private static Shape shape(ObjectReader in, String name) {
        long[] extents = in.integers(name, 1, 1 << 20);
        if (extents.length != 3) {
            throw new DataException("program map: " + name + " must have three extents, has " + extents.length);
        }
        try {
            return new Shape((int) extents[0], (int) extents[1], (int) extents[2]);
        } catch (IllegalArgumentException e) {
            throw new DataException("program map: " + e.getMessage(), e);
        }
    }

    private static ProgramMap.Kind kind(ObjectReader in) {
        String name = in.string("kind");
        try {
            return ProgramMap.Kind.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new DataException("program map: must be one of " + List.of(ProgramMap.Kind.values()) + ": kind="
                    + name, e);
        }
    }
}
