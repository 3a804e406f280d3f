package metronome.hwmodel.unit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import metronome.hwmodel.memory.EventList;
import metronome.hwmodel.memory.Storage;

/**
 * When and by whom windows are computed by {@link WindowKernel}: at once when they are over, or begun before, even before
 * their first step, and then only finished.
 */
final class WindowArithmetic {
    /** Channels reached below which a group is not worth a vector. */
    private static final int NARROW = 8;
    /** Rows of weights that one thread copies in a go. */
    private static final int PACKED_ROWS = 1 << 9;

    private final Sharing sharing;
    private final Storage weights;
    private final int[] potentials;
    private final int most;
    private final int[] after;
    /** Potentials after a window that was begun before it was over, maybe while the tile before it fires. */
    private final int[] foreseen;
    private final int[] zeros;
    private final CellEvents events = new CellEvents();
    private final PackedWeights packed = new PackedWeights();
    private Optional<Ahead> ahead = Optional.empty();
    /** Its events, which may be overwritten before it is over. */
    private final List<EventList> copies = new ArrayList<>();
    /** Whether the result of what was ended last can be taken. */
    private boolean valid;

    /**
     * What is being done.
     *
     * @param rest does what is left of it
     * @param valid whether the result is, as far as is known
     */
    private record Work(Runnable rest, AtomicBoolean valid) {
        boolean finish() {
            rest.run();
            return valid.get();
        }
    }

    /**
     * A window that has begun before it was over.
     *
     * @param window which
     * @param cleared whether its first step is still to come, before which potentials will be zero
     * @param version of the weights
     * @param work what is done
     */
    private record Ahead(UpcomingWindow window, boolean cleared, long version, Work work) {
    }

    /** Some channels of a tile, all of one group. */
    private record GroupPart(Tile tile, int group, int first, int end) {
        static GroupPart of(Tile tile, int group) {
            int outputs = tile.geometry().groupOutputs();
            return new GroupPart(tile, group, Math.max(0, group * outputs - tile.firstChannel()),
                    Math.min(tile.channels(), (group + 1) * outputs - tile.firstChannel()));
        }
    }

    /**
     * Computes nothing yet.
     *
     * @param sharing does the pieces of a window
     * @param weights the weight scratchpad, of one byte each
     * @param neurons whose potentials are before and after
     * @param spare room for all potentials, of which nothing is expected to last
     */
    WindowArithmetic(Sharing sharing, Storage weights, ComputedNeurons neurons, int[] spare) {
        this.sharing = sharing;
        this.weights = weights;
        this.potentials = neurons.potentials();
        this.most = neurons.most();
        this.after = spare;
        this.foreseen = sharing.goesOn() ? new int[spare.length] : spare;
        this.zeros = sharing.goesOn() ? new int[spare.length] : new int[0];
    }

    /** Begins with a window before whose first step potentials will be zero. */
    void beginCleared(UpcomingWindow window) {
        begin(window, true);
    }

    /** Begins with a window whose first step is next, by events and weights as they are now, unless it has begun with the same. */
    void begin(UpcomingWindow window) {
        if (ahead.filter(begun -> begun.cleared() && begun.window().equals(window) && begun.version() == version(window)
                && zero(window.tile())).isPresent()) {
            ahead = ahead.map(begun -> new Ahead(window, false, begun.version(), begun.work()));
        } else {
            begin(window, false);
        }
    }

    /** Begins with a window if its tile lies in one group. */
    private void begin(UpcomingWindow window, boolean cleared) {
        ahead.ifPresent(begun -> begun.work().finish());
        Tile tile = window.tile();
        int group = firstGroup(tile);
        if (window.steps().size() == 1 || lastGroup(tile) != group) {
            ahead = Optional.empty();
            return;
        }
        GroupPart part = GroupPart.of(tile, group);
        List<CellEvents.Step> copied = copied(window.steps());
        packWeights(part, rows(window), window.firstWeight());
        Once sorting = new Once(() -> events.sort(tile, group, window.inputs(), copied));
        ahead = Optional.of(new Ahead(window, cleared, version(window),
                begin(part, window, sorting, cleared ? zeros : potentials, foreseen)));
    }

