package metronome.isa.compiler;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import metronome.core.network.Shape;
import metronome.core.spiking.Wiring;
import metronome.isa.instruction.LoadOperation;
import metronome.isa.program.Event;
import metronome.isa.program.ProgramMap;

/**
 * Where spikes lie in DRAM: of each layer that spills, and of the input if it does, one spike list for each row and block
 * of channels, and strip if there are such, with room for all its neurons.
 */
final class Segments {
    private final SpikePlan plan;
    private final MemoryImage memory;
    private final Map<Integer, List<Segment>> segments = new HashMap<>();
    private final List<ProgramMap.Band> bands = new ArrayList<>();

    /**
     * One spike list.
     *
     * @param row of its neurons
     * @param firstChannel the first
     * @param channels how many
     * @param firstColumn the first
     * @param columns how many
     * @param address first byte in DRAM
     */
    record Segment(int row, int firstChannel, int channels, int firstColumn, int columns, int address) {
        private boolean meets(Reach reach, int offset) {
            return row >= reach.firstRow() && row < reach.endRow() && reach.meets(offset, firstChannel, channels)
                    && firstColumn < reach.endColumn() && firstColumn + columns > reach.firstColumn();
        }

        /** Whether all its events lie in columns that are in reach. */
        private boolean within(Reach reach) {
            return firstColumn >= reach.firstColumn() && firstColumn + columns <= reach.endColumn();
        }
    }

    /** Reserves the input and every segment. */
    Segments(SpikePlan plan, MemoryImage memory) {
        this.plan = plan;
        this.memory = memory;
        Shape input = plan.network().input();
        if (plan.spills(Wiring.INPUT)) {
            segments.put(Wiring.INPUT, reserve(new Cut(input, input.channels(), 1, false)));
            segments.get(Wiring.INPUT).forEach(s -> bands.add(new ProgramMap.Band(s.row, 1, s.address)));
        } else {
            bands.add(new ProgramMap.Band(0, input.height(), list(input.size())));
        }
        for (int l = 0; l < plan.network().layers().size(); l++) {
            if (plan.spills(l)) {
                segments.put(l, reserve(plan.cuts().get(l)));
            }
        }
    }

    private int list(long neurons) {
        return memory.reserve(4L * (plan.network().code().steps() + 1) + Event.BYTES * neurons);
    }

    private List<Segment> reserve(Cut cut) {
        List<Segment> reserved = new ArrayList<>();
        for (int row = 0; row < cut.output().height(); row++) {
            for (int i = 0; i < cut.blocks() * cut.strips(); i++) {
                Cut.Tile tile = cut.tile(i / cut.strips(), row / cut.rows(), i % cut.strips());
                reserved.add(new Segment(row, tile.firstChannel(), tile.channels(), tile.firstColumn(), tile.columns(),
                        list((long) tile.channels() * tile.columns())));
            }
        }
        return reserved;
    }

    /** Where the host puts the input. */
    List<ProgramMap.Band> inputBands() {
        return bands;
    }

    /** The list of a row of a tile of a layer. */
    int address(int layer, int row, Cut.Tile tile) {
        Cut cut = plan.cuts().get(layer);
        int block = row * cut.blocks() + tile.firstChannel() / cut.channels();
        return segments.get(layer).get(block * cut.strips() + tile.firstColumn() / cut.columns()).address;
    }

    /** Loads of all that reaches a tile, into one region. */
    List<LoadOperation.LoadSpikes> loads(View view, Reach reach, int region) {
        List<LoadOperation.LoadSpikes> loads = new ArrayList<>();
        for (int i = 0; i < view.sources().size(); i++) {
            int offset = view.offsets().get(i);
            for (Segment s : segments.get(view.sources().get(i))) {
                if (s.meets(reach, offset)) {
                    loads.add(load(s, reach, region, offset));
                }
            }
        }
        return loads;
    }

    /** Without the events that the tile does not see. */
    private LoadOperation.LoadSpikes load(Segment s, Reach reach, int region, int offset) {
        boolean all = s.within(reach);
        return new LoadOperation.LoadSpikes(region, plan.network().code().steps(), s.address, offset,
                all ? 0 : reach.firstColumn(), all ? 0 : reach.endColumn() - reach.firstColumn());
    }
}
