package metronome.hwmodel.unit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.Checksum;
import metronome.hwmodel.memory.EventList;
import metronome.hwmodel.memory.Storage;

/**
 * The same data path as {@link ComputedNeurons}, with vectors. A window is put off until it is over and then computed in
 * one go ({@link WindowKernel}); what does not lend itself to that is left to the scalar twin, which has the same
 * potentials.
 */
public final class VectorNeurons implements Neurons {
    /** Channels reached below which a group is not worth a vector. */
    private static final int NARROW = 8;

    /** Rows of weights that one thread copies in a go. */
    private static final int PACKED_ROWS = 1 << 9;

    /** Blocks of neurons that one thread lets fire in a go. */
    private static final int BLOCKS = 8;

    private final ComputedNeurons scalar;
    private final Sharing sharing;
    private final Storage weights;
    private final List<CellEvents.Step> window = new ArrayList<>();
    private final CellEvents events = new CellEvents();
    private final PackedWeights packed = new PackedWeights();
    private final DenseKernel dense = new DenseKernel();
    private final int[] after;
    /** Potentials after a window whose arithmetic began before its first step, maybe while the tile before it fires. */
    private final int[] foreseen;
    private final int[] zeros;
    private final int[] mayFire;
    private NeuronParameters parameters = NeuronParameters.NONE;
    private final int[] firesAt;
    private int live;
    /** The window that was computed but whose steps are not yet over, and the last of its steps that is. */
    private Optional<FireWindow> firing = Optional.empty();
    private int firedUpTo;
    private final FiringOrder order = new FiringOrder();
    /** The window whose arithmetic has begun though it is not over. */
    private Optional<Ahead> ahead = Optional.empty();
    /** Its events, which may be overwritten before it is over. */
    private final List<EventList> copies = new ArrayList<>();
    private boolean leaks;
    /** Where the window's events go: the tile, or its slopes. */
    private Tile into;
    private int firstWeight;
    private int shift;

    /**
     * The arithmetic of a window.
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
     * The arithmetic of a window that is not yet over.
     *
     * @param window which
     * @param cleared whether its first step is still to come, before which potentials will be zero
     * @param version of the weights
     * @param work what is done
     */
    private record Ahead(UpcomingWindow window, boolean cleared, long version, Work work) {
        void finish() {
            work.finish();
        }
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
     * Creates neurons.
     *
     * @param size of the potential scratchpad
     * @param potentialBits in [16, 30]
     * @param weights the weight scratchpad, of one byte each
     * @param sharing does the pieces of a window
     */
    public VectorNeurons(int size, int potentialBits, Storage weights, Sharing sharing) {
        this.sharing = sharing;
        this.scalar = new ComputedNeurons(size, potentialBits, weights, 1);
        this.weights = weights;
        this.after = new int[size];
        this.foreseen = foresees() ? new int[size] : after;
        this.zeros = foresees() ? new int[size] : new int[0];
        this.mayFire = new int[size];
        this.firesAt = new int[size];
    }

    @Override
    public void tile(Tile tile, int layer) {
        scalar.tile(tile, layer);
        live = tile.size();
        Arrays.fill(mayFire, tile.base(), tile.base() + tile.size(), FireKernel.YES);
    }

    @Override
    public void parameters(NeuronParameters changed) {
        scalar.parameters(changed);
        parameters = changed;
    }

    @Override
    public void clear(int count) {
        scalar.clear(count);
    }

    @Override
    public void leak() {
        leaks = true;
    }

    @Override
    public void decay(int potential, int exponent) {
        endWindow();
        scalar.decay(potential, exponent);
    }

    @Override
    public void compare(int spikeStep, EventList fired) {
        endWindow();
        CompareKernel.above(scalar.potentials(), scalar.tile(), parameters.threshold(), parameters.mode().strict(),
                offset -> scalar.compareOne(offset, fired));
    }

    @Override
    public void arrive(int event, int first, int left, EventList fired) {
        endWindow();
        scalar.arrive(event, first, left, fired);
    }

    @Override
    public void integrate(Tile tile, EventList list, int count, int first, int left) {
        if (leaks && tile.base() != scalar.tile().base()) { // slopes do not leak
            leakNow();
            leaks = false;
        }
        into = tile;
        window.add(new CellEvents.Step(leaks, list, count));
        leaks = false;
        firstWeight = first;
        shift = left;
    }

    @Override
    public void foreseeCleared(UpcomingWindow upcoming) {
        if (foresees()) {
            begin(upcoming, true);
        }
    }

