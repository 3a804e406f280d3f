package metronome.isa.compiler;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import metronome.core.network.Shape;
import metronome.core.spiking.FixedLayer;
import metronome.core.spiking.FixedNetwork;
import metronome.core.spiking.Wiring;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;

/**
 * How many blocks of the spike buffer may be in use at once while a layer runs, whatever spikes: the views on the chip;
 * the spikes of its tiles, and of those of later layers that the load engine may fetch meanwhile; the spikes of its tiles,
 * and of those of earlier layers, that the store engine has not yet taken away. Layers run strictly one after the other.
 * A core that has no part in some layers may have any of the others under way together.
 */
final class SpikeRoom {
    /** Runs of the load engine, and parts of the store engine, of so many other layers can be under way on one core. */
    private static final int LAYERS_APART = 2;

    private final FixedNetwork network;
    private final int perBlock;
    private final int available;
    private final SpikePlan plan;
    private final Cut[] cuts;
    private final View[] reads;
    private final boolean[] readsChip;
    private final boolean[] spills;
    private final long[] onChip;
    private final long[] input;
    private final int[] runs;
    private final long[] output;
    private final int apart;

    SpikeRoom(SpikePlan plan, Target target) {
        this.network = plan.network();
        this.perBlock = target.count(TargetField.BLOCK_EVENTS);
        this.available = target.count(TargetField.SPIKE_BLOCKS);
        this.plan = plan;
        int layers = network.layers().size();
        this.cuts = plan.cuts().toArray(Cut[]::new);
        this.reads = new View[layers];
        this.readsChip = new boolean[layers];
        this.spills = new boolean[layers];
        this.onChip = new long[layers];
        this.input = new long[layers];
        this.runs = new int[layers];
        this.output = new long[layers];
        this.apart = plan.placement().cores() == 1 ? LAYERS_APART : layers;
        for (int l = 0; l < layers; l++) {
            reads[l] = plan.read(l);
            readsChip[l] = plan.readsChip(l);
            spills[l] = plan.spills(l);
            onChip[l] = onChip(l);
            measure(l, cuts[l]);
        }
    }

    /** Takes another cut of a layer into account, by which also its readers' tiles may load more or less. */
    void measure(int l, Cut cut) {
        cuts[l] = cut;
        for (int reader = l + 1; reader < reads.length && reads[reader] != null; reader++) {
            if (!readsChip[reader] && byChannel(network.layers().get(reader)) && reads[reader].sources().contains(l)) {
                input[reader] = blocks(inputEvents(reader, cuts[reader]));
            }
        }
        input[l] = readsChip[l] ? 0 : blocks(inputEvents(l, cut));
        runs[l] = runs(network.layers().get(l), cut);
        output[l] = spills[l] ? blocks((long) cut.columns() * cut.channels()) : 0;
    }

    /** The most blocks that so many events, however spread over the steps, can take. */
    long blocks(long events) {
        long steps = Math.min(network.code().steps() + 1, events);
        return (events + steps * (perBlock - 1)) / perBlock;
    }

    private static int runs(FixedLayer layer, Cut cut) {
        boolean shared = !byChannel(layer) && (cut.bandsOutside() || cut.places() == 1);
        return shared ? cut.places() : cut.places() * cut.blocks();
    }

    /** Whether tiles of other channels read other input channels. */
    static boolean byChannel(FixedLayer layer) {
        return switch (layer) {
            case FixedLayer.Synapses s -> s.window().groups() > 1;
            case FixedLayer.Pool _ -> true;
        };
    }

    /** The most neurons that the spikes of a tile can come from. */
    private long inputEvents(int l, Cut cut) {
        FixedLayer layer = network.layers().get(l);
        long rows = IntStream.range(0, cut.bands()).mapToLong(band -> rows(layer, cut, band)).max().orElseThrow();
        long channels = IntStream.range(0, byChannel(layer) ? cut.blocks() : 1)
                .mapToLong(block -> channels(l, cut, block)).max().orElseThrow();
        long columns = IntStream.range(0, cut.strips()).mapToLong(strip -> columns(layer, cut, strip)).max().orElseThrow();
        return rows * channels * columns;
    }

