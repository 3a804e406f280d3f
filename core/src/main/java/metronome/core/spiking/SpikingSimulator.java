package metronome.core.spiking;

import java.util.ArrayList;
import java.util.List;
import metronome.core.code.TemporalCode;
import metronome.core.network.Shape;

/**
 * The oracle in double precision: steps each layer through its windows, spike by spike and tick by tick.
 *
 * <p>Step k of an integration window: first every potential leaks (not at k = 0), then the spikes of that step arrive.
 * The window ends at step T with the bias pulse, where the output window begins with its step 0: tick, compare; at each
 * later step leak, tick, compare. A neuron fires once; at T those that have not fired are flushed.
 */
public final class SpikingSimulator implements SpikingModel {
    private final SpikingNetwork network;
    private final List<DoubleStage> stages = new ArrayList<>();

    /**
     * Prepares a network; the weights are copied.
     *
     * @param network to simulate
     */
    public SpikingSimulator(SpikingNetwork network) {
        this.network = network;
        for (SpikingLayer layer : network.layers()) {
            boolean ticked = layer != network.layers().getLast() || network.readout() == Readout.LAST_SPIKE;
            stages.add(switch (layer) {
                case SpikingLayer.Synapses s -> new DoubleStage.Synaptic(s, network, ticked);
                case SpikingLayer.Pool p when p.circuit() == PoolCircuit.COUNTER -> new DoubleStage.Counter(p, network);
                case SpikingLayer.Pool p -> new DoubleStage.Reset(p, network);
            });
        }
    }

    /** {@return the network that is simulated} */
    public SpikingNetwork network() {
        return network;
    }

    @Override
    public TemporalCode code() {
        return network.code();
    }

    @Override
    public Shape input() {
        return network.input();
    }

    @Override
    public FiringRecord run(int[] spikes) {
        requireSpikes(spikes);
        int[][] steps = new int[stages.size()][];
        double[] potentials = {};
        for (int l = 0; l < steps.length; l++) {
            int[] arriving = network.wiring().arriving(l, spikes, steps);
            DoubleStage.Outcome outcome = stages.get(l).run(Spikes.of(arriving, code().steps()));
            steps[l] = outcome.steps();
            potentials = outcome.potentials();
        }
        return FiringRecord.of(steps, potentials, network.readout(), 0);
    }
}
