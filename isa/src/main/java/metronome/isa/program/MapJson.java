package metronome.isa.program;

import java.util.ArrayList;
import java.util.List;
import metronome.core.io.DataException;
import metronome.core.json.Json;
import metronome.core.json.JsonParser;
import metronome.core.json.JsonWriter;
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
        Members map = new Members(JsonParser.parse(text));
        List<ProgramMap.Layer> layers = new ArrayList<>();
        for (Json item : map.array("layers")) {
            Members layer = new Members(item);
            layers.add(new ProgramMap.Layer(layer.text("name"), shape(layer.array("output")), layer.flag("fires")));
            layer.expectNoMore();
        }
        ProgramMap read = new ProgramMap(map.text("network"), kind(map.text("kind")), map.number("steps", 1000),
                shape(map.array("input")), map.array("input_bands").stream().map(MapJson::band).toList(),
                map.number("output_address", Integer.MAX_VALUE),
                map.array("code_addresses").stream().map(e -> Members.whole("code_addresses", e, 0, Integer.MAX_VALUE)).toList(),
                layers, map.number("memory_bytes", 1 << 30));
        map.expectNoMore();
        if (layers.isEmpty() || layers.size() > 256) {
            throw new DataException("program map: must have 1 to 256 layers, has " + layers.size());
        }
        return read;
    }

    private static ProgramMap.Band band(Json json) {
        if (!(json instanceof Json.Arr array) || array.items().size() != 3) {
            throw new DataException("program map: a band is [first row, rows, address] (" + json.at() + ")");
        }
        int[] values = array.items().stream().mapToInt(e -> Members.whole("input_bands", e, 0, Integer.MAX_VALUE)).toArray();
        return new ProgramMap.Band(values[0], values[1], values[2]);
    }

    private static Json shape(Shape shape) {
        return Json.array(shape.channels(), shape.height(), shape.width());
    }

    private static Shape shape(List<Json> extents) {
        if (extents.size() != 3) {
            throw new DataException("program map: a shape has three extents, not " + extents.size());
        }
        int[] values = extents.stream().mapToInt(e -> Members.whole("extent", e, 1, 1 << 20)).toArray();
        try {
            return new Shape(values[0], values[1], values[2]);
        } catch (IllegalArgumentException e) {
            throw new DataException("program map: " + e.getMessage(), e);
        }
    }

    private static ProgramMap.Kind kind(String name) {
        try {
            return ProgramMap.Kind.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new DataException("program map: must be one of " + List.of(ProgramMap.Kind.values()) + ": kind="
                    + name, e);
        }
    }
}
