package metronome.core.spiking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import metronome.core.code.Rounding;
import metronome.core.code.TemporalCode;
import metronome.core.code.ZeroPolicy;
import metronome.core.network.Network;
import metronome.core.network.NetworkBuilder;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.network.Zoo;
import org.junit.jupiter.api.Test;

/** Have random networks the activations that were asked for, and do they say the truth about them? */
class SyntheticNetworkTest {
    private static final TemporalCode CODE = new TemporalCode(4, 16, Rounding.HALF_STEP, ZeroPolicy.SILENT);

    private static Network branches() {
        Window three = new Window(3, 3, 1, 1);
        return NetworkBuilder.chain("branches", new Shape(3, 24, 24)).convolution("c1", 16, three).rectifier("r1")
                .maxPool("p1", Window.square(2, 2)).convolution("c2", 16, three).rectifier("r2").from("p1")
                .convolution("c3", 8, Window.square(1, 1)).rectifier("r3").convolution("c4", 24, three).rectifier("r4")
                .concat("all", "r2", "r4").convolution("c5", 20, Window.square(3, 2).grouped(2)).rectifier("r5").averagePool("mean", Window.square(2, 2))
                .rectifier("r6").dense("fc", 10)
                .build();
    }

    private static SyntheticNetwork.Settings settings(TemporalCode code, double silent) {
        return new SyntheticNetwork.Settings(5, code, silent, 24);
    }

    @Test
    void whatReachesALayerHasTheShareThatWasAskedFor() {
        for (double silent : new double[] {0, 0.5, 0.8}) {
            for (Network network : new Network[] {Zoo.lenet(), branches()}) {
                for (SyntheticNetwork.Share share : SyntheticNetwork.of(network, settings(CODE, silent)).shares()) {
                    if (share.layer().equals("mean")) {
                        continue; // has no bias
                    }
                    boolean beforePool = share.layer().startsWith("c1") || share.layer().startsWith("conv");
                    double least = beforePool ? silent : silent - 0.06;
                    assertTrue(share.value() >= least && (beforePool || share.value() <= silent + 0.06),
                            share + " of " + network.name() + " at " + silent);
                }
            }
        }
    }

    @Test
    void sharesAndImageAreThoseOfTheSimulator() {
        for (ZeroPolicy zeros : ZeroPolicy.values()) {
            TemporalCode code = new TemporalCode(4, 16, Rounding.HALF_STEP, zeros);
            SyntheticNetwork made = SyntheticNetwork.of(branches(), settings(code, 0.5));
            FiringRecord record = FixedSimulator.scalar(made.network()).run(made.image());
            assertEquals(0, record.saturations());
            int[] late = new int[1];
            for (int l = 0; l < made.shares().size() - 1; l++) {
                int[] steps = record.steps()[l];
                assertEquals(made.shares().get(l + 1), SyntheticNetwork.Share.of(made.network().layers().get(l).name(),
                        steps, zeros));
                assertTrue(Arrays.stream(steps).filter(s -> s > 0).distinct().count() > 12, "steps are spread");
                late[0] += (int) Arrays.stream(steps).filter(s -> s == 16).count();
            }
            assertTrue(late[0] > 0, "some fire at the last step");
        }
    }

    @Test
    void theSeedDecides() {
        SyntheticNetwork made = SyntheticNetwork.of(Zoo.lenet(), settings(CODE, 0.5));
        SyntheticNetwork again = SyntheticNetwork.of(Zoo.lenet(), settings(CODE, 0.5));
        assertArrayEquals(made.image(), again.image());
        for (int l = 0; l < made.network().layers().size(); l++) {
            if (made.network().layers().get(l) instanceof FixedLayer.Synapses s) {
                FixedLayer.Synapses other = (FixedLayer.Synapses) again.network().layers().get(l);
                assertEquals(s.weights(), other.weights());
                assertArrayEquals(s.bias(), other.bias());
            }
        }
    }

    @Test
    void refusesAShareOfOne() {
        assertEquals("the share of silent neurons must be in [0, 1): 1.0", assertThrows(IllegalArgumentException.class,
                () -> settings(CODE, 1)).getMessage());
    }
}
