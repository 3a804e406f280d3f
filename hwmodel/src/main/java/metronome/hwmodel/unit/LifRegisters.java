package metronome.hwmodel.unit;

import metronome.core.io.DataException;
import metronome.core.spiking.EventKind;
import metronome.isa.instruction.LifOperation;
import metronome.isa.program.Event;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;

/** What instructions have set for those that follow: geometry, tile and parameters; and what operands must keep to. */
final class LifRegisters {
    private final int potentials;
    private final int weightScratchpad;
    private final int steps;
    private final WeightFormat format;
    private NeuronParameters parameters = NeuronParameters.NONE;
    private Geometry geometry;
    private int inChannels;
    private Tile tile;

    LifRegisters(Target target, WeightFormat format, int steps) {
        this.potentials = target.count(TargetField.POTENTIALS);
        this.weightScratchpad = target.count(TargetField.WEIGHT_BYTES);
        this.format = format;
        this.steps = steps;
    }

    void shape(LifOperation.LifShape s) {
        geometry = new Geometry(s.inHeight(), s.inWidth(), s.outHeight(), s.outWidth(), s.kernelHeight(),
                s.kernelWidth(), s.stride(), s.padding());
        inChannels = s.inChannels();
        tile = null;
    }

    void groups(LifOperation.LifGroups g) {
        geometry = geometry().with(g);
        tile = null;
    }

    /** Chooses a tile. */
    Tile tile(LifOperation.LifTile t) {
        tile = Tile.of(geometry(), t);
        if (tile.size() <= 0 || (long) tile.base() + tile.size() > potentials || tile.endRow() > geometry.outHeight()
                || tile.endColumn() > geometry.outWidth()) {
            throw new DataException("lif.tile: " + tile.size() + " potentials from " + tile.base() + " do not fit into "
                    + potentials + " (lif.potentials), or rows up to " + tile.endRow() + " and columns up to "
                    + tile.endColumn() + " into " + geometry.outHeight() + "x" + geometry.outWidth());
        }
        return tile;
    }

    NeuronParameters parameters(NeuronParameters changed) {
        parameters = changed;
        return changed;
    }

    NeuronParameters parameters() {
        return parameters;
    }

    int inChannels() {
        return inChannels;
    }

    /** The tile chosen last. */
    Tile tile() {
        if (tile == null) {
            throw new DataException("a lif instruction before lif.tile");
        }
        return tile;
    }

    private Geometry geometry() {
        if (geometry == null || geometry.stride() == 0) {
            throw new DataException("lif.tile before a lif.shape with a stride");
        }
        return geometry;
    }

    /** Refuses weights of the tile that do not lie in the scratchpad. */
    void requireWeights(String instruction, int address) {
        requireBytes(instruction, address, weightBytes());
    }

    /** Refuses biases of the tile that do not lie in the scratchpad. */
    void requireBiases(String instruction, int address) {
        requireBytes(instruction, address, 4L * tile().channels());
    }

    private void requireBytes(String instruction, long address, long bytes) {
        if (address + bytes > weightScratchpad) {
            throw new DataException(instruction + ": " + bytes + " bytes at " + address
                    + " pass the end of the weight scratchpad, " + weightScratchpad);
        }
    }

    private long weightBytes() {
        return (long) tile().channels() * geometry.kernelHeight() * geometry.kernelWidth() * format.bytes()
                * Math.min(inChannels, geometry.groupInputs());
    }

    /** Refuses steps that no window has. */
    void requireSteps(String instruction, int from, int to) {
        requireSteps(instruction, from, to, steps);
    }

    /** What only {@code lif.run} requires of its operands and of how the neurons of its tile behave. */
    static void requireRun(LifOperation.Run run, LifOperation.LifMode mode, Tile tile) {
        if (run.source() == run.destination() || mode.leakOrder() > 2 || (run.biased() || mode.held() || mode.announce()) && mode.eachEvent()) {
            throw new DataException("lif.run: regions " + run.source() + " and " + run.destination()
                    + " must differ, the leak order of lif.mode be 0 to 2, and neurons that compare at each event neither have "
                    + "bias or slopes nor announce themselves");
        }
        int channels = (mode.announce() ? EventKind.KINDS : 1) * (tile.firstChannel() + tile.channels());
        if (mode.waits() && !mode.held() || channels > Event.MAX_CHANNELS) {
            throw new DataException("lif.run: neurons that wait must have slopes (held), and channels of events be below "
                    + Event.MAX_CHANNELS + ": held " + mode.held() + ", channels up to " + (channels - 1));
        }
    }

    static void requireSteps(String instruction, int from, int to, int steps) {
        if (from > to || to > steps) {
            throw new DataException(instruction + ": steps " + from + " to " + to + " are not within 0 to " + steps);
        }
    }
}
