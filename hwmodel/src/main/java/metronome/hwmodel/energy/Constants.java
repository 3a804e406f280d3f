package metronome.hwmodel.energy;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import metronome.core.io.DataException;
import metronome.core.json.Json;
import metronome.core.json.ObjectBuilder;

/** The constants that were looked up, by name: the tables {@code logic.csv}, {@code bands.csv} and {@code dram.csv}. */
public final class Constants {
    private static final Constants SHIPPED = new Constants(List.of("logic.csv", "bands.csv", "dram.csv"));

    private final Map<String, Constant> byName = new LinkedHashMap<>();

    private Constants(List<String> tables) {
        tables.forEach(table -> add(CsvResource.read(table)));
    }

    /** {@return the constants that ship} */
    public static Constants shipped() {
        return SHIPPED;
    }

    private void add(CsvResource table) {
        for (int row = 0; row < table.size(); row++) {
            Constant constant = new Constant(table.text(row, "name"),
                    new Quantity(table.number(row, "low"), table.number(row, "nominal"), table.number(row, "high")),
                    table.text(row, "unit"), (int) table.number(row, "node_nm"), table.number(row, "voltage_V"),
                    Provenance.valueOf(table.text(row, "how")), table.text(row, "source"));
            if (byName.put(constant.name(), constant) != null) {
                throw new DataException(table.name() + ":" + (row + 2) + ": stands twice: " + constant.name());
            }
        }
    }

    /**
     * {@return one constant}
     *
     * @param name part and property
     * @throws DataException if there is none
     */
    public Constant get(String name) {
        Constant constant = byName.get(name);
        if (constant == null) {
            throw new DataException("no such constant: " + name);
        }
        return constant;
    }

    /** {@return all, in the order of the tables} */
    public Collection<Constant> all() {
        return Collections.unmodifiableCollection(byName.values());
    }

    /** {@return an array with one object for each constant; node and voltage only where they say something} */
    public Json toJson() {
        return Json.array(byName.values().stream().map(Constants::json).toList());
    }

    private static Json json(Constant c) {
        ObjectBuilder json = Json.object().put("name", c.name()).put("unit", c.unit()).put("value", c.value().toJson());
        if (c.node() > 0) {
            json.put("node_nm", c.node());
        }
        if (c.voltage() > 0) {
            json.put("voltage_V", c.voltage());
        }
        return json.put("how", c.how().label()).put("source", c.source()).build();
    }

    /** {@return one line for each constant, as in the tables that ship} */
    public String toCsv() {
        StringBuilder out = new StringBuilder("name,unit,low,nominal,high,node_nm,voltage_V,how,source\n");
        for (Constant c : byName.values()) {
            out.append(String.join(",", c.name(), c.unit(), c.value().toCsv(), Integer.toString(c.node()),
                    Double.toString(c.voltage()), c.how().label(), Csv.quoted(c.source()))).append('\n');
        }
        return out.toString();
    }
}
