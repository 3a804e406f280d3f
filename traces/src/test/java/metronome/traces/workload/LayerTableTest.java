package metronome.traces.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import metronome.core.io.DataException;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Are tables of layers read by their headings, and refused where they contradict themselves? */
class LayerTableTest {
    private static final String HEADINGS = "net,layer,type,in_c,in_h,in_w,kernel,stride,pad,groups,out_c,out_h,out_w";

    @Test
    void headingsDecide() {
        List<LayerRow> rows = LayerTable.parse("source,out_w,out_h,out_c,groups,pad,stride,kernel,in_w,in_h,in_c,type,layer,net\n"
                + "me,4,4,6,2,1,2,3,8,8,4,conv,c1,n\n\nme,1,1,10,1,0,1,0,4,4,6,fc,d,n\nme,1,1,10,1,0,1,0,4,4,6,fc,d,other\n", "t", "n");
        assertEquals(List.of(new LayerRow("c1", new Shape(4, 8, 8), new Window(3, 3, 2, 1, 1, 2), new Shape(6, 4, 4)),
                new LayerRow("d", new Shape(6, 4, 4), new Window(4, 4, 1, 0), Shape.vector(10))), rows);
        assertEquals(6 * 2 * 9, rows.getFirst().weights());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "n,c,conv,1,8,8,3,1,1,1,4,8 | 2: 12 cells, expected 13",
        "n,c,pool,1,8,8,3,1,1,1,4,8,8 | 2: type must be conv or fc: pool",
        "n,c,conv,0,8,8,3,1,1,1,4,8,8 | 2: in_c must be a whole number in [1, 16777216]: 0",
        "n,c,conv,1,8,8,3,1,-1,1,4,8,8 | 2: pad must be a whole number in [0, 16777216]: -1",
        "n,c,conv,1,8,8,3,1,+1,1,4,8,8 | 2: pad must be a whole number in [0, 16777216]: +1",
        "n,c,conv,1,8,8,\u0663,1,1,1,4,8,8 | 2: kernel must be a whole number in [1, 16777216]: \u0663",
        "n,c,conv,1,8,8,3,1,1,1,4,8,9 | 2: a window of 3 x 3, stride 1, padding 1 makes 4x8x8 of 1x8x8, not 4x8x9",
        "n,d,fc,4096,7,7,0,1,0,1,4096,1,1 | 2: 822083584 weights, expected at most 268435456"})
    void contradictionsAreRefused(String row, String message) {
        assertEquals("t:" + message, assertThrows(DataException.class, () -> LayerTable.parse(HEADINGS + "\n" + row, "t", "n")).getMessage());
    }

    @Test
    void networksStandTogether() {
        String row = ",d,fc,4,1,1,0,1,0,1,2,1,1\n";
        assertEquals("t:4: network \"a\" again, expected its layers one after the other", assertThrows(DataException.class,
                () -> LayerTable.parse(HEADINGS + "\na" + row + "b" + row + "a" + row, "t", "a")).getMessage());
        assertEquals("t:1: expected one column \"type\" among the headings", assertThrows(DataException.class,
                () -> LayerTable.parse(HEADINGS.replace("type", "kind"), "t", "a")).getMessage());
        assertEquals("t: no network \"ab\", expected one of aa, b; did you mean aa?", assertThrows(DataException.class,
                () -> LayerTable.parse(HEADINGS + "\naa" + row + "b" + row, "t", "ab")).getMessage());
    }

    @Test
    void allPublishedLayersAreReadWithTheirWeights() throws IOException {
        String data = System.getenv("METRONOME_DATA");
        Assumptions.assumeTrue(data != null, "METRONOME_DATA is not set");
        Path file = Path.of(data, "topologies/layers.csv");
        List<String> rows = Files.readAllLines(file).stream().skip(1).toList();
        List<String> networks = rows.stream().map(row -> row.split(",")[0]).distinct().toList();
        assertEquals(11, networks.size());
        for (String net : networks) {
            if (net.equals("squeezenet-1.0")) {
                assertTrue(assertThrows(DataException.class, () -> LayerTable.read(file, net)).getMessage().contains(
                        ":110: window must have a positive kernel"), "its last kernel of 1 x 1 has a padding of 1, which no layer here has");
            } else {
                assertEquals(rows.stream().filter(row -> row.startsWith(net + ",")).map(row -> Integer.parseInt(row.split(",")[14])).toList(),
                        LayerTable.read(file, net).stream().map(LayerRow::weights).toList());
            }
        }
    }

    @Test
    void whatShipsIsSound() {
        assertEquals(List.of(5, 9), LayerTable.SHIPPED.stream().map(net -> LayerTable.shipped(net).size()).toList());
    }
}