    /** Begins with the arithmetic, by the events and weights as they are now, unless it has begun with the same. */
    @Override
    public void foresee(UpcomingWindow upcoming) {
        if (ahead.filter(begun -> begun.cleared() && begun.window().equals(upcoming) && begun.version() == version(upcoming)
                && zero(upcoming.tile())).isPresent()) {
            ahead = ahead.map(begun -> new Ahead(upcoming, false, begun.version(), begun.work()));
        } else {
            begin(upcoming, false);
        }
    }

    /** Begins with a window if its tile lies in one group. */
    private void begin(UpcomingWindow upcoming, boolean cleared) {
        ahead.ifPresent(Ahead::finish);
        Tile tile = upcoming.tile();
        int group = firstGroup(tile);
        if (upcoming.steps().size() == 1 || lastGroup(tile) != group) {
            ahead = Optional.empty();
            return;
        }
        GroupPart part = GroupPart.of(tile, group);
        List<CellEvents.Step> copied = copied(upcoming.steps());
        packWeights(part, rows(upcoming), upcoming.firstWeight());
        Once sorting = new Once(() -> events.sort(tile, group, upcoming.inputs(), copied));
        ahead = Optional.of(new Ahead(upcoming, cleared, version(upcoming),
                begin(part, upcoming, sorting, cleared ? zeros : scalar.potentials(), foreseen)));
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
        return Arrays.equals(scalar.potentials(), tile.base(), end, zeros, tile.base(), end);
    }

