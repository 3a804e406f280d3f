package metronome.core.spiking;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import metronome.core.code.TemporalCode;
import metronome.core.network.Shape;

/**
 * The bit-exact oracle of the hardware: the windows of {@link SpikingSimulator} in the integer arithmetic that
 * {@link FixedLayer} states. Spikes of one step arrive in the order of their indices; max-pools give the latest spike
 * that is present.
 */
public final class FixedSimulator implements SpikingModel {
    private final FixedNetwork network;
    private final LeakPolicy leak;
    private final List<Optional<FixedStage>> stages = new ArrayList<>();

    /**
     * Prepares a network; the weights are copied.
     *
     * @param network to simulate
     */
    public FixedSimulator(FixedNetwork network) {
        this(network, true, LeakPolicy.EAGER);
    }

    /**
     * Prepares a network for hardware of a leak policy; the weights are copied.
     *
     * @param network to simulate
     * @param policy when potentials leak while they integrate
     */
    public FixedSimulator(FixedNetwork network, LeakPolicy policy) {
        this(network, true, policy);
    }

    private FixedSimulator(FixedNetwork network, boolean lanes, LeakPolicy policy) {
        this.network = network;
        this.leak = policy;
        for (FixedLayer layer : network.layers()) {
            boolean ticked = layer != network.layers().getLast() || network.readout() == Readout.LAST_SPIKE;
            stages.add(switch (layer) {
                case FixedLayer.Synapses s -> Optional.of(new FixedStage(s, network, ticked, lanes, policy));
                case FixedLayer.Pool _ -> Optional.empty();
            });
        }
    }

    /**
     * {@return a simulator that does one addition at a time, each checked for saturation: slow, and the twin that the
     * vector lanes are tested against}
     *
     * @param network to simulate
     */
    public static FixedSimulator scalar(FixedNetwork network) {
        return new FixedSimulator(network, false, LeakPolicy.EAGER);
    }

    /** {@return the network that is simulated} */
    public FixedNetwork network() {
        return network;
    }

    /** {@return when potentials leak while they integrate} */
    public LeakPolicy leak() {
        return leak;
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
        SaturatingSum sum = new SaturatingSum(network.potentialBits());
        int[][] steps = new int[stages.size()][];
        int[] potentials = {};
        for (int l = 0; l < steps.length; l++) {
            int[] arriving = network.wiring().arriving(l, spikes, steps);
            switch (network.layers().get(l)) {
                case FixedLayer.Pool p -> steps[l] = Spikes.latest(arriving, p.input(), p.output(), p.window());
                case FixedLayer.Synapses s -> {
                    FixedStage stage = stages.get(l).orElseThrow();
                    int[] reached = stage.integrate(Spikes.of(arriving, code().steps()), sum);
                    steps[l] = stage.fire(reached, sum);
                    potentials = FixedStage.channelMajor(reached, s.output());
                }
            }
        }
        return FiringRecord.of(steps, widened(potentials), network.readout(), sum.saturations());
    }

    private static double[] widened(int[] potentials) {
        double[] wide = new double[potentials.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = potentials[i];
        }
        return wide;
    }
}
