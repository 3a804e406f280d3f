package metronome.traces.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.List;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.spiking.FixedWeights;
import metronome.core.spiking.PlainLayer;
import metronome.core.spiking.PlainNetwork;
import metronome.core.spiking.PlainNeuron;
import metronome.core.spiking.PlainReadout;
import org.junit.jupiter.api.Test;

/** Do plain networks of different neurons have different hashes? */
class HashesTest {
    private static String hash(PlainNeuron.Current current, int inputs, int outputs, boolean announces, boolean waits) {
        Shape in = Shape.vector(inputs);
        PlainNeuron neuron = new PlainNeuron(current, PlainNeuron.LeakOrder.NONE, 0, 9, false, PlainNeuron.Reset.VALUE, 0, true,
                PlainNeuron.Comparison.EACH_STEP, 0, announces, waits);
        int weights = (waits ? inputs / 3 : inputs) * (announces ? outputs / 3 : outputs);
        PlainLayer layer = new PlainLayer("a", in, Shape.vector(outputs), Window.covering(in), FixedWeights.of(new int[weights]), new int[0], 0,
                neuron);
        return Hashes.of(new PlainNetwork("n", 3, 8, 24, PlainReadout.SPIKES, in, List.of(layer)));
    }

    @Test
    void theCurrentAndWhatIsAnnouncedAndWaitedForAreInTheHash() {
        List<String> hashes = List.of(hash(PlainNeuron.Current.PULSE, 3, 3, false, false), hash(PlainNeuron.Current.HELD, 3, 3, false, false),
                hash(PlainNeuron.Current.HELD, 3, 3, true, false), hash(PlainNeuron.Current.HELD, 3, 3, false, true),
                hash(PlainNeuron.Current.HELD, 3, 3, true, true), hash(PlainNeuron.Current.HELD, 3, 9, true, false),
                hash(PlainNeuron.Current.HELD, 9, 3, false, true), hash(PlainNeuron.Current.PULSE, 3, 3, true, false));
        assertEquals(hashes.size(), new HashSet<>(hashes).size(), hashes::toString);
    }
}
