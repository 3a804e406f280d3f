package metronome.hwmodel.unit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import metronome.hwmodel.memory.EventList;
import metronome.isa.program.Event;

/**
 * Remembers what the events of a tile cost. Two events cost the same if their fan-outs have the same shape, because
 * banks are dealt out round robin: to move all potentials of a fan-out by as many places, or all its weights by as many
 * whole words, exchanges the banks but changes no count. The shape is given by the output rows that the event reaches,
 * the output columns, how many channels it reaches, and where their weights begin within a word. What each shape costs is
 * measured once, for all tiles of a layer that have as many columns and channels.
 */
final class FanOutTable {
    /** So many costs of fewer than {@link #LIMIT} of everything are summed in one number before its parts could run into each other. */
    private static final int TOGETHER = 1 << 7;
    private static final int LIMIT = 1 << 14;
    private static final int PART = 21;
    private static final long MASK = (1 << PART) - 1;

    private final FanOutTiming timing;
    private final WeightFormat format;
    private final boolean remembering;
    private final Kinds rows = new Kinds();
    private final Kinds columns = new Kinds();
    private final Kinds channels = new Kinds();
    /** By row, column and channel: what they add to the number of a kind. */
    private int[] ofRow = new int[0];
    private int[] ofColumn = new int[0];
    private int[] ofChannel = new int[0];
    private FanOutCost[] costs = new FanOutCost[0];
    /**
     * Of each kind two numbers: cycles, updates and words, then cycles and stalls for potentials and for weights, in parts; 0 if it was
     * not measured, or is too large.
     */
    private long[] packed = new long[0];
    private Tile tile;
    /** What the costs of all kinds follow from besides their shape. */
    private List<Object> alike = List.of();
    private int firstWeight = -1;
    private boolean waits;

    /**
     * Creates a table.
     *
     * @param timing measures
     * @param format of weights
     * @param remembering whether to remember at all, or to measure every event
     */
    FanOutTable(FanOutTiming timing, WeightFormat format, boolean remembering) {
        this.timing = timing;
        this.format = format;
        this.remembering = remembering;
    }

    /** Whether an event whose shape was seen before costs no measurement. */
    boolean remembering() {
        return remembering;
    }

    void tile(Tile tile, int inChannels, int firstWeight) {
        waits = false;
        timing.tile(tile, firstWeight);
        if (!remembering || tile.equals(this.tile) && firstWeight == this.firstWeight && channels.numbers.length == inChannels) {
            return;
        }
        this.tile = tile;
        this.firstWeight = firstWeight;
        Geometry g = tile.geometry();
        List<Object> ofAll = List.of(g, tile.columns(), tile.channels(), firstWeight % format.wordBytes());
        boolean other = !ofAll.equals(alike);
        if (other) {
            alike = ofAll;
            rows.forget();
            columns.forget();
            channels.forget();
        }
        number(g, inChannels);
        int kinds = rows.count() * columns.count() * channels.count();
        if (other || kinds != costs.length) {
            costs = new FanOutCost[kinds];
            packed = new long[2 * kinds];
        }
    }

    private void number(Geometry g, int inChannels) {
        int endRow = Math.min(tile.endRow(), g.outHeight());
        rows.number(List.of(tile.firstRow(), endRow), g.inHeight(), in -> taps(g.firstRow(in, tile.firstRow()), g.endRow(in, endRow),
                out -> g.kernelRow(in, out)));
        columns.number(List.of(tile.firstColumn()), g.inWidth(), in -> taps(tile.firstReachedColumn(in), tile.endReachedColumn(in),
                out -> g.kernelColumn(in, out)));
        channels.number(g.groupOutputs() == Geometry.ALL ? List.of() : List.of(tile.firstChannel()), inChannels, this::weights);
        ofRow = rows.times(columns.count() * channels.count());
        ofColumn = columns.times(channels.count());
        ofChannel = channels.times(1);
    }

    /** The kinds of rows, columns or channels, numbered; a kind keeps its number until all are forgotten. */
    private static final class Kinds {
        private final Map<List<Integer>, Integer> kinds = new HashMap<>();
        private Optional<List<Integer>> of = Optional.empty();
        private int[] numbers = new int[0];

        void forget() {
            kinds.clear();
            of = Optional.empty();
        }

        /** Numbers the kinds of some indices, which follow from what is given. */
        void number(List<Integer> given, int indices, IntFunction<List<Integer>> kind) {
            if (of.filter(given::equals).isPresent() && numbers.length == indices) {
                return;
            }
            List<Integer> before = List.of();
            numbers = new int[indices];
            for (int i = 0; i < indices; i++) {
                List<Integer> own = kind.apply(i);
                numbers[i] = i > 0 && own.equals(before) ? numbers[i - 1] : kinds.computeIfAbsent(own, _ -> kinds.size());
                before = own;
            }
            of = Optional.of(given);
        }

