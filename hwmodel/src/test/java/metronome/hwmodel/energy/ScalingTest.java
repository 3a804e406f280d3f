package metronome.hwmodel.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import metronome.core.io.DataException;
import metronome.isa.target.TargetField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Does scaling give the ratios that its source lists? */
class ScalingTest {
    private final Scaling scaling = Scaling.shipped();

    @ParameterizedTest
    @CsvSource({"130, 3.07, 0.005", "90, 1.90, 0.005", "65, 1.24, 0.005", "45, 1, 0", "32, 0.66, 0.005", "20, 0.22, 0.005",
        "16, 0.174, 0.0005", "14, 0.139, 0.0005", "10, 0.118, 0.0005", "7, 0.094, 0.0005"})
    void energyAtPointEightVolts(int node, double expected, double tolerance) {
        assertEquals(expected, scaling.energy(45, 0.8, node, 0.8), tolerance);
    }

    @ParameterizedTest
    @CsvSource({"130, 6.4", "90, 2.8", "65, 1.5", "45, 1", "32, 0.46", "20, 0.21", "16, 0.19", "14, 0.17", "10, 0.1",
        "7, 0.059"})
    void area(int node, double expected) {
        assertEquals(expected, scaling.area(45, node), 1e-12);
    }

    @Test
    void thereAndBackIsOne() {
        assertEquals(1, scaling.energy(45, 0.9, 7, 0.7) * scaling.energy(7, 0.7, 45, 0.9), 1e-12);
    }

    @Test
    void energyGrowsWithVoltageFromPointSixVolts() {
        for (String node : TargetField.NODE.choices()) {
            int nm = Integer.parseInt(node);
            for (double v = 0.6; v < 1.5; v += 0.05) {
                assertTrue(scaling.energy(nm, v, nm, v + 0.05) > 1, node + " nm at " + v);
            }
        }
    }

    @Test
    void everyNodeOfTheTargetIsThereAndNoOther() {
        TargetField.NODE.choices().forEach(node -> scaling.area(45, Integer.parseInt(node)));
        assertTrue(assertThrows(DataException.class, () -> scaling.area(45, 28)).getMessage().contains("node_nm=28"));
    }
}
