package metronome.traces.explore;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import metronome.core.code.TemporalCode;
import metronome.core.spiking.FixedNetwork;
import metronome.core.spiking.FixedSimulator;
import metronome.hwmodel.count.Counts;
import metronome.hwmodel.machine.Machine;

/**
 * Spikes of a network on some images, by the fixed-point oracle, whose spikes are the machine's.
 *
 * @param network in fixed point
 * @param images of each, by layer (the input first) and neuron, the firing step, {@link TemporalCode#SILENT} for none
 */
record OracleSpikes(FixedNetwork network, List<int[][]> images) {
    static OracleSpikes of(FixedSimulator oracle, List<int[]> inputs) {
        return new OracleSpikes(oracle.network(), inputs.stream().map(input -> run(oracle, input)).toList());
    }

    private static int[][] run(FixedSimulator oracle, int[] input) {
        int[][] steps = Stream.concat(Stream.of(input), Stream.of(oracle.run(input).steps())).toArray(int[][]::new);
        for (int layer = 1; layer < steps.length; layer++) {
            steps[layer] = filled(steps[layer], oracle.network().layers().get(layer - 1).output().size());
        }
        return steps;
    }

    /** Layers that are read out by potential do not fire: none of their neurons has a step. */
    private static int[] filled(int[] steps, int neurons) {
        return steps.length > 0 ? steps : IntStream.generate(() -> TemporalCode.SILENT).limit(neurons).toArray();
    }

    /** Counts of all images, summed: those of a full run that spikes so. */
    Counts replay(Machine machine) {
        List<Counts> counts = images.stream().map(steps -> machine.replay(steps).counts()).toList();
        Counts sum = new Counts(counts.getFirst().layers());
        counts.forEach(sum::add);
        return sum;
    }
}
