package metronome.hwmodel.energy;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import metronome.core.io.DataException;

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
}
