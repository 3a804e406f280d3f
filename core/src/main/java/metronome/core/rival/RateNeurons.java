package metronome.core.rival;

import java.util.Arrays;
import java.util.Optional;

/**
 * Integrate-and-fire neurons without leak that have the threshold 1 subtracted when they fire; those of the last layer do
 * not fire. The first layer is driven by the same current at every step.
 */
final class RateNeurons implements Part {
    private final Synapses synapses;
    private final Optional<Part> source;
    private final boolean fires;
    private final Tally tally;
    private final double[] drive;
    private final double[] potentials;
    private final int[] reached;
    private final Emission emission;
    private final boolean biased;

    RateNeurons(Synapses synapses, Optional<Part> source, float[] image, boolean fires, Tally tally) {
        this.synapses = synapses;
        this.source = source;
        this.fires = fires;
        this.tally = tally;
        this.potentials = new double[synapses.neurons()];
        this.reached = new int[synapses.blocks()];
        this.emission = Emission.of(potentials.length);
        if (source.isEmpty()) {
            drive = synapses.sums(image, tally);
        } else {
            drive = new double[potentials.length];
            Arrays.setAll(drive, synapses::bias);
        }
        this.biased = Arrays.stream(drive).anyMatch(d -> d != 0);
    }

    @Override
    public void step(int step) {
        source.ifPresent(s -> arrive(s.spikes(), step));
        spikes().clear();
        int n = potentials.length;
        int updated = 0;
        for (int block = 0; block < reached.length; block++) {
            updated += source.isEmpty() || reached[block] == step ? synapses.outputs() : 0;
        }
        for (int i = 0; i < n; i++) {
            potentials[i] += drive[i];
            if (fires && potentials[i] >= 1 - RivalSimulator.ROUNDING) {
                potentials[i] -= 1;
                spikes().add(synapses.neuron(i));
            }
        }
        tally.both(0, spikes().count(), 0);
        tally.clock(0, biased ? n : 0, fires ? n : 0);
        tally.event(biased && source.isPresent() ? updated : 0, biased ? updated : 0, fires ? updated : 0);
    }

    private void arrive(Spikes arriving, int step) {
        long crossed = 0;
        for (int i = 0; i < arriving.count(); i++) {
            crossed += synapses.add(arriving.get(i), 1, potentials, reached, step);
        }
        tally.both(0, crossed, 0);
    }

    double[] potentials() {
        return synapses.byNeuron(potentials);
    }

    @Override
    public Emission emission() {
        return emission;
    }
}
