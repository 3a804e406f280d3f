package metronome.traces.scalesim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import metronome.core.io.DataException;
import metronome.hwmodel.systolic.MatrixProduct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is a topology, what is not, and what is said of it? */
class TopologyReaderTest {
    private static final long SEED = 88;
    private static final String CONVOLUTIONS = "Layer name, IFMAP Height, IFMAP Width, Filter Height, Filter Width, "
            + "Channels, Num Filter, Strides,\n";

    private static List<MatrixProduct> products(String text) {
        return TopologyReader.parse(text, "t.csv").layers().stream().map(Topology.Layer::product).toList();
    }

    private static String faults(String text) {
        return assertThrows(DataException.class, () -> TopologyReader.parse(text, "t.csv")).getMessage();
    }

    @Test
    void convolutionsBecomeProducts() {
        assertEquals(List.of(new MatrixProduct(55 * 55, 96, 363), new MatrixProduct(1, 1000, 4096)), products(
                CONVOLUTIONS + "\nConv1     ,224         ,224        ,11           ,11          ,3       ,96        ,4      ,\n"
                        + "FC,1,4096,1,4096,1,1000,1"), "(224 - 11 + 4) / 4 is rounded up");
        assertEquals(List.of(new MatrixProduct(4 * 6, 5, 42)), products(CONVOLUTIONS + "a,5,8,2,3,7,5,1,,\n"));
    }

    @Test
    void aStrideOfItsOwnAlongTheWidth() {
        String headings = CONVOLUTIONS.replace("Strides,", "Stride H, Stride W,");
        assertEquals(List.of(new MatrixProduct(5 * 3, 1, 1), new MatrixProduct(5 * 5, 1, 1)),
                products(headings + "a,9,9,1,1,1,1,2,4,\nb,9,9,1,1,1,1,2,,\n"));
        assertTrue(faults(headings + "a,9,9,1,1,1,1,2,x,\n").startsWith("stride along the width must be"));
    }

    @Test
    void productsWithOrWithoutTheLastComma() {
        List<MatrixProduct> expected = List.of(new MatrixProduct(256, 128, 64), new MatrixProduct(1, 2, 3));
        assertEquals(expected, products("Layer,M,N,K,\nTest 1,256,128,64,\nb,1,2,3,\n"));
        assertEquals(expected, products("Layer,M,N,K\nTest 1,256,128,64\n,,,\nb,1,2,3"));
        assertEquals(expected, products("\ufefflayer, m, n, k, Sparsity,\r\nTest 1,256,128,64,1:1,\r\nb, 1, 2, 3\r\n"));
    }

    @Test
    void everyFaultHasItsPlace() {
        assertEquals("""
                filter height must be a whole number in [1, 16777216]: "0" (t.csv:2:7)
                number of filters must be a whole number in [1, 16777216]: "3.5" (t.csv:2:13)
                stride must be a whole number in [1, 16777216]: nothing there (t.csv:2:16)
                must be the name of a layer: nothing there (t.csv:4:1)
                filter height must be at most the IFMAP height 3: "4" (t.csv:5:7)
                filter width must be at most the IFMAP width 5: "6" (t.csv:5:11)""",
                faults(CONVOLUTIONS + "a,9,9,0,9,1,3.5\ngood,9,9,1,1,1,1,1\n ,9,9,1,1,1,1,1\nb,3,5,4,  6,1,1,1,"));
        assertEquals("sparsity must be 1 or empty, as it has no counterpart here: \"2:4\" (t.csv:2:9)",
                faults("Layer,M,N,K,Sparsity,\na,1,2,3,2:4,\n"));
    }

    @Test
    void sizesThatNoCountHolds() {
        assertTrue(faults("L,M,N,K\na,16777216,16777216,5\n").startsWith("must come to at most 1125899906842624"));
        assertTrue(faults(CONVOLUTIONS + "a,16777216,16777216,1,1,16777216,16777216,1,\n").contains("(t.csv:2:1)"));
        assertTrue(faults(CONVOLUTIONS + "a,16777216,16777216,16777216,16777216,16777216,1,1,\n")
                .startsWith("must come to at most"));
        assertTrue(faults("L,M,N,K\na,99999999999,1,5\n").contains("(t.csv:2:3)"));
    }

    @Test
    void headingsAreNeeded() {
        assertTrue(faults("a,1,2,3\n").startsWith("expected the headings"), "numbers are no headings");
        assertTrue(faults("").startsWith("t.csv: no layer"));
        assertTrue(faults("Layer,M,N,K\n\n").startsWith("t.csv: no layer"));
        assertEquals(51, faults("L,M,N,K\n" + "x,0,1,1\n".repeat(60)).lines().count(), "50 faults, and how many more");
    }

    @Test
    void brokenFilesAreRefusedInWords() {
        SplittableRandom random = new SplittableRandom(SEED);
        String good = CONVOLUTIONS + "Conv1,24,24,11,11,3,96,4,\nFC,1,4096,1,4096,1,1000,1,\n";
        String other = "Layer,M,N,K,\na,100,20,3,\nb,1,2,3,\n";
        int refused = 0;
        for (int i = 0; i < 4000; i++) {
            StringBuilder text = new StringBuilder(i % 2 == 0 ? good : other);
            for (int edits = random.nextInt(1, 5); edits > 0; edits--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, ",\n9-x\u0000\u00e9 :.".charAt(random.nextInt(10)));
                    case 1 -> text.delete(at, Math.min(text.length(), at + random.nextInt(1, 9)));
                    default -> text.insert(at, ",\n-9x".charAt(random.nextInt(5)));
                }
            }
            try {
                assertFalse(TopologyReader.parse(text.toString(), "t.csv").layers().isEmpty());
            } catch (DataException e) {
                refused++;
                e.getMessage().lines().forEach(l -> assertTrue(l.contains("t.csv"), l));
            }
        }
        assertTrue(refused > 1000, "seed " + SEED + ": only " + refused + " refused");
    }

    @Test
    void filesThatAreNoText(@TempDir Path directory) throws Exception {
        Path file = Files.write(directory.resolve("x.csv"), new byte[] {(byte) 0xc3, 0x28});
        assertTrue(assertThrows(DataException.class, () -> TopologyReader.read(file)).getMessage().contains("UTF-8"));
        Files.write(file, " ".repeat((1 << 20) + 1).getBytes(StandardCharsets.UTF_8));
        assertTrue(assertThrows(DataException.class, () -> TopologyReader.read(file)).getMessage()
                .contains("expected at most 1048576"));
        assertTrue(assertThrows(DataException.class, () -> TopologyReader.read(directory.resolve("no.csv")))
                .getMessage().contains("no such file"));
    }
}
