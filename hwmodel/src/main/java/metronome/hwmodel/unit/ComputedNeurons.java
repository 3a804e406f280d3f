package metronome.hwmodel.unit;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.Checksum;
import metronome.core.spiking.EventKind;
import metronome.hwmodel.memory.EventList;
import metronome.hwmodel.memory.Storage;
import metronome.isa.instruction.LifOperation;
import metronome.isa.program.Event;
import metronome.isa.target.TargetField;

/** Potentials in two's complement, saturating; the arithmetic of docs/microarchitecture.md, rules DATA-1 to DATA-10. */
public final class ComputedNeurons implements Neurons {
    private final int[] potentials;
    private final boolean[] done;
    private final boolean[] announced;
    private final Storage weights;
    private final int weightBytes;
    private final int least;
    private final int most;
    private Tile tile;
    private NeuronParameters parameters = NeuronParameters.NONE;
    /** Powers of lambda in Q0.16, each rounded from the one before. */
    private final int[] powers = new int[(int) TargetField.POWER_ENTRIES.most() + 1];
    private int live;
    private int lowest;
    private int lowestEvent;

    /**
     * Creates neurons.
     *
     * @param size of the potential scratchpad
     * @param potentialBits in [16, 32]
     * @param weights the weight scratchpad
     * @param weightBytes of a weight, 1 or 2
     */
    public ComputedNeurons(int size, int potentialBits, Storage weights, int weightBytes) {
        this.potentials = new int[size];
        this.done = new boolean[size];
        this.announced = new boolean[size];
        this.weights = weights;
        this.weightBytes = weightBytes;
        this.most = (int) ((1L << (potentialBits - 1)) - 1);
        this.least = -most - 1;
    }

    @Override
    public void tile(Tile tile, int layer) {
        this.tile = tile;
        live = tile.size();
        Arrays.fill(done, tile.base(), tile.base() + tile.size(), false);
        Arrays.fill(announced, tile.base(), tile.base() + tile.size(), false);
    }

    @Override
    public void parameters(NeuronParameters parameters) {
        if (parameters.leak() != this.parameters.leak()) {
            powers[1] = parameters.leak();
            for (int e = 2; e < powers.length; e++) {
                powers[e] = (int) (((long) powers[e - 1] * parameters.leak() + (1 << 15)) >> 16);
            }
        }
        this.parameters = parameters;
    }

    @Override
    public void clear(int count) {
        Arrays.fill(potentials, tile.base(), tile.base() + count, 0);
    }

    private int saturated(long value) {
        return (int) Math.min(Math.max(value, least), most);
    }

    private static int leaked(int potential, int leak) {
        return (int) (((long) potential * leak + (1 << 15)) >> 16);
    }

    @Override
    public void leak() {
        int end = tile.base() + tile.size();
        int leak = parameters.leak();
        for (int i = tile.base(); i < end; i++) {
            potentials[i] = leaked(potentials[i], leak);
        }
    }

    @Override
    public void integrate(Tile into, EventList events, int count, int firstWeight, int shift) {
        for (int i = 0; i < count; i++) {
            integrate(into, events.get(i), firstWeight, shift, EventKind.SPIKE);
        }
    }

    @Override
    public void integrateWaiting(Tile slopes, EventList events, int count, int firstWeight, int shift) {
        for (int i = 0; i < count; i++) {
            int event = events.get(i);
            EventKind kind = EventKind.of(Event.channel(event));
            integrate(kind == EventKind.SPIKE ? slopes : tile, Event.ofNeuron(event), firstWeight, shift, kind);
        }
    }

    /** A spike adds weights, the other kinds their magnitudes. */
    private void integrate(Tile into, int event, int firstWeight, int shift, EventKind kind) {
        Geometry g = into.geometry();
        int inRow = Event.row(event);
        int inColumn = Event.column(event);
        int endRow = g.endRow(inRow, Math.min(into.endRow(), g.outHeight()));
        int endColumn = into.endReachedColumn(inColumn);
        int first = into.firstReached(Event.channel(event));
        int reached = into.endReached(Event.channel(event)) - first;
        int channelWeight = g.weight(Event.channel(event), 0, 0, into.channels()) + first;
        for (int row = g.firstRow(inRow, into.firstRow()); row < endRow; row++) {
            int kernelRow = g.kernelRow(inRow, row);
            for (int column = into.firstReachedColumn(inColumn); column < endColumn && kernelRow >= 0; column++) {
                int kernelColumn = g.kernelColumn(inColumn, column);
                if (kernelColumn >= 0) {
                    int weight = channelWeight + g.tap(kernelRow, kernelColumn) * into.channels();
                    int potential = into.base() + into.offset(row, column) + first;
                    switch (kind) {
                        case SPIKE -> add(potential, firstWeight + weight * weightBytes, shift, reached);
                        case ANNOUNCEMENT -> addMagnitudes(-1, potential, firstWeight + weight * weightBytes, shift, reached);
                        case WITHDRAWAL -> addMagnitudes(1, potential, firstWeight + weight * weightBytes, shift, reached);
                    }
                }
            }
        }
    }

