package metronome.core.spiking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import org.junit.jupiter.api.Test;

/** Do plain networks check what they are made of, and has the random one the rate that was asked for? */
class PlainNetworkTest {
    private static final PlainNeuron NEURON = new PlainNeuron(PlainNeuron.Current.PULSE, PlainNeuron.LeakOrder.NONE, 0, 10, false,
            PlainNeuron.Reset.SUBTRACT, 0, false, PlainNeuron.Comparison.EACH_STEP, 0, false, false);

    private static PlainLayer layer(int inputs, int outputs, int weights, int... bias) {
        Shape in = Shape.vector(inputs);
        return new PlainLayer("l", in, Shape.vector(outputs), Window.covering(in), FixedWeights.of(new int[weights]), bias, 0,
                NEURON);
    }

    @Test
    void theRandomNetworkFiresAsOftenAsIsAsked() {
        PlainRandom made = PlainRandom.dense(3, 3, 128, 63, 0.1, 24);
        PlainSimulator.Result result = new PlainSimulator(made.network()).run(made.input());
        assertEquals(0, result.saturations());
        for (int l = 0; l < 3; l++) {
            assertEquals(made.rates().get(l), (double) result.trains().get(l).spikes() / 128 / 64);
            assertEquals(0.1, made.rates().get(l), 0.01, "layer " + l);
        }
        assertEquals(made.input(), PlainRandom.dense(3, 3, 128, 63, 0.1, 24).input());
        assertEquals(made.rates(), PlainRandom.dense(3, 3, 128, 63, 0.1, 24).rates());
    }

    /** Two inputs with weights 3 and -2 and a bias of 1, spikes at steps 1 and 3: slopes 0, 4, 4, 2; potentials 0, 4, 8, 10. */
    @Test
    void heldCurrentsDriveNeuronsAtEveryLaterStep() {
        assertEquals(new SpikeTrain(new int[][] {{}, {}, {0}, {}, {}}), held(8, 0));
        assertEquals(new SpikeTrain(new int[][] {{}, {}, {}, {0}, {}}), held(9, 0));
        assertEquals(new SpikeTrain(new int[][] {{}, {}, {}, {}, {0}}), held(12, 0));
        assertEquals(new SpikeTrain(new int[][] {{}, {}, {}, {}, {}}), held(13, 0));
        assertEquals(new SpikeTrain(new int[][] {{}, {}, {}, {}, {0}}), held(8, 2), "delayed");
    }

    private static SpikeTrain held(int threshold, int delay) {
        Shape in = Shape.vector(2);
        PlainNeuron neuron = new PlainNeuron(PlainNeuron.Current.HELD, PlainNeuron.LeakOrder.NONE, 0, threshold, false,
                PlainNeuron.Reset.VALUE, 0, true, PlainNeuron.Comparison.EACH_STEP, delay, false, false);
        PlainLayer layer = new PlainLayer("l", in, Shape.vector(1), Window.covering(in), FixedWeights.of(3, -2), new int[] {1}, 0,
                neuron);
        return new PlainSimulator(new PlainNetwork("n", 4, 8, 24, PlainReadout.SPIKES, in, List.of(layer)))
                .run(new SpikeTrain(new int[][] {{}, {0}, {}, {1}, {}})).trains().getFirst();
    }

    /**
     * Both neurons of the first layer are driven from step 1 on, by 3 and 2; the first fires at step 2, the second ceases to be driven at step 3.
     * Their announcements lower the second layer's by 5 and 4, which their withdrawals give back; the spike drives by 5 a step.
     */
    @Test
    void announcementsLowerPotentialsUntilTheyAreWithdrawn() {
        Shape in = Shape.vector(2);
        PlainLayer first = new PlainLayer("a", in, Shape.vector(6), Window.covering(in), FixedWeights.of(3, 0, 2, -3), new int[0], 0,
                announcing(6, true, false));
        PlainLayer second = new PlainLayer("b", Shape.vector(6), Shape.vector(1), Window.covering(in), FixedWeights.of(5, -4), new int[0], 0,
                announcing(7, false, true));
        SpikeTrain input = new SpikeTrain(new int[][] {{}, {0}, {}, {1}, {}, {}});
        PlainSimulator.Result result = new PlainSimulator(new PlainNetwork("n", 5, 8, 24, PlainReadout.SPIKES, in, List.of(first, second)))
                .run(input);
        assertEquals(new SpikeTrain(new int[][] {{}, {1, 4}, {0, 2}, {5}, {}, {}}), result.trains().getFirst());
        assertEquals(new SpikeTrain(new int[][] {{}, {}, {}, {0}, {}, {}}), result.trains().getLast(), "-9; -4 + 5, 5 + 5");
        assertThrows(IllegalArgumentException.class, () -> new PlainLayer("b", Shape.vector(5), Shape.vector(1), Window.covering(in),
                FixedWeights.of(5, -4), new int[0], 0, announcing(7, false, true)), "no three kinds");
        assertThrows(IllegalArgumentException.class, () -> new PlainLayer("a", in, Shape.vector(5), Window.covering(in),
                FixedWeights.of(3, 0), new int[0], 0, announcing(6, true, false)), "no three kinds");
    }

