package metronome.traces.scalesim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import metronome.hwmodel.systolic.Counting;
import metronome.hwmodel.systolic.Dataflow;
import metronome.hwmodel.systolic.Mapping;
import metronome.hwmodel.systolic.MatrixProduct;
import metronome.hwmodel.systolic.SystolicArray;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Do the closed forms equal the table of SCALE-Sim v3's own runs, and are its topologies read as it reads them? */
class ReferenceTest {
    /** The table has four decimals. */
    private static final double ROUNDED = 0.5001e-4;

    private Path data;

    /** Columns: topology, layer, name, M, N, K, array, dataflow, row folds, column folds, macs, cycles, mapped, utilised. */
    private record Row(String[] cells) {
        String topology() {
            return cells[0];
        }

        int layer() {
            return Integer.parseInt(cells[1]);
        }

        MatrixProduct product() {
            return new MatrixProduct(number(3), number(4), number(5));
        }

        Mapping mapping() {
            String[] array = cells[6].split("x");
            return new Mapping(new SystolicArray(Integer.parseInt(array[0]), Integer.parseInt(array[1])),
                    Dataflow.valueOf(cells[7].toUpperCase(Locale.ROOT)), product());
        }

        long number(int column) {
            return Long.parseLong(cells[column]);
        }

        double percent(int column) {
            return Double.parseDouble(cells[column]);
        }

        @Override
        public String toString() {
            return String.join(",", cells);
        }
    }

    @BeforeEach
    void needsTheData() {
        String environment = System.getenv("METRONOME_DATA");
        Assumptions.assumeTrue(environment != null, "METRONOME_DATA is not set");
        data = Path.of(environment).toAbsolutePath();
    }

    private List<Row> rows() throws IOException {
        Path table = data.resolveSibling("reference").resolve("scalesim").resolve("layers.csv");
        Assumptions.assumeTrue(Files.exists(table), "the folder reference does not lie beside METRONOME_DATA");
        return Files.readAllLines(table).stream().skip(1).map(l -> new Row(l.split(","))).toList();
    }

    @Test
    void everyRowIsEqual() throws IOException {
        List<Row> rows = rows();
        assertEquals(336, rows.size());
        for (Row row : rows) {
            Mapping mapping = row.mapping();
            assertEquals(row.number(8), mapping.rowFolds(), row::toString);
            assertEquals(row.number(9), mapping.columnFolds(), row::toString);
            assertEquals(row.number(10), mapping.product().macs(), row::toString);
            assertEquals(row.number(11), mapping.cycles(Counting.SCALESIM), row::toString);
            assertEquals(row.percent(12), 100 * mapping.mappingEfficiency(), ROUNDED, row::toString);
            assertEquals(row.percent(13), 100 * mapping.overallUtilisation(Counting.SCALESIM), ROUNDED, row::toString);
        }
    }

    @Test
    void convolutionsAreTheProductsOfTheTable() throws IOException {
        int compared = 0;
        for (String name : List.of("alexnet", "Resnet18")) {
            Topology topology = TopologyReader.read(topologies().resolve(name + ".csv"));
            for (Row row : rows()) {
                if (row.topology().equals(name)) {
                    Topology.Layer layer = topology.layers().get(row.layer());
                    assertEquals(row.cells()[2], layer.name());
                    assertEquals(row.product(), layer.product(), row::toString);
                    compared++;
                }
            }
        }
        assertEquals(312, compared);
    }

    @Test
    void everyTopologyIsRead() throws IOException {
        try (Stream<Path> files = Files.list(topologies())) {
            List<Path> all = files.filter(f -> f.toString().endsWith(".csv")).sorted().toList();
            assertEquals(9, all.size());
            for (Path file : all) {
                long rows = Files.readAllLines(file).stream().filter(l -> l.matches("\\h*\\w.*")).count();
                long headings = file.endsWith("UNet_2d.csv") ? 0 : 1; // its headings begin with a byte-order mark
                assertEquals(rows - headings, TopologyReader.read(file).layers().size(), file::toString);
                assertTrue(rows > 4, file::toString);
            }
        }
    }

    private Path topologies() {
        return data.resolve("topologies").resolve("scale-sim");
    }
}
