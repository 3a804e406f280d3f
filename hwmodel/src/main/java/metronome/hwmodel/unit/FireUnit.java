package metronome.hwmodel.unit;

import metronome.core.io.DataException;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.memory.SharedPort;
import metronome.hwmodel.memory.SpikeBuffer;
import metronome.isa.instruction.FiringOperation;
import metronome.isa.instruction.Operation;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;

/** The unit that fires beside the LIF array (rules FIRE-1 to FIRE-3). */
public final class FireUnit extends ExecutionUnit {
    private final HalvedNeurons neurons;
    private final PotentialHalves halves;
    private final SpikeBuffer buffer;
    private final int potentials;
    private final Firing firing;
    private NeuronParameters parameters = NeuronParameters.NONE;
    private Tile tile;

    /**
     * Creates a unit at rest.
     *
     * @param target gives lanes, banks and widths
     * @param surroundings what units share
     * @param neurons of the LIF array
     * @param halves of their potentials
     * @param buffer the spike buffer
     */
    public FireUnit(Target target, Surroundings surroundings, HalvedNeurons neurons, PotentialHalves halves,
            SpikeBuffer buffer) {
        super(Component.FIRE, surroundings);
        this.neurons = neurons;
        this.halves = halves;
        this.buffer = buffer;
        this.potentials = target.count(TargetField.POTENTIALS);
        LifCosts costs = LifCosts.of(target);
        EventWriter writer = new EventWriter(buffer, SharedPort.User.FIRE, target.count(TargetField.FIRE_QUEUE),
                target.count(TargetField.ARBITER_WIDTH));
        this.firing = new Firing(this, new FiredSpikes(this, writer, costs), costs);
    }

    @Override
    boolean start(Operation started) {
        switch ((FiringOperation) started) {
            case FiringOperation.FireNeuron n -> parameters = parameters.with(n);
            case FiringOperation.FireGate g -> parameters = parameters.with(g);
            case FiringOperation.FireTile t -> chooseTile(t);
            case FiringOperation.FireSweep s -> beginSweep(s);
        }
        return !firing.done();
    }

    private void chooseTile(FiringOperation.FireTile t) {
        Geometry geometry = new Geometry(1, 1, t.firstRow() + t.rows(), t.firstColumn() + t.columns(), 1, 1, 1, 0);
        tile = new Tile(geometry, t.base(), t.firstRow(), t.rows(), t.firstColumn(), t.columns(), t.firstChannel(),
                t.channels());
        if (tile.size() == 0 || (long) tile.base() + tile.size() > potentials) {
            throw new DataException("fire.tile: " + tile.size() + " potentials from " + tile.base() + " do not fit into "
                    + potentials + " (lif.potentials)");
        }
        int half = halves.of(tile, "fire.tile");
        halves.begin(this, half, "fire.tile");
        halves.choose(half, true);
        neurons.half(half).tile(tile, layer());
    }

    private void beginSweep(FiringOperation.FireSweep s) {
        if (tile == null) {
            throw new DataException("fire.sweep before fire.tile");
        }
        LifRegisters.requireSteps("fire.sweep", s.from(), s.to(), buffer.steps());
        int half = halves.of(tile, "fire.sweep");
        halves.begin(this, half, "fire.sweep");
        halves.requireChosen(half, true, "fire.sweep");
        neurons.half(half).parameters(parameters);
        firing.begin(new Firing.Sweep(neurons.half(half), tile, new FireWindow(s.from(), s.to(), s.flush()), parameters),
                s.region(), s.raise());
    }

    @Override
    public void request() {
        if (executing()) {
            firing.request();
        }
    }

    @Override
    boolean step() {
        firing.step();
        return firing.done();
    }

    @Override
    void ended() {
        buffer.end(SharedPort.User.FIRE);
        halves.end(this);
    }

    @Override
    boolean streams() {
        return firing.writes();
    }

    @Override
    long quietSteps() {
        return firing.quietSteps();
    }

    @Override
    void skipSteps(long cycles) {
        firing.skipSteps(cycles);
    }
}