        int count() {
            return kinds.size();
        }

        int[] times(int factor) {
            int[] product = new int[numbers.length];
            for (int i = 0; i < product.length; i++) {
                product[i] = numbers[i] * factor;
            }
            return product;
        }
    }

    /** The outputs of a range that are reached, counted from the first of them, and by which tap of the kernel. */
    private static List<Integer> taps(int first, int end, IntUnaryOperator tapOf) {
        List<Integer> taps = new ArrayList<>();
        int base = first;
        for (int out = first; out < end; out++) {
            int tap = tapOf.applyAsInt(out);
            if (tap >= 0) {
                base = taps.isEmpty() ? out : base;
                taps.add(out - base);
                taps.add(tap);
            }
        }
        return taps;
    }

    /** How many channels are reached, and where in a word the weights of the first of them begin, if those of the tile begin with one. */
    private List<Integer> weights(int channel) {
        int first = tile.firstReached(channel);
        int reached = tile.endReached(channel) - first;
        if (reached <= 0) {
            return List.of();
        }
        long weight = tile.geometry().weight(channel, 0, 0, tile.channels()) + first;
        return List.of(reached, (int) (weight * format.bytes() % format.wordBytes()));
    }

    /** Until another tile is chosen, its neurons wait: events are of all kinds. */
    void waits() {
        waits = true;
    }

    /** What an event costs; each kind costs what a spike does (rule LIF-24). */
    FanOutCost cost(int event) {
        return fanOut(waits ? Event.ofNeuron(event) : event);
    }

    private FanOutCost fanOut(int event) {
        if (!remembering) {
            return timing.measure(event);
        }
        int kind = kind(event);
        FanOutCost cost = costs[kind];
        if (cost == null) {
            cost = timing.measure(event);
            costs[kind] = cost;
            pack(kind, cost);
        }
        return cost;
    }

    private void pack(int kind, FanOutCost cost) {
        boolean fits = Math.max(Math.max(cost.cycles(), cost.updates()), cost.words()) < LIMIT
                && Math.max(cost.potentialStalls(), cost.weightStalls()) < LIMIT;
        packed[2 * kind] = fits ? pack(cost.cycles(), cost.updates(), cost.words()) : 0;
        packed[2 * kind + 1] = fits ? pack(cost.cycles(), cost.potentialStalls(), cost.weightStalls()) : 0;
    }

    private static long pack(long high, long middle, long low) {
        return high << 2 * PART | middle << PART | low;
    }

    private int kind(int event) {
        return ofRow[Event.row(event)] + ofColumn[Event.column(event)] + ofChannel[Event.channel(event)];
    }

    /** Adds what some events of a list cost. */
    void add(EventList list, int from, int to, StepCost sum) {
        int next = from;
        while (next < to) {
            next = addMeasured(list, next, Math.min(to, next + TOGETHER), sum);
            if (next < to) {
                sum.add(cost(list.get(next++)));
            }
        }
    }

    /** Whether what events cost can be summed by kind. */
    private boolean sums() {
        return remembering && !waits;
    }

    /** Adds what events cost, {@link #TOGETHER} at most, up to one whose cost is not there; returns where it stopped. */
    private int addMeasured(EventList list, int from, int to, StepCost sum) {
        long actions = 0;
        long stalls = 0;
        int i = from;
        for (int end = sums() ? to : from; i < end; i++) {
            int kind = 2 * kind(list.get(i));
            if (packed[kind] == 0) {
                break;
            }
            actions += packed[kind];
            stalls += packed[kind + 1];
        }
        add(i - from, actions, stalls, sum);
        return i;
    }

    private static void add(int count, long actions, long stalls, StepCost sum) {
        sum.add(count, actions >>> 2 * PART, actions >>> PART & MASK, actions & MASK, stalls >>> PART & MASK, stalls & MASK);
    }

    /**
     * Adds what the first so many events of a list cost, and tells when each of them begins if one follows the other.
     *
     * @param first when the first one begins
     * @param begins gets the times
     * @param at where in it the first one goes
     * @return when the last one ends
     */
    long add(EventList list, int count, StepCost sum, long first, int[] begins, int at) {
        long time = first;
        int next = 0;
        while (next < count) {
            int from = next;
            long actions = 0;
            long stalls = 0;
            for (int end = sums() ? Math.min(count, from + TOGETHER) : from; next < end; next++) {
                int kind = 2 * kind(list.get(next));
                long packedActions = packed[kind];
                if (packedActions == 0) {
                    break;
                }
                begins[at + next] = (int) time;
                time += packedActions >>> 2 * PART;
                actions += packedActions;
                stalls += packed[kind + 1];
            }
            add(next - from, actions, stalls, sum);
            if (next < count) {
                FanOutCost cost = cost(list.get(next));
                begins[at + next++] = (int) time;
                time += cost.cycles();
                sum.add(cost);
            }
        }
        return time;
    }
}
