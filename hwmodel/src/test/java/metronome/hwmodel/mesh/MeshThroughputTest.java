package metronome.hwmodel.mesh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What a mesh carries when every core sends to any core, itself included, with the same likelihood. Half of all flits
 * then cross the middle, a quarter in each direction, over as many links as there are rows: no more than 4 * rows / cores
 * flits a core and cycle.
 */
class MeshThroughputTest {
    private static final int SIZE = 8;
    private static final double BISECTION = 4.0 * SIZE / (SIZE * SIZE);
    private static final int CYCLES = 4000;

    /** Messages of one flit that arrive for each core and cycle. */
    private static double throughput(double offered) {
        MeshRig rig = new MeshRig(new MeshParameters(new Grid(SIZE, SIZE), 1, 8, 2, 1, true));
        Random random = new Random(5);
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            for (int core = 0; core < SIZE * SIZE; core++) {
                if (random.nextDouble() < offered) {
                    rig.queue(core, 1L << random.nextInt(SIZE * SIZE), 0, 0);
                }
            }
            rig.cycle(_ -> true);
        }
        return (double) rig.arrivals.size() / CYCLES / (SIZE * SIZE);
    }

    @Test
    void saturatesBelowTheBisection() {
        double saturated = throughput(1);
        System.out.printf("MeshThroughputTest: %.3f of %.3f flits a core and cycle%n", saturated, BISECTION);
        assertTrue(saturated < BISECTION, "above the bound: " + saturated);
        assertTrue(saturated > 0.5 * BISECTION, "far below the bound: " + saturated);
        assertEquals(saturated, throughput(0.7), 0.03, "saturated is saturated");
    }

    @Test
    void carriesALightLoadWhole() {
        assertEquals(0.1, throughput(0.1), 0.002);
    }
}