    /** Events that are loaded for all tiles if every neuron spikes, those of a band once where its tiles need the same. */
    long loadedEvents(int l, Cut cut) {
        FixedLayer layer = network.layers().get(l);
        long rows = IntStream.range(0, cut.bands()).mapToLong(band -> rows(layer, cut, band)).sum();
        long channels = IntStream.range(0, byChannel(layer) ? cut.blocks() : 1)
                .mapToLong(block -> channels(l, cut, block)).sum();
        long columns = IntStream.range(0, cut.strips()).mapToLong(strip -> columns(layer, cut, strip)).sum();
        return rows * channels * columns;
    }

    /** Events that are offered to all tiles if every neuron spikes: of what is in DRAM, those of the lists that they need. */
    long offeredEvents(int l, Cut cut, boolean onChip) {
        FixedLayer layer = network.layers().get(l);
        if (onChip) {
            return (long) layer.input().size() * cut.blocks() * cut.places();
        }
        long once = loadedEvents(l, cut);
        return byChannel(layer) ? once : once * cut.blocks();
    }

    private static long rows(FixedLayer layer, Cut cut, int band) {
        Reach reach = Reach.of(layer, cut.tile(0, band, 0));
        return reach.endRow() - reach.firstRow();
    }

    private static long columns(FixedLayer layer, Cut cut, int strip) {
        if (cut.strips() == 1) {
            return layer.input().width();
        }
        Reach reach = Reach.of(layer, cut.tile(0, 0, strip));
        return reach.endColumn() - reach.firstColumn();
    }

    /** Input channels in the segments that a block reads. */
    private long channels(int l, Cut cut, int block) {
        Reach reach = Reach.of(network.layers().get(l), cut.tile(block, 0, 0));
        View view = reads[l];
        long sum = 0;
        for (int i = 0; i < view.sources().size(); i++) {
            int source = view.sources().get(i);
            Shape shape = View.output(network, source);
            int piece = source == Wiring.INPUT ? shape.channels() : cuts[source].channels();
            for (int first = 0; first < shape.channels(); first += piece) {
                int channels = Math.min(piece, shape.channels() - first);
                sum += reach.meets(view.offsets().get(i), first, channels) ? channels : 0;
            }
        }
        return sum;
    }

    /** Whether a layer's spikes go to DRAM. */
    boolean spills(int l) {
        return spills[l];
    }

    /** The first layer that needs more than the spike buffer has. */
    OptionalInt tight() {
        return IntStream.range(0, cuts.length).filter(l -> need(l) > available).findFirst();
    }

    /** What a layer needs. */
    long need(int l) {
        return onChip[l] + inputs(l) + outputs(l);
    }

    private long onChip(int l) {
        long result = l == network.layers().size() - 1 ? blocks(resultEvents()) : 0;
        return result + plan.chip().stream().filter(v -> v.livesAt(l)).mapToLong(v -> blocks(v.shape().size())).sum();
    }

    private long resultEvents() {
        return switch (network.readout()) {
            case POTENTIAL -> 1;
            case LAST_SPIKE -> network.layers().getLast().output().size();
        };
    }

    /** The largest runs that can be there together: of the layer, and of later ones that do not wait for it. */
    private long inputs(int l) {
        List<Integer> loading = new ArrayList<>(List.of(l));
        for (int later = l + 1; later < input.length && loading.size() <= apart; later++) {
            if (!readsChip[later]) {
                if (reads[later].lastSource() >= l) {
                    break;
                }
                loading.add(later);
            }
        }
        long most = 0;
        for (int i = 0; i < loading.size(); i++) {
            long one = input[loading.get(i)];
            long another = runs[loading.get(i)] > 1 ? one : 0;
            long next = loading.subList(i + 1, Math.min(loading.size(), i + apart)).stream().mapToLong(later -> input[later])
                    .max().orElse(0);
            most = Math.max(most, plan.inputRegions() > 1 ? one + Math.max(another, next) : one);
        }
        return most;
    }

    /** The largest parts that can be there together: of the layer, and of earlier ones for whose end it did not wait. */
    private long outputs(int l) {
        long most = output[l];
        int waited = readsChip[l] ? Wiring.INPUT : reads[l].lastSource();
        int storing = 0;
        for (int earlier = l - 1; earlier > waited && storing < apart; earlier--) {
            if (spills[earlier]) {
                most = Math.max(most, output[earlier]);
                storing++;
            }
        }
        return plan.outputRegions() * most;
    }
}