    /** Rows of weights that events of the window can need. */
    private static int rows(UpcomingWindow window) {
        Geometry g = window.tile().geometry();
        return Math.min(g.groupInputs(), window.inputs()) * g.kernelHeight() * g.kernelWidth();
    }

    /** Changes when the window's weights do. */
    private long version(UpcomingWindow window) {
        return weights.version(window.firstWeight(), window.firstWeight() + rows(window) * window.tile().channels());
    }

    private boolean zero(Tile tile) {
        int end = tile.base() + tile.size();
        return Arrays.equals(potentials, tile.base(), end, zeros, tile.base(), end);
    }

    private List<CellEvents.Step> copied(List<CellEvents.Step> steps) {
        List<CellEvents.Step> copied = new ArrayList<>();
        for (CellEvents.Step step : steps) {
            if (copied.size() == copies.size()) {
                copies.add(new EventList());
            }
            EventList copy = copies.get(copied.size());
            copy.clear();
            copy.addAll(step.events(), step.count());
            copied.add(new CellEvents.Step(step.leaks(), copy, step.count()));
        }
        return copied;
    }

    /** Ends what has begun, if anything has; returns whether it was the window with these steps, whose first has come. */
    boolean end(List<CellEvents.Step> window) {
        valid = ahead.isPresent() && ahead.get().work().finish();
        boolean same = ahead.filter(begun -> !begun.cleared() && begun.window().steps().equals(window)).isPresent();
        ahead = Optional.empty();
        return same;
    }

    /** Puts the potentials of what was ended last into the tile; returns whether they are valid, else nothing was done. */
    boolean take(Tile tile) {
        return take(tile, valid, foreseen);
    }

    private boolean take(Tile tile, boolean good, int[] result) {
        if (good) {
            System.arraycopy(result, tile.base(), potentials, tile.base(), tile.size());
        }
        return good;
    }

    /** Computes a window that is over; returns whether its potentials are valid, else nothing was done. */
    boolean compute(UpcomingWindow window) {
        Tile tile = window.tile();
        boolean good = lastGroup(tile) == firstGroup(tile) || tile.geometry().groupOutputs() >= NARROW;
        for (int group = firstGroup(tile); good && group <= lastGroup(tile); group++) {
            events.sort(tile, group, window.inputs(), window.steps());
            GroupPart part = GroupPart.of(tile, group);
            packWeights(part, events.endRow(), window.firstWeight());
            good = begin(part, window, new Once(() -> { }), potentials, after).finish();
        }
        return take(tile, good, after);
    }

    private static int firstGroup(Tile tile) {
        return tile.firstChannel() / tile.geometry().groupOutputs();
    }

    private static int lastGroup(Tile tile) {
        return (tile.firstChannel() + tile.channels() - 1) / tile.geometry().groupOutputs();
    }

    /** Begins with packed weights; events are sorted by whoever comes first. */
    private Work begin(GroupPart part, UpcomingWindow window, Once sorting, int[] from, int[] to) {
        Tile tile = part.tile();
        boolean[] leaking = new boolean[window.steps().size()];
        for (int s = 0; s < leaking.length; s++) {
            leaking[s] = window.steps().get(s).leaks();
        }
        WindowKernel.Job job = new WindowKernel.Job(tile, events, leaking, packed, window.shift(), window.leak(), most, from, to);
        AtomicBoolean good = new AtomicBoolean(true);
        Runnable rest = sharing.begin(packed.chunks() * tile.rows(), () -> {
            sorting.run();
            WindowKernel kernel = new WindowKernel(job);
            return task -> {
                kernel.row(tile.firstRow() + task % tile.rows(), task / tile.rows());
                if (!kernel.valid()) {
                    good.set(false);
                }
            };
        });
        return new Work(rest, good);
    }

    private void packWeights(GroupPart part, int rows, int first) {
        int stride = part.tile().channels();
        packed.plan(part.first(), part.end(), rows);
        sharing.run(Math.ceilDiv(rows, PACKED_ROWS), () -> task -> packed.copy(weights.bytes(), first, stride,
                task * PACKED_ROWS, (task + 1) * PACKED_ROWS));
    }
}
