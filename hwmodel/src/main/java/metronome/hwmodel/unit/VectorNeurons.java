package metronome.hwmodel.unit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.Checksum;
import metronome.hwmodel.memory.EventList;
import metronome.hwmodel.memory.Storage;

/**
 * The same data path as {@link ComputedNeurons}, with vectors. A window is put off until it is over and then computed in
 * one go ({@link WindowKernel}); what does not lend itself to that is left to the scalar twin, which has the same
 * potentials.
 */
public final class VectorNeurons implements Neurons {
    /** Blocks of neurons that one thread lets fire in a go. */
    private static final int BLOCKS = 8;

    private final ComputedNeurons scalar;
    private final Sharing sharing;
    private final Storage weights;
    private final List<CellEvents.Step> window = new ArrayList<>();
    private final WindowArithmetic arithmetic;
    private final DenseKernel dense = new DenseKernel();
    private final int[] after;
    private final int[] mayFire;
    private NeuronParameters parameters = NeuronParameters.NONE;
    private final int[] firesAt;
    private int live;
    /** The window that was computed but whose steps are not yet over, and the last of its steps that is. */
    private Optional<FireWindow> firing = Optional.empty();
    private int firedUpTo;
    private final FiringOrder order = new FiringOrder();
    private boolean leaks;
    /** Where the window's events go: the tile, or its slopes. */
    private Tile into;
    private int firstWeight;
    private int shift;

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
        this.arithmetic = new WindowArithmetic(sharing, weights, scalar, after);
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
        if (parameters.mode().announce()) {
            scalar.compare(spikeStep, fired);
            return;
        }
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
    public void integrateWaiting(Tile slopes, EventList events, int count, int first, int left) {
        endWindow();
        scalar.integrateWaiting(slopes, events, count, first, left);
    }

    @Override
    public boolean foresees() {
        return sharing.goesOn();
    }

    @Override
    public void foreseeCleared(UpcomingWindow upcoming) {
        if (foresees()) {
            arithmetic.beginCleared(upcoming);
        }
    }

    @Override
    public void foresee(UpcomingWindow upcoming) {
        arithmetic.begin(upcoming);
    }

    @Override
    public void endWindow() {
        boolean begun = arithmetic.end(window);
        if (!window.isEmpty() && !step() && !(begun ? arithmetic.take(into) : arithmetic.compute(now()))) {
            scalars();
        }
        window.clear();
        if (leaks) {
            leakNow();
            leaks = false;
        }
    }

    private UpcomingWindow now() {
        return new UpcomingWindow(into, window, 0, parameters.leak(), Integer.MAX_VALUE, firstWeight, shift);
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
        live -= order.list(step, fired) + (step == 0 ? order.silent() : 0);
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