    @Override
    public boolean foresees() {
        return sharing.goesOn();
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

    @Override
    public void endWindow() {
        Optional<Ahead> begun = endAhead();
        if (!window.isEmpty() && !step()) {
            boolean valid = begun.isPresent() ? begun.get().work().valid().get() : vectors();
            if (valid) {
                int[] result = begun.isPresent() ? foreseen : after;
                System.arraycopy(result, into.base(), scalar.potentials(), into.base(), into.size());
            } else {
                scalars();
            }
        }
        window.clear();
        if (leaks) {
            leakNow();
            leaks = false;
        }
    }

    /** Ends the arithmetic that was begun; returns it if it is that of the window. */
    private Optional<Ahead> endAhead() {
        ahead.ifPresent(Ahead::finish);
        Optional<Ahead> ended = ahead.filter(begun -> !begun.cleared() && begun.window().steps().equals(window));
        ahead = Optional.empty();
        return ended;
    }

    private void scalars() {
        for (CellEvents.Step step : window) {
            if (step.leaks()) {
                scalar.leak();
            }
            scalar.integrate(into, step.events(), step.count(), firstWeight, shift);
        }
    }

    /** Computes a window that is a single step, of a dense layer or with a single event; returns whether it was one. */
    private boolean step() {
        CellEvents.Step only = window.getFirst();
        boolean several = only.count() > 1;
        if (window.size() > 1 || several && !DenseKernel.fits(into)) {
            return false;
        }
        if (only.leaks()) {
            leakNow();
        }
        if (!several || !dense.add(into, only.events(), only.count(), weights.bytes(), firstWeight, shift, scalar.potentials(),
                scalar.most())) {
            scalar.integrate(into, only.events(), only.count(), firstWeight, shift);
        }
        return true;
    }

    private void leakNow() {
        Tile tile = scalar.tile();
        LeakKernel.leak(scalar.potentials(), tile.base(), tile.base() + tile.size(), parameters.leak());
    }

    private static int firstGroup(Tile tile) {
        return tile.firstChannel() / tile.geometry().groupOutputs();
    }

    private static int lastGroup(Tile tile) {
        return (tile.firstChannel() + tile.channels() - 1) / tile.geometry().groupOutputs();
    }

    /** Computes potentials after the window, and returns whether they are valid. */
    private boolean vectors() {
        Tile tile = into;
        if (lastGroup(tile) > firstGroup(tile) && tile.geometry().groupOutputs() < NARROW) {
            return false;
        }
        UpcomingWindow now = new UpcomingWindow(tile, window, 0, parameters.leak(), Integer.MAX_VALUE, firstWeight, shift);
        for (int group = firstGroup(tile); group <= lastGroup(tile); group++) {
            events.sort(tile, group, now.inputs(), window);
            GroupPart part = GroupPart.of(tile, group);
            packWeights(part, events.endRow(), firstWeight);
            if (!begin(part, now, new Once(() -> { }), scalar.potentials(), after).finish()) {
                return false;
            }
        }
        return true;
    }

    /** Begins with packed weights; events are sorted by whoever comes first. */
    private Work begin(GroupPart part, UpcomingWindow upcoming, Once sorting, int[] from, int[] to) {
        Tile tile = part.tile();
        boolean[] leaking = new boolean[upcoming.steps().size()];
        for (int s = 0; s < leaking.length; s++) {
            leaking[s] = upcoming.steps().get(s).leaks();
        }
        WindowKernel.Job job = new WindowKernel.Job(tile, events, leaking, packed, upcoming.shift(), upcoming.leak(), scalar.most(),
                from, to);
        AtomicBoolean valid = new AtomicBoolean(true);
        Runnable rest = sharing.begin(packed.chunks() * tile.rows(), () -> {
            sorting.run();
            WindowKernel kernel = new WindowKernel(job);
            return task -> {
                kernel.row(tile.firstRow() + task % tile.rows(), task / tile.rows());
                if (!kernel.valid()) {
                    valid.set(false);
                }
            };
        });
        return new Work(rest, valid);
    }

    private void packWeights(GroupPart part, int rows, int first) {
        int stride = part.tile().channels();
        packed.plan(part.first(), part.end(), rows);
        sharing.run(Math.ceilDiv(rows, PACKED_ROWS), () -> task -> packed.copy(weights.bytes(), first, stride,
                task * PACKED_ROWS, (task + 1) * PACKED_ROWS));
    }

    @Override
    public void bias(Tile tile, int firstBias) {
        new BiasKernel(scalar.biases(firstBias), scalar.most()).add(scalar.potentials(), tile.base(), tile.base() + tile.size());
    }

    @Override
    public void drive(Tile slopes) {
        DriveKernel.add(scalar.potentials(), scalar.tile(), slopes.base(), scalar.most());
    }

    @Override
    public int live() {
        return live;
    }

    @Override
    public void fire(FireWindow window, int step, EventList fired) {
        if (step == window.from()) {
            beginFiring(window);
        }
        firedUpTo = step;
        live -= order.list(step, fired);
        if (step == window.to()) {
            endFiring();
        }
    }

    /** Computes the window; its potentials become those of the tile when it is over. */
    private void beginFiring(FireWindow window) {
        firing = Optional.of(window);
        computeFiring(window, after);
        order.sort(firesAt, mayFire, scalar.tile(), window);
    }

    private void computeFiring(FireWindow window, int[] result) {
        int base = scalar.tile().base();
        int end = base + scalar.tile().size();
        int piece = BLOCKS * FireKernel.BLOCK;
        sharing.run(Math.ceilDiv(end - base, piece), () -> {
            FireKernel kernel = new FireKernel(parameters, window, scalar.most());
            return task -> {
                int last = Math.min(end, base + (task + 1) * piece);
                for (int from = base + task * piece; from < last; from += FireKernel.BLOCK) {
                    kernel.run(scalar.potentials(), mayFire, result, firesAt, from, Math.min(last, from + FireKernel.BLOCK));
                }
            };
        });
    }

    private void endFiring() {
        Tile tile = scalar.tile();
        System.arraycopy(after, tile.base(), scalar.potentials(), tile.base(), tile.size());
        for (int i = tile.base(); i < tile.base() + tile.size(); i++) {
            mayFire[i] = firesAt[i] == FireKernel.NEVER ? FireKernel.YES : FireKernel.NO;
        }
        firing = Optional.empty();
    }

    @Override
    public void lowest(boolean first) {
        scalar.lowest(first);
    }

    @Override
    public int lowestPotential() {
        return scalar.lowestPotential();
    }

    @Override
    public int lowestEvent() {
        return scalar.lowestEvent();
    }

    @Override
    public void digest(Checksum sum) {
        endWindow();
        firing.ifPresentOrElse(window -> digest(window.upTo(firedUpTo), sum), () -> scalar.digest(sum));
    }

    /** In the midst of a window: the potentials as they are after so much of it. */
    private void digest(FireWindow window, Checksum sum) {
        Tile tile = scalar.tile();
        int[] before = Arrays.copyOfRange(scalar.potentials(), tile.base(), tile.base() + tile.size());
        int[] now = new int[after.length];
        computeFiring(window, now);
        System.arraycopy(now, tile.base(), scalar.potentials(), tile.base(), tile.size());
        scalar.digest(sum);
        System.arraycopy(before, 0, scalar.potentials(), tile.base(), tile.size());
        computeFiring(firing.orElseThrow(), now);
    }
}
