package metronome.core.rival;

import java.util.Arrays;
import java.util.Optional;

/**
 * Neurons that fire once, at the first step at which the potential reaches the threshold. A spike that has arrived adds its
 * weight at that step and at every later one; the bias is added from the first arrival on. The last layer does not fire.
 */
final class FirstSpikeNeurons implements Part {
    private final Synapses synapses;
    private final Synapses magnitudes;
    private final Optional<Part> source;
    private final double threshold;
    private final boolean dynamic;
    private final boolean fires;
    private final Tally tally;
    private final double[] slopes;
    private final double[] potentials;
    private final double[] missing;
    private final boolean[] fired;
    private final boolean[] driven;
    private final int[] reached;
    private final Emission emission;
    private boolean begun;

    FirstSpikeNeurons(Synapses synapses, Synapses magnitudes, Optional<Part> source, float[] image, double threshold, boolean dynamic,
            boolean fires, Tally tally) {
        this.synapses = synapses;
        this.magnitudes = magnitudes;
        this.source = source;
        this.threshold = threshold;
        this.dynamic = dynamic;
        this.fires = fires;
        this.tally = tally;
        int n = synapses.neurons();
        this.slopes = source.isEmpty() ? synapses.sums(image, tally) : new double[n];
        this.begun = source.isEmpty();
        this.potentials = new double[n];
        this.missing = new double[n];
        this.fired = new boolean[n];
        this.driven = new boolean[n];
        this.reached = new int[synapses.blocks()];
        this.emission = Emission.of(n);
    }

    @Override
    public void step(int step) {
        source.ifPresent(s -> arrive(s, step));
        spikes().clear();
        int n = potentials.length;
        int updated = 0;
        for (int i = 0; i < n && begun; i++) {
            if (!fired[i]) {
                updated += reached[i / synapses.outputs()] == step || source.isEmpty() && step == 1 ? 1 : 0;
                potentials[i] += slopes[i];
                if (fires && potentials[i] >= threshold + missing[i] - RivalSimulator.ROUNDING) {
                    fired[i] = true;
                    spikes().add(synapses.neuron(i));
                }
            }
        }
        int compared = !fires ? 0 : dynamic ? 2 : 1;
        tally.clock(0, n, (long) compared * n);
        tally.event(fires ? 2L * updated : updated, fires ? 2L * updated : updated, (long) compared * updated);
        expect();
    }

    private void arrive(Part from, int step) {
        Spikes arriving = from.spikes();
        if (!begun && arriving.count() > 0) {
            begun = true;
            Arrays.setAll(slopes, synapses::bias);
            tally.both(0, slopes.length, 0);
        }
        long crossed = 0;
        for (int i = 0; i < arriving.count(); i++) {
            crossed += synapses.add(arriving.get(i), 1, slopes, reached, step);
        }
        for (int i = 0; i < from.expected().count() && fires; i++) {
            int change = from.expected().get(i);
            crossed += magnitudes.add(change < 0 ? -1 - change : change, change < 0 ? -1 : 1, missing, reached, step);
        }
        tally.both(0, crossed, 0);
    }

    /** Whom later layers wait for, if they do. */
    private void expect() {
        expected().clear();
        for (int i = 0; i < fired.length && dynamic && fires; i++) {
            boolean now = begun && !fired[i] && slopes[i] > 0;
            if (now != driven[i]) {
                driven[i] = now;
                int neuron = synapses.neuron(i);
                expected().add(now ? neuron : -1 - neuron);
            }
        }
    }

    double[] potentials() {
        return synapses.byNeuron(potentials);
    }

    @Override
    public Emission emission() {
        return emission;
    }
}
