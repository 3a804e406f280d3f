package metronome.traces.trace;

import java.util.List;
import java.util.function.Consumer;
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
    private final List<TracedNetwork.Layer> layers;

    EventColumns(Vocabulary words, List<TracedNetwork.Layer> layers) {
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

    /** Gives the events of columns, one after the other. A loop for each stream, so that the compiler need not make what is only looked at. */
    void give(EventStream stream, long[][] v, int count, Consumer<? super ChipEvent> to) {
        switch (stream) {
            case SPIKES -> spikes(v, count, to);
            case INSTRUCTIONS -> instructions(v, count, to);
            case STALLS -> stalls(v, count, to);
            case DRAM -> commands(v, count, to);
            case ENERGY -> actions(v, count, to);
            case LAYERS -> layers(v, count, to);
        }
    }

    private void spikes(long[][] v, int count, Consumer<? super ChipEvent> to) {
        for (int i = 0; i < count; i++) {
            to.accept(spike(v, i));
        }
    }

    private void instructions(long[][] v, int count, Consumer<? super ChipEvent> to) {
        for (int i = 0; i < count; i++) {
            to.accept(new ChipEvent.Progress(v[0][i], number(v[1][i]), words.units().of(v[2][i]), words.phases().of(v[3][i]), number(v[4][i]),
                    layer(v[5][i])));
        }
    }

    private void stalls(long[][] v, int count, Consumer<? super ChipEvent> to) {
        for (int i = 0; i < count; i++) {
            to.accept(new ChipEvent.StallRun(v[0][i], v[1][i], number(v[2][i]), words.units().of(v[3][i]), words.causes().of(v[4][i]),
                    layer(v[5][i])));
        }
    }

    private void commands(long[][] v, int count, Consumer<? super ChipEvent> to) {
        for (int i = 0; i < count; i++) {
            to.accept(new ChipEvent.DramCommand(v[0][i], number(v[1][i]), words.commands().of(v[2][i]), number(v[3][i]), number(v[4][i]),
                    layer(v[5][i])));
        }
    }

    private void actions(long[][] v, int count, Consumer<? super ChipEvent> to) {
        for (int i = 0; i < count; i++) {
            to.accept(new ChipEvent.Actions(v[0][i], v[1][i], layer(v[2][i]), words.counters().of(v[3][i]), v[4][i]));
        }
    }

    private void layers(long[][] v, int count, Consumer<? super ChipEvent> to) {
        for (int i = 0; i < count; i++) {
            to.accept(new ChipEvent.LayerTime(v[0][i], layer(v[1][i]), v[2][i]));
        }
    }

    private ChipEvent spike(long[][] v, int i) {
        int layer = layer(v[1][i]);
        Shape shape = shape(layer);
        if (v[3][i] < 0 || v[3][i] >= shape.size()) {
            throw new DataException("a spike is of place " + v[3][i] + " in layer " + layer + " of " + shape.size() + " neurons");
        }
        return new ChipEvent.Spike(v[0][i], layer, Places.neuron((int) v[3][i], shape), number(v[2][i]));
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