    /** Without held currents those are driven whose potential is above 0, if they have not fired once and for all. */
    @Test
    void neuronsAnnounceThemselvesAgain() {
        SpikeTrain input = new SpikeTrain(new int[][] {{0}, {1}, {0}, {0}, {1, 1}, {0}, {0, 0}});
        assertEquals(new SpikeTrain(new int[][] {{1}, {2}, {1}, {0, 2}, {}, {}, {}}), sent(pulse(4, true), input), "2, 0, 2, 4");
        assertEquals(new SpikeTrain(new int[][] {{0}, {}, {}, {}, {}, {}, {}}), sent(pulse(2, true), input), "at once");
        assertEquals(new SpikeTrain(new int[][] {{0, 1}, {2}, {1}, {0}, {2}, {}, {0, 1}}), sent(pulse(2, false), input),
                "2, so 1, -1, 1, 3, so 1, -3, -1, 3, so 1");
    }

    private static PlainNeuron pulse(int threshold, boolean once) {
        return new PlainNeuron(PlainNeuron.Current.PULSE, PlainNeuron.LeakOrder.NONE, 0, threshold, false, PlainNeuron.Reset.VALUE, 1, once,
                PlainNeuron.Comparison.EACH_STEP, 0, true, false);
    }

    private static SpikeTrain sent(PlainNeuron neuron, SpikeTrain input) {
        Shape in = Shape.vector(2);
        PlainLayer layer = new PlainLayer("l", in, Shape.vector(3), Window.covering(in), FixedWeights.of(2, -2), new int[0], 0, neuron);
        return new PlainSimulator(new PlainNetwork("n", 6, 8, 24, PlainReadout.SPIKES, in, List.of(layer))).run(input).trains().getFirst();
    }

    private static PlainNeuron announcing(int threshold, boolean announces, boolean waits) {
        return new PlainNeuron(PlainNeuron.Current.HELD, PlainNeuron.LeakOrder.NONE, 0, threshold, false, PlainNeuron.Reset.VALUE, 0, true,
                PlainNeuron.Comparison.EACH_STEP, 0, announces, waits);
    }

    /** Two channels at two places; among equals the first in the order (channel, row, column). */
    @Test
    void theNeuronOfLowestPotentialIsTheOutput() {
        Shape in = new Shape(2, 1, 2);
        PlainNeuron never = new PlainNeuron(PlainNeuron.Current.PULSE, PlainNeuron.LeakOrder.NONE, 0, 99, false,
                PlainNeuron.Reset.SUBTRACT, 0, false, PlainNeuron.Comparison.EACH_STEP, 0, false, false);
        PlainLayer layer = new PlainLayer("l", in, in, Window.square(1, 1), FixedWeights.of(-2, -1, 0, -2), new int[0], 0, never);
        PlainNetwork network = new PlainNetwork("n", 1, 8, 24, PlainReadout.LOWEST_POTENTIAL, in, List.of(layer));
        PlainSimulator.Result result = new PlainSimulator(network).run(new SpikeTrain(new int[][] {{2, 1}, {2}}));
        assertEquals(List.of(new SpikeTrain(new int[][] {{}, {}})), result.trains());
        assertEquals(List.of(1, 2), java.util.Arrays.stream(result.lowest()).boxed().toList(), "-1 -2 -2 0, then -2 -2 -4 0");
        assertEquals(new SpikeTrain(new int[][] {{2}, {}}), result.output());
    }

    @Test
    void aTrainOfFiringStepsIsInOrder() {
        SpikeTrain train = SpikeTrain.of(new int[] {2, -1, 0, 2}, 2);
        assertEquals(new SpikeTrain(new int[][] {{2}, {}, {0, 3}}), train);
        assertEquals(3, train.spikes());
        assertEquals(train, new SpikeTrain(new int[][] {{2}, {}, {3, 0}}).sorted());
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> layer(2, 3, 5)).getMessage().startsWith("layer l: "));
        assertThrows(IllegalArgumentException.class, () -> layer(2, 3, 6, 1));
        assertThrows(IllegalArgumentException.class, () -> new PlainNetwork("n", 3, 8, 24, PlainReadout.SPIKES, Shape.vector(3),
                List.of(layer(2, 3, 6))));
        assertThrows(IllegalArgumentException.class, () -> new PlainNetwork("n", 3, 8, 24, PlainReadout.SPIKES, Shape.vector(2), List.of()));
        PlainNetwork network = new PlainNetwork("n", 3, 8, 24, PlainReadout.SPIKES, Shape.vector(2), List.of(layer(2, 3, 6)));
        assertThrows(IllegalArgumentException.class, () -> new PlainSimulator(network).run(new SpikeTrain(new int[2][0])));
        assertThrows(IllegalArgumentException.class, () -> new PlainNeuron(PlainNeuron.Current.PULSE, PlainNeuron.LeakOrder.NONE, 65536, 1, false,
                PlainNeuron.Reset.VALUE, 0, false, PlainNeuron.Comparison.EACH_STEP, 0, false, false));
        assertThrows(IllegalArgumentException.class, () -> new PlainNeuron(PlainNeuron.Current.HELD, PlainNeuron.LeakOrder.NONE, 0, 1,
                false, PlainNeuron.Reset.VALUE, 0, false, PlainNeuron.Comparison.EACH_EVENT, 0, false, false));
        assertThrows(IllegalArgumentException.class, () -> new PlainNeuron(PlainNeuron.Current.PULSE, PlainNeuron.LeakOrder.NONE, 0, 1,
                false, PlainNeuron.Reset.VALUE, 0, false, PlainNeuron.Comparison.EACH_EVENT, 0, true, false));
        assertThrows(IllegalArgumentException.class, () -> new PlainNeuron(PlainNeuron.Current.PULSE, PlainNeuron.LeakOrder.NONE, 0, 1,
                false, PlainNeuron.Reset.VALUE, 0, false, PlainNeuron.Comparison.EACH_STEP, 0, false, true));
    }
}
