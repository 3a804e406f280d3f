package metronome.traces.analysis;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.LinkedHashMap;
import java.util.function.Consumer;
import metronome.core.io.DataException;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counts;
import metronome.hwmodel.probe.ChipEvent;
import metronome.hwmodel.probe.EventStream;
import metronome.isa.target.Target;
import metronome.isa.target.TargetRules;
import metronome.traces.trace.TraceBlock;
import metronome.traces.trace.TraceHeader;
import metronome.traces.trace.TraceReader;
import metronome.traces.trace.TracedHardware;

/** What the events of a trace amount to. */
public final class TraceAnalysis {
    /** Into how many bins the time of an image is cut: enough to look at some, few enough to keep. */
    public static final int USUAL_BINS = 1 << 14;

    private final TraceHeader header;
    private final Optional<Target> target;
    private final Optional<Limits> limits;
    private final Optional<String> missing;
    private final SequencedMap<Integer, Long> cyclesOfImage = new LinkedHashMap<>();
    private final long bytes;
    private final long binCycles;
    private final Counts shared;
    private final SpikeTally spikes;
    private final UnitTally units;
    private final Optional<DramTally> dram;
    private OptionalInt under = OptionalInt.empty();

    private TraceAnalysis(TraceReader trace, int bins) {
        header = trace.header();
        target = header.hardware().map(TracedHardware::target);
        limits = target.map(Limits::of);
        missing = trace.missing();
        bytes = trace.bytes();
        trace.blocks(EventStream.LAYERS).forEach(b -> cyclesOfImage.putIfAbsent(b.image(), b.firstCycle()));
        long cycles = cyclesOfImage.isEmpty() ? 0 : Math.max(cyclesOfImage.firstEntry().getValue(), 0);
        int cores = target.map(TargetRules::cores).orElse(1);
        binCycles = Math.max(Math.ceilDiv(cycles, Math.max(bins / UnitTally.apart(cores), 1)), 1);
        int layers = header.spikes().layers().size();
        shared = new Counts(layers);
        spikes = new SpikeTally(header.spikes());
        units = new UnitTally(layers, cores, cycles, binCycles);
        dram = limits.map(l -> new DramTally(l, layers, cycles, binCycles));
    }

    /**
     * {@return what a trace amounts to}
     *
     * @param trace whose blocks are read one after the other
     * @param bins into how many the time of the first image is cut, at most, shared by cores that are told apart; at least 1
     * @throws DataException if it is damaged, has no whole image, or events that do not fit its header
     */
    public static TraceAnalysis of(TraceReader trace, int bins) {
        TraceAnalysis analysis = new TraceAnalysis(trace, bins);
        if (analysis.cyclesOfImage.isEmpty()) {
            throw new DataException("the trace has no image that was recorded to its end"
                    + analysis.missing.map(text -> ": " + text).orElse(""));
        }
        for (TraceBlock block : trace.blocks()) {
            if (analysis.cyclesOfImage.containsKey(block.image())) {
                analysis.begin(block.image());
                trace.read(block, analysis.taker(block.stream()));
            }
        }
        return analysis;
    }

    private void begin(int image) {
        if (under.isEmpty() || under.getAsInt() != image) {
            boolean first = image == drawnImage();
            spikes.begin(first);
            units.begin(first);
            dram.ifPresent(d -> d.begin(first));
            under = OptionalInt.of(image);
        }
    }

    /** What takes the events of a stream: one each, so that none has to ask every event what it is. */
    private Consumer<ChipEvent> taker(EventStream stream) {
        return switch (stream) {
            case SPIKES -> e -> spikes.accept((ChipEvent.Spike) e);
            case INSTRUCTIONS -> e -> units.accept((ChipEvent.Progress) e);
            case STALLS -> e -> units.accept((ChipEvent.StallRun) e);
            case DRAM -> dram.<Consumer<ChipEvent>>map(d -> e -> d.accept((ChipEvent.DramCommand) e)).orElse(_ -> { });
            case ENERGY -> e -> count((ChipEvent.Actions) e);
            case LAYERS -> e -> shared.spend(e.layer(), ((ChipEvent.LayerTime) e).cycles());
        };
    }

    private void count(ChipEvent.Actions actions) {
        shared.count(actions.layer(), actions.counter(), actions.count());
    }

    /** {@return whose events these are} */
    public TraceHeader header() {
        return header;
    }

    /** {@return the hardware, if any was modelled} */
    public Optional<Target> target() {
        return target;
    }

    /** {@return what the hardware can do at most, if any was modelled} */
    public Optional<Limits> limits() {
        return limits;
    }

    /** {@return what is missing of a trace that was cut short, in words} */
    public Optional<String> missing() {
        return missing;
    }

    /** {@return the size of the trace} */
    public long bytes() {
        return bytes;
    }

    /**
     * {@return whether a stream was recorded}
     *
     * @param stream which
     */
    public boolean has(EventStream stream) {
        return header.streams().contains(stream);
    }

    /** {@return the images that were recorded to their end, with how many cycles each took; at least one} */
    public SequencedMap<Integer, Long> cyclesOfImage() {
        return java.util.Collections.unmodifiableSequencedMap(cyclesOfImage);
    }

    /** {@return how many images were recorded to their end} */
    public int images() {
        return cyclesOfImage.size();
    }

    /** {@return the image that is drawn over time} */
    public int drawnImage() {
        return cyclesOfImage.firstEntry().getKey();
    }

    /** {@return how many cycles a bin has} */
    public long binCycles() {
        return binCycles;
    }

    /** {@return cycles, actions, busy and stalled cycles, as the machine counted them, as far as they were recorded} */
    public Counts counts() {
        return units.counts(shared);
    }

    /** {@return the spikes} */
    public SpikeTally spikes() {
        return spikes;
    }

    /**
     * {@return cycles in which a unit was busy for a layer}
     *
     * @param layer which
     * @param unit which
     */
    public long busy(int layer, Component unit) {
        return units.busy(layer, unit);
    }

    /** {@return what each unit did in the first image, by core and unit; without units that did nothing} */
    public List<Lane> lanes() {
        return units.lanes();
    }

    /** {@return when each layer is computed in the first image; without layers for which nothing is known} */
    public List<LayerSpan> spans() {
        return units.spans();
    }

    /** {@return whether a lane is of the units of all cores together} */
    public boolean coresTogether() {
        return units.together();
    }

    /** {@return what was sent to the DRAM, if hardware was modelled} */
    public Optional<DramTally> dram() {
        return dram;
    }
}
