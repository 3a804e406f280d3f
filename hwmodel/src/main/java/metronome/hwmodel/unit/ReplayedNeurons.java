package metronome.hwmodel.unit;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.Checksum;
import metronome.core.code.TemporalCode;
import metronome.core.io.DataException;
import metronome.core.network.Shape;
import metronome.core.spiking.EventKind;
import metronome.core.spiking.SpikeTrain;
import metronome.hwmodel.memory.EventList;

/**
 * Neurons that fire when a record says so. Potentials are not computed, so that the read-out names no neuron; cycles and
 * counts are those of a full run, because nothing else in the machine depends on potentials.
 */
public final class ReplayedNeurons implements Neurons {
    /** The span of which nothing was taken. */
    private static final int NONE = -1;

    private final Optional<FiringRecord> record;
    private final List<SpikeTrain> trains;
    private final List<Shape> shapes;
    private final OffsetsByStep offsets = new OffsetsByStep();
    private int taken;
    private Tile tile;
    private boolean mayBeSilent;
    private boolean announces;
    private Shape shape;
    private int live;
    private int layer;

    private ReplayedNeurons(Optional<FiringRecord> record, List<SpikeTrain> trains, List<Shape> shapes) {
        this.record = record;
        this.trains = trains;
        this.shapes = shapes;
    }

    /**
     * {@return neurons that spike once}
     *
     * @param record of their steps; may be shared with others
     */
    public static ReplayedNeurons ofSteps(FiringRecord record) {
        return new ReplayedNeurons(Optional.of(record), List.of(), record.shapes());
    }

    /**
     * {@return neurons that may spike several times}
     *
     * @param trains by program layer
     * @param shapes of the layers
     */
    public static ReplayedNeurons ofTrains(List<SpikeTrain> trains, List<Shape> shapes) {
        return new ReplayedNeurons(Optional.empty(), trains, shapes);
    }

    @Override
    public void tile(Tile tile, int layer) {
        this.tile = tile;
        this.layer = layer;
        shape = shapes.get(layer);
        live = tile.size();
        taken = NONE;
    }

    @Override
    public void parameters(NeuronParameters parameters) {
        mayBeSilent = parameters.silent();
        announces = parameters.mode().announce();
    }

    @Override
    public void clear(int count) {
    }

    @Override
    public void leak() {
    }

    @Override
    public void decay(int potential, int exponent) {
    }

    @Override
    public void integrate(Tile into, EventList events, int count, int firstWeight, int shift) {
    }

    @Override
    public void integrateWaiting(Tile slopes, EventList events, int count, int firstWeight, int shift) {
    }

    @Override
    public void bias(Tile into, int firstBias) {
    }

    @Override
    public void drive(Tile slopes) {
    }

    @Override
    public int live() {
        return live;
    }

    @Override
    public void fire(FireWindow window, int step, EventList fired) {
        if (taken != FiringRecord.span(step)) {
            taken = FiringRecord.span(step);
            offsets.take(record.orElseThrow(), layer, tile, taken);
        }
        int before = fired.size();
        offsets.list(step, fired);
        live -= fired.size() - before + (step == 0 && mayBeSilent ? offsets.count(TemporalCode.SILENT) : 0);
    }

    @Override
    public void compare(int spikeStep, EventList fired) {
        SpikeTrain train = trains.get(layer);
        if (spikeStep > train.lastStep()) {
            return;
        }
        Arrays.stream(train.neurons()[spikeStep]).flatMap(this::places).sorted()
                .map(place -> FiredSpikes.found(EventKind.of(place), EventKind.neuron(place))).forEach(fired::add);
    }

    /** The channel that an event would have if the offset of its neuron in the tile were one: of each neuron the spike first. */
    private IntStream places(int neuron) {
        int pixels = shape.height() * shape.width();
        int row = neuron % pixels / shape.width();
        int column = neuron % shape.width();
        int channel = neuron / pixels;
        EventKind kind = announces ? EventKind.of(channel) : EventKind.SPIKE;
        int of = announces ? EventKind.neuron(channel) : channel;
        return tile.holds(of, row, column) ? IntStream.of(kind.channel(tile.offset(row, column) + of - tile.firstChannel()))
                : IntStream.empty();
    }

    @Override
    public void arrive(int event, int firstWeight, int shift, EventList fired) {
        throw new DataException("neurons that compare at each event cannot be replayed: a record does not say which event "
                + "made them fire");
    }

    @Override
    public void lowest(boolean first) {
    }

    @Override
    public int lowestPotential() {
        return 0;
    }

    @Override
    public int lowestEvent() {
        return 0;
    }

    @Override
    public void digest(Checksum sum) {
    }
}
