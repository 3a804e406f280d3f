package metronome.hwmodel.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import metronome.core.io.DataException;
import org.junit.jupiter.api.Test;

/** Are the tables well formed, and is a damaged one refused with its place? */
class ResourceTest {
    private static String message(Runnable action) {
        return assertThrows(DataException.class, action::run).getMessage();
    }

    @Test
    void damagedTablesAreRefused() {
        assertEquals("t.csv:1: expected a header, found nothing", message(() -> CsvResource.parse("t.csv", "")));
        assertEquals("t.csv:3: expected 2 columns, found 1",
                message(() -> CsvResource.parse("t.csv", "a,b\n1,2\n3\n")));
        CsvResource table = CsvResource.parse("t.csv", "a,b\n1,x, y\n");
        assertEquals("x, y", table.text(0, "b"));
        assertEquals("t.csv:2: b must be a number: x, y", message(() -> table.number(0, "b")));
        assertEquals("t.csv:1: has no column c", message(() -> table.text(0, "c")));
        assertEquals("none.csv: no such table in the program", message(() -> CsvResource.read("none.csv")));
        assertEquals("no such constant: adder", message(() -> Constants.shipped().get("adder")));
    }

    @Test
    void everyConstantHasASourceAndAReasonForItsBand() {
        for (Constant c : Constants.shipped().all()) {
            assertFalse(c.source().isBlank(), c.name());
            assertTrue(c.value().high() > c.value().low(), c.name() + " has no band");
            assertTrue(c.source().contains("band") || c.source().contains("high") || c.source().contains("no source"),
                    c.name() + " says nothing of its band");
        }
    }

    @Test
    void quantitiesKeepTheirOrder() {
        assertThrows(IllegalArgumentException.class, () -> new Quantity(2, 1, 3));
        assertThrows(IllegalArgumentException.class, () -> new Quantity(-1, 1, 3));
        assertThrows(IllegalArgumentException.class, () -> new Quantity(0, 1, Double.NaN));
        assertEquals(new Quantity(3, 8, 15), new Quantity(1, 2, 3).times(new Quantity(3, 4, 5)));
        assertThrows(IllegalArgumentException.class, () -> Estimate.none("pJ").plus(Estimate.none("mW")));
        assertEquals(Provenance.ASSUMED, Provenance.MODELLED.worse(Provenance.ASSUMED));
    }
}
