package metronome.traces.trace;

import java.util.List;
import metronome.core.io.DataException;
import metronome.core.network.Shape;
import metronome.hwmodel.probe.ChipEvent;
import metronome.hwmodel.probe.EventStream;

/** Events as rows of whole numbers, one a column of a block (docs/formats.md), and back. */
final class EventColumns {
    /** In which columns a number is stored as the difference to the one before it. */
    private static final String SPIKES = "dddd";
    private static final String INSTRUCTIONS = "dvvvdd";
    private static final String STALLS = "dvvvvd";
    private static final String DRAM = "dvvvdd";
    private static final String ENERGY = "dvddv";
    private static final String LAYERS = "ddv";

    private final Vocabulary words;
    private final List<TraceHeader.Layer> layers;

    EventColumns(Vocabulary words, List<TraceHeader.Layer> layers) {
        this.words = words;
        this.layers = layers;
    }

    /** The columns of a stream: d for differences, v for values. */
    static String of(EventStream stream) {
        return switch (stream) {
            case SPIKES -> SPIKES;
            case INSTRUCTIONS -> INSTRUCTIONS;
            case STALLS -> STALLS;
            case DRAM -> DRAM;
            case ENERGY -> ENERGY;
            case LAYERS -> LAYERS;
        };
    }

    /** Fills a row. */
    void put(ChipEvent event, long[] row) {
        row[0] = event.cycle();
        switch (event) {
            case ChipEvent.Spike e -> fill(row, e.layer(), e.step(), Places.of(e.neuron(), shape(e.layer())));
            case ChipEvent.Progress e -> fill(row, e.core(), e.unit().ordinal(), e.phase().ordinal(), e.number(), e.layer());
            case ChipEvent.StallRun e -> fill(row, e.cycles(), e.core(), e.unit().ordinal(), e.cause().ordinal(), e.layer());
            case ChipEvent.DramCommand e -> fill(row, e.channel(), e.command().ordinal(), e.bank(), e.row(), e.layer());
            case ChipEvent.Actions e -> fill(row, e.cycles(), e.layer(), e.counter().ordinal(), e.count());
            case ChipEvent.LayerTime e -> fill(row, e.layer(), e.cycles());
        }
    }

    private static void fill(long[] row, long... values) {
        System.arraycopy(values, 0, row, 1, values.length);
    }

    /** The event in a row. */
    ChipEvent event(EventStream stream, long[] r) {
        return switch (stream) {
            case SPIKES -> spike(r);
            case INSTRUCTIONS -> new ChipEvent.Progress(r[0], number(r[1]), words.units().of(r[2]), words.phases().of(r[3]),
                    number(r[4]), layer(r[5]));
            case STALLS -> new ChipEvent.StallRun(r[0], r[1], number(r[2]), words.units().of(r[3]), words.causes().of(r[4]),
                    layer(r[5]));
            case DRAM -> new ChipEvent.DramCommand(r[0], number(r[1]), words.commands().of(r[2]), number(r[3]), number(r[4]),
                    layer(r[5]));
            case ENERGY -> new ChipEvent.Actions(r[0], r[1], layer(r[2]), words.counters().of(r[3]), r[4]);
            case LAYERS -> new ChipEvent.LayerTime(r[0], layer(r[1]), r[2]);
        };
    }

    private ChipEvent spike(long[] r) {
        int layer = layer(r[1]);
        Shape shape = shape(layer);
        if (r[3] < 0 || r[3] >= shape.size()) {
            throw new DataException("a spike is of place " + r[3] + " in layer " + layer + " of " + shape.size() + " neurons");
        }
        return new ChipEvent.Spike(r[0], layer, Places.neuron((int) r[3], shape), number(r[2]));
    }

    private Shape shape(int layer) {
        return layers.get(layer).shape();
    }

    private int layer(long value) {
        if (value < 0 || value >= layers.size()) {
            throw new DataException("an event is of layer " + value + " of " + layers.size());
        }
        return (int) value;
    }

    private static int number(long value) {
        if (value != (int) value) {
            throw new DataException("an event has the number " + value + ", expected one of 32 bits");
        }
        return (int) value;
    }
}
