package metronome.traces.run;

import java.util.HashMap;
import java.util.Map;
import metronome.core.spiking.PlainSimulator;
import metronome.core.spiking.SpikeTrain;
import metronome.hwmodel.machine.TrainRun;

/** In how many spikes the machine and the oracle of a plain network differ. */
public final class PlainDifferences {
    private PlainDifferences() {
    }

    /**
     * {@return spikes of any layer, or of the output, that only one of them has}
     *
     * @param run of the machine
     * @param expected by the oracle
     */
    public static long between(TrainRun run, PlainSimulator.Result expected) {
        long differing = between(run.output(), expected.output());
        for (int l = 0; l < expected.trains().size() - 1; l++) {
            differing += between(run.trains().get(l + 1), expected.trains().get(l));
        }
        return differing;
    }

    private static long between(SpikeTrain one, SpikeTrain other) {
        long differing = 0;
        for (int k = 0; k <= one.lastStep(); k++) {
            Map<Integer, Integer> surplus = new HashMap<>();
            for (int neuron : one.neurons()[k]) {
                surplus.merge(neuron, 1, Integer::sum);
            }
            for (int neuron : other.neurons()[k]) {
                surplus.merge(neuron, -1, Integer::sum);
            }
            differing += surplus.values().stream().mapToLong(Math::abs).sum();
        }
        return differing;
    }
}
