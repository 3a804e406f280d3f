package metronome.core.spiking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The bit-exact oracle of plain networks. The spikes of a step are added in the order in which they come: those of the
 * input by neuron, those of a layer by the spike that made them fire, where they compare at each event, and then by (row,
 * column, channel). Where nothing saturates the order matters to layers that compare at each event only.
 */
public final class PlainSimulator {
    private final PlainNetwork network;
    private final List<PlainStage> stages;

    /**
     * What an input made a network do.
     *
     * @param trains of each layer
     * @param output as {@link PlainNetwork#readout} says
     * @param lowest of each step, the neuron of the last layer whose potential is lowest at its end, among equals the first
     * @param saturations additions that left the range of a potential
     */
    public record Result(List<SpikeTrain> trains, SpikeTrain output, int[] lowest, long saturations) {
    }

    /**
     * Prepares a network; the weights are copied.
     *
     * @param network to simulate
     */
    public PlainSimulator(PlainNetwork network) {
        this.network = network;
        this.stages = network.layers().stream().map(PlainStage::new).toList();
    }

    /**
     * {@return the spikes of all layers}
     *
     * @param input spikes of the steps 0 to T
     * @throws IllegalArgumentException if it has another number of steps
     */
    public Result run(SpikeTrain input) {
        if (input.lastStep() != network.lastStep()) {
            throw new IllegalArgumentException("the input has " + (input.lastStep() + 1) + " steps, the network "
                    + (network.lastStep() + 1));
        }
        SaturatingSum sum = new SaturatingSum(network.potentialBits());
        List<SpikeTrain> trains = new ArrayList<>();
        SpikeTrain arriving = input;
        int[] lowest = new int[0];
        for (PlainStage stage : stages) {
            PlainStage.Passage passage = stage.run(arriving, sum);
            arriving = passage.fired();
            lowest = passage.lowest();
            trains.add(arriving);
        }
        return new Result(trains, network.readout() == PlainReadout.SPIKES ? arriving : decided(arriving, lowest), lowest,
                sum.saturations());
    }

    private static SpikeTrain decided(SpikeTrain train, int[] lowest) {
        int[][] neurons = train.neurons().clone();
        neurons[0] = Arrays.copyOf(neurons[0], neurons[0].length + 1);
        neurons[0][neurons[0].length - 1] = lowest[lowest.length - 1];
        return new SpikeTrain(neurons);
    }
}
