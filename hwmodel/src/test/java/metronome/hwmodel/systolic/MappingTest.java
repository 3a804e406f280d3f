package metronome.hwmodel.systolic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Are the closed forms what an array does that is moved cell by cell? (TC-1 to TC-5) */
class MappingTest {
    private static final long SEED = 417;

    private record Operands(int[][] inputs, int[][] weights) {
        static Operands of(SplittableRandom random, int m, int n, int k) {
            return new Operands(matrix(random, m, k), matrix(random, k, n));
        }

        private static int[][] matrix(SplittableRandom random, int rows, int columns) {
            return Arrays.stream(new int[rows][]).map(_ -> random.ints(columns, -999, 1000).toArray())
                    .toArray(int[][]::new);
        }

        int[][] product() {
            int[][] out = new int[inputs.length][weights[0].length];
            for (int i = 0; i < out.length; i++) {
                for (int j = 0; j < out[i].length; j++) {
                    for (int k = 0; k < weights.length; k++) {
                        out[i][j] += inputs[i][k] * weights[k][j];
                    }
                }
            }
            return out;
        }

        CellArray on(Mapping mapping, int interval) {
            return switch (mapping.dataflow()) {
                case OS -> new CellArray(mapping, interval, (m, k) -> inputs[m][k], (k, n) -> weights[k][n]);
                case WS -> new CellArray(mapping, interval, (k, m) -> inputs[m][k], (k, n) -> weights[k][n]);
                case IS -> new CellArray(mapping, interval, (k, n) -> weights[k][n], (k, m) -> inputs[m][k]);
            };
        }
    }

    private static int[][] result(Mapping mapping, CellArray array) {
        return mapping.dataflow() == Dataflow.IS ? transposed(array.out()) : array.out();
    }

