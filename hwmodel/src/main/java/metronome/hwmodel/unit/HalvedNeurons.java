package metronome.hwmodel.unit;

import java.util.zip.Checksum;
import metronome.hwmodel.memory.EventList;

/**
 * The data path of a LIF array whose potentials are in two halves: that of the half in which its tile lies. The other half
 * may be firing meanwhile, by parameters of its own.
 */
public final class HalvedNeurons implements Neurons {
    private final Neurons[] halves;
    private final int size;
    private NeuronParameters parameters = NeuronParameters.NONE;
    private Neurons half;
    private int lowest;
    private int lowestEvent;

    /**
     * Creates both halves.
     *
     * @param first data path of the first half, with room for all potentials
     * @param second data path of the second half, likewise
     * @param size potentials of a half
     */
    public HalvedNeurons(Neurons first, Neurons second, int size) {
        this.halves = new Neurons[] {first, second};
        this.half = first;
        this.size = size;
    }

    /** The data path of a half. */
    Neurons half(int number) {
        return halves[number];
    }

    /** The half of the tile, with the parameters of the array. */
    private Neurons half() {
        half.parameters(parameters);
        return half;
    }

    @Override
    public void tile(Tile tile, int layer) {
        half = halves[tile.base() / size];
        half().tile(tile, layer);
    }

    @Override
    public void parameters(NeuronParameters changed) {
        parameters = changed;
    }

    @Override
    public void clear(int count) {
        half().clear(count);
    }

    @Override
    public void leak() {
        half().leak();
    }

    @Override
    public void decay(int potential, int exponent) {
        half().decay(potential, exponent);
    }

    @Override
    public void foresee(UpcomingWindow window) {
        half().foresee(window);
    }

    @Override
    public void foreseeCleared(UpcomingWindow window) {
        halves[window.tile().base() / size].foreseeCleared(window);
    }

    @Override
    public boolean foresees() {
        return halves[0].foresees();
    }

    @Override
    public void integrate(Tile into, EventList events, int count, int firstWeight, int shift) {
        half().integrate(into, events, count, firstWeight, shift);
    }

    @Override
    public void integrateWaiting(Tile slopes, EventList events, int count, int firstWeight, int shift) {
        half().integrateWaiting(slopes, events, count, firstWeight, shift);
    }

    @Override
    public void endWindow() {
        half().endWindow();
    }

    @Override
    public void bias(Tile into, int firstBias) {
        half().bias(into, firstBias);
    }

    @Override
    public void drive(Tile slopes) {
        half().drive(slopes);
    }

    @Override
    public int live() {
        return half.live();
    }

    @Override
    public void fire(FireWindow window, int step, EventList fired) {
        half().fire(window, step, fired);
    }

    @Override
    public void compare(int spikeStep, EventList fired) {
        half().compare(spikeStep, fired);
    }

    @Override
    public void arrive(int event, int firstWeight, int shift, EventList fired) {
        half().arrive(event, firstWeight, shift, fired);
    }

    @Override
    public void lowest(boolean first) {
        half.lowest(true);
        int potential = half.lowestPotential();
        if (first || potential < lowest || potential == lowest && half.lowestEvent() < lowestEvent) {
            lowest = potential;
            lowestEvent = half.lowestEvent();
        }
    }

    @Override
    public int lowestPotential() {
        return lowest;
    }

    @Override
    public int lowestEvent() {
        return lowestEvent;
    }

    @Override
    public void digest(Checksum sum) {
        halves[0].digest(sum);
        halves[1].digest(sum);
    }
}
