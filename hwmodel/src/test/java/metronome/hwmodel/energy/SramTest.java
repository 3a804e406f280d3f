package metronome.hwmodel.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import org.junit.jupiter.api.Test;

/** Does SRAM cost what CACTI says, and grow with size and width? */
class SramTest {
    private final SramTable table = SramTable.shipped();

    @Test
    void everyRowIsReproduced() {
        CsvResource rows = CsvResource.read("sram.csv");
        assertEquals(4 * 2 * 12, rows.size());
        for (int row = 0; row < rows.size(); row++) {
            int node = (int) rows.number(row, "node_nm");
            String cell = rows.text(row, "cell");
            double size = rows.number(row, "size_kB");
            assertEquals(SramTable.WORD_BITS, rows.number(row, "word_bits"));
            assertEquals(rows.number(row, "read_pJ"), table.at(node, cell, SramTable.Figure.READ, size), 1e-9);
            assertEquals(rows.number(row, "write_pJ"), table.at(node, cell, SramTable.Figure.WRITE, size), 1e-9);
            assertEquals(rows.number(row, "leak_mW"), table.at(node, cell, SramTable.Figure.LEAKAGE, size), 1e-9);
            assertEquals(rows.number(row, "area_mm2"), table.at(node, cell, SramTable.Figure.AREA, size), 1e-9);
        }
    }

    @Test
    void atCactisOwnVoltageARowIsARow() {
        Target hp = Target.preset().with(TargetField.CELL, "itrs-hp").with(TargetField.VOLTAGE, "1.0");
        Estimate read = new Technology(hp).read(new Memory("test", 1, 8192, 64));
        assertEquals(5.2883, read.value().nominal(), 1e-9);
        assertEquals(5.2883 * 1.9, read.value().high(), 1e-9);
        assertEquals(5.2883 / 2, new Technology(hp).read(new Memory("test", 1, 8192, 32)).value().nominal(), 1e-9);
        assertEquals(3 * 10.1692, new Technology(hp).leakage(new Memory("test", 3, 8192, 64)).value().nominal(), 1e-9);
        assertEquals(3 * 0.0262912, new Technology(hp).area(new Memory("test", 3, 8192, 64)).value().nominal(), 1e-9);
    }

    @Test
    void halfWayInTheLogarithmIsTheGeometricMean() {
        double between = table.at(45, "itrs-hp", SramTable.Figure.READ, 8 * Math.sqrt(2));
        assertEquals(Math.sqrt(5.2883 * 9.9943), between, 1e-9);
    }

    @Test
    void horowitzLiesWithinTheBandOfHighPerformanceCells() {
        Technology hp = new Technology(Target.preset().with(TargetField.CELL, "itrs-hp").with(TargetField.VOLTAGE, "1.0"));
        double[][] published = {{8, 10}, {32, 20}, {1024, 100}};
        for (double[] row : published) {
            Quantity read = hp.read(new Memory("test", 1, row[0] * 1024, 64)).value();
            assertTrue(read.low() <= row[1] && row[1] <= read.high() * 1.01, row[0] + " kB: " + read);
        }
    }

    @Test
    void growsWithSizeAndWidthAtEveryNodeAndCell() {
        for (String node : TargetField.NODE.choices()) {
            for (String cell : TargetField.CELL.choices()) {
                Technology t = new Technology(Target.preset().with(TargetField.NODE, node).with(TargetField.CELL, cell));
                for (double bytes = 64; bytes < 8 << 20; bytes *= 1.37) {
                    Memory small = new Memory("test", 1, bytes, 48);
                    Memory large = new Memory("test", 1, bytes * 1.37, 48);
                    Memory wide = new Memory("test", 1, bytes, 49);
                    String context = node + " " + cell + " " + bytes;
                    assertGrows(t.read(small), List.of(t.read(large), t.read(wide)), context);
                    assertGrows(t.write(small), List.of(t.write(large), t.write(wide)), context);
                    assertGrows(t.leakage(small), List.of(t.leakage(large)), context);
                    assertGrows(t.area(small), List.of(t.area(large)), context);
                }
            }
        }
    }

    private static void assertGrows(Estimate small, List<Estimate> larger, String context) {
        for (Estimate large : larger) {
            assertTrue(large.value().low() > small.value().low(), context);
            assertTrue(large.value().nominal() > small.value().nominal(), context);
            assertTrue(large.value().high() >= small.value().high(), context);
        }
    }
}