    private static int[][] transposed(int[][] matrix) {
        int[][] out = new int[matrix[0].length][matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < out.length; j++) {
                out[j][i] = matrix[i][j];
            }
        }
        return out;
    }

    private static Mapping mapping(int rows, int columns, Dataflow dataflow, int m, int n, int k) {
        return new Mapping(new SystolicArray(rows, columns), dataflow, new MatrixProduct(m, n, k));
    }

    /** The distance of two folds' starts, by the formula. */
    private static int interval(Mapping mapping, Counting counting) {
        long one = new Mapping(mapping.array(), mapping.dataflow(), switch (mapping.dataflow()) {
            case OS -> new MatrixProduct(1, 1, mapping.streamed());
            case WS -> new MatrixProduct(mapping.streamed(), 1, 1);
            case IS -> new MatrixProduct(1, mapping.streamed(), 1);
        }).duration(counting);
        return mapping.folds() == 1 ? (int) one
                : Math.toIntExact((mapping.duration(counting) - one) / (mapping.folds() - 1));
    }

    @ParameterizedTest
    @EnumSource
    void anArrayOfCellsTakesTheseCyclesAndAccesses(Dataflow dataflow) {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 300; i++) {
            int m = random.nextInt(1, 20);
            int n = random.nextInt(1, 20);
            int k = random.nextInt(1, 20);
            Operands operands = Operands.of(random, m, n, k);
            Mapping mapping = mapping(random.nextInt(1, 9), random.nextInt(1, 9), dataflow, m, n, k);
            for (Counting counting : new Counting[] {Counting.CAUSAL, Counting.DOUBLE_BUFFERED}) {
                String where = "seed " + SEED + ", case " + i + ": " + mapping + " " + counting;
                CellArray cells = operands.on(mapping, interval(mapping, counting));
                assertArrayEquals(operands.product(), result(mapping, cells), where);
                assertEquals(cells.duration(), mapping.duration(counting), where);
                assertEquals(accesses(mapping, cells), mapping.accesses(), where);
            }
        }
    }

    private static Accesses accesses(Mapping mapping, CellArray cells) {
        boolean swapped = mapping.dataflow() == Dataflow.IS;
        return new Accesses(swapped ? cells.topReads() : cells.leftReads(),
                swapped ? cells.leftReads() : cells.topReads(), cells.partialReads(), cells.partialWrites(),
                mapping.product().m() * mapping.product().n());
    }

    @ParameterizedTest
    @EnumSource
    void noShorterIntervalWorks(Dataflow dataflow) {
        Operands operands = Operands.of(new SplittableRandom(SEED), 2, 2, 2);
        Mapping small = mapping(5, 2, dataflow, 2, 2, 2);
        Operands many = Operands.of(new SplittableRandom(SEED), dataflow == Dataflow.WS ? 2 : 12,
                dataflow == Dataflow.IS ? 2 : 12, dataflow == Dataflow.OS ? 2 : 12);
        Mapping mapping = mapping(5, 2, dataflow, many.inputs().length, many.weights()[0].length,
                many.weights().length);
        assertArrayEquals(operands.product(), result(small, operands.on(small, 5)));
        assertEquals(5, interval(mapping, Counting.DOUBLE_BUFFERED), "rows: TC-3");
        assertArrayEquals(many.product(), result(mapping, many.on(mapping, 5)));
        assertFalse(Arrays.deepEquals(many.product(), result(mapping, many.on(mapping, 4))),
                "a fold that starts a cycle earlier overruns what stays");
    }

    @Test
    void byHand() {
        Mapping mapping = mapping(4, 3, Dataflow.OS, 9, 4, 10);
        assertEquals(6, mapping.folds());
        assertEquals(6 * 15 - 1, mapping.cycles(Counting.SCALESIM));
        assertEquals(6 * 19, mapping.cycles(Counting.CAUSAL));
        assertEquals(5 * 10 + 19, mapping.cycles(Counting.DOUBLE_BUFFERED));
        assertEquals(36 / 72.0, mapping.mappingEfficiency());
        assertEquals(360 / (12.0 * 89), mapping.overallUtilisation(Counting.SCALESIM));
        assertEquals(360 / (12.0 * 90), mapping.computeUtilisation(Counting.SCALESIM));
        assertEquals(new Accesses(9 * 10 * 2, 4 * 10 * 3, 0, 0, 36), mapping.accesses());
    }

    @Test
    void aSingleCellHasNoCycleToReport() {
        Mapping mapping = mapping(1, 1, Dataflow.OS, 1, 1, 1);
        assertEquals(0, mapping.cycles(Counting.SCALESIM));
        assertEquals(0, mapping.overallUtilisation(Counting.SCALESIM));
        assertEquals(1, mapping.computeUtilisation(Counting.SCALESIM));
    }

    @Test
    void modesAreOrdered() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 1000; i++) {
            for (Dataflow dataflow : Dataflow.values()) {
                Mapping m = mapping(random.nextInt(1, 40), random.nextInt(1, 40), dataflow, random.nextInt(1, 500),
                        random.nextInt(1, 500), random.nextInt(1, 500));
                String where = "seed " + SEED + ", case " + i + ": " + m;
                assertTrue(m.cycles(Counting.SCALESIM) < m.cycles(Counting.CAUSAL), where);
                assertTrue(m.cycles(Counting.DOUBLE_BUFFERED) <= m.cycles(Counting.CAUSAL), where);
                assertTrue(m.computeUtilisation(Counting.DOUBLE_BUFFERED) <= m.mappingEfficiency(), where);
                assertTrue(m.mappingEfficiency() <= 1, where);
            }
        }
    }

    @Test
    void refusesWhatWouldOverflow() {
        assertThrows(IllegalArgumentException.class, () -> new MatrixProduct(0, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new MatrixProduct(1L << 40, 1 << 10, 2));
        assertThrows(IllegalArgumentException.class, () -> new MatrixProduct(Long.MAX_VALUE, Long.MAX_VALUE, 1));
        assertEquals(1L << 50, new MatrixProduct(1L << 40, 1 << 10, 1).macs());
    }
}