    private void addMagnitudes(int sign, int potential, int weightAddress, int shift, int channels) {
        for (int c = 0; c < channels; c++) {
            long magnitude = Math.abs(weightBytes == 1 ? weights.bytes()[weightAddress + c] : weights.half(weightAddress + 2 * c));
            potentials[potential + c] = saturated(potentials[potential + c] + sign * (magnitude << shift));
        }
    }

    private void add(int potential, int weightAddress, int shift, int channels) {
        if (weightBytes == 1) {
            byte[] bytes = weights.bytes();
            for (int c = 0; c < channels; c++) {
                long sum = potentials[potential + c] + ((long) bytes[weightAddress + c] << shift);
                potentials[potential + c] = saturated(sum);
            }
        } else {
            for (int c = 0; c < channels; c++) {
                long sum = potentials[potential + c] + ((long) weights.half(weightAddress + 2 * c) << shift);
                potentials[potential + c] = saturated(sum);
            }
        }
    }

    @Override
    public void bias(Tile into, int firstBias) {
        int channels = into.channels();
        int[] biases = biases(firstBias);
        for (int position = into.base(); position < into.base() + into.size(); position += channels) {
            for (int channel = 0; channel < channels; channel++) {
                potentials[position + channel] = saturated((long) potentials[position + channel] + biases[channel]);
            }
        }
    }

    @Override
    public void drive(Tile slopes) {
        for (int i = 0; i < tile.size(); i++) {
            potentials[tile.base() + i] = saturated((long) potentials[tile.base() + i] + potentials[slopes.base() + i]);
        }
    }

    /** The biases of the tile's channels. */
    int[] biases(int firstBias) {
        int[] biases = new int[tile.channels()];
        Arrays.setAll(biases, channel -> weights.word(firstBias + 4 * channel));
        return biases;
    }

    @Override
    public int live() {
        return live;
    }

    @Override
    public void fire(FireWindow window, int step, EventList fired) {
        if (step == 0 && parameters.silent()) {
            silence();
        }
        int leak = step == 0 ? LeakKernel.NONE : parameters.leak();
        int tick = step == 0 ? parameters.firstTick() : parameters.tick();
        int level = window.flushes(step) ? Integer.MIN_VALUE : parameters.threshold();
        for (int i = 0; i < tile.size(); i++) {
            int at = tile.base() + i;
            if (done[at]) {
                continue;
            }
            potentials[at] = saturated((long) leaked(potentials[at], leak) + tick);
            if (potentials[at] >= level) {
                done[at] = true;
                live--;
                fired.add(i);
            }
        }
    }

    private void silence() {
        for (int at = tile.base(); at < tile.base() + tile.size(); at++) {
            if (!done[at] && potentials[at] >= parameters.silentFrom()) {
                done[at] = true;
                live--;
            }
        }
    }

    @Override
    public void compare(int spikeStep, EventList fired) {
        boolean announces = parameters.mode().announce();
        for (int i = 0; i < tile.size(); i++) {
            compareOne(i, fired);
            if (announces) {
                announceOne(i, fired);
            }
        }
    }

    private void announceOne(int offset, EventList fired) {
        int at = tile.base() + offset;
        int driven = parameters.mode().held() ? at + tile.size() : at;
        boolean now = !done[at] && potentials[driven] > 0;
        if (now != announced[at]) {
            announced[at] = now;
            fired.add(FiredSpikes.found(now ? EventKind.ANNOUNCEMENT : EventKind.WITHDRAWAL, offset));
        }
    }

    /** Compares one neuron. */
    void compareOne(int offset, EventList fired) {
        int at = tile.base() + offset;
        if (!done[at] && parameters.fires(potentials[at])) {
            LifOperation.LifMode mode = parameters.mode();
            potentials[at] = mode.subtract() ? saturated((long) potentials[at] - parameters.threshold()) : mode.resetTo();
            done[at] = mode.once();
            fired.add(offset);
        }
    }

    @Override
    public void arrive(int event, int firstWeight, int shift, EventList fired) {
        integrate(tile, event, firstWeight, shift, EventKind.SPIKE);
        tile.forEachReached(event, potential -> compareOne(potential - tile.base(), fired));
    }

    @Override
    public void decay(int potential, int exponent) {
        potentials[potential] = (int) (((long) potentials[potential] * powers[exponent] + (1 << 15)) >> 16);
    }

    @Override
    public void lowest(boolean first) {
        for (int i = 0; i < tile.size(); i++) {
            int potential = potentials[tile.base() + i];
            int event = tile.event(i);
            boolean nothingYet = first && i == 0;
            if (nothingYet || potential < lowest || potential == lowest && event < lowestEvent) {
                lowest = potential;
                lowestEvent = event;
            }
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
        ByteBuffer bytes = ByteBuffer.allocate(4 * potentials.length);
        bytes.asIntBuffer().put(potentials);
        sum.update(bytes);
    }

    /** The potentials; shared. */
    int[] potentials() {
        return potentials;
    }

    Tile tile() {
        return tile;
    }

    /** The greatest potential. */
    int most() {
        return most;
    }
}
