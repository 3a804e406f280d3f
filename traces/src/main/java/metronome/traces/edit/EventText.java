package metronome.traces.edit;

import java.util.List;
import java.util.Locale;
import metronome.core.json.ObjectReader;
import metronome.core.network.Shape;
import metronome.hwmodel.probe.ChipEvent;
import metronome.traces.trace.TracedNetwork;

/** Events in words. */
final class EventText {
    private final List<TracedNetwork.Layer> layers;
    private final boolean cycles;

    /**
     * @param layers of the trace
     * @param cycles whether cycles are told
     */
    EventText(List<TracedNetwork.Layer> layers, boolean cycles) {
        this.layers = layers;
        this.cycles = cycles;
    }

    /** When, where, what. */
    String of(ChipEvent event) {
        return cycles ? "cycle " + number(event.cycle()) + ": " + what(event) : what(event);
    }

    private String what(ChipEvent event) {
        String layer = layers.get(event.layer()).name();
        return switch (event) {
            case ChipEvent.Spike e -> layer + " neuron " + e.neuron() + place(e.neuron(), layers.get(e.layer()).shape()) + " at step "
                    + e.step();
            case ChipEvent.Progress e -> unit(e.core(), e.unit().label()) + " instruction " + e.number() + " " + e.phase().label() + ", "
                    + layer;
            case ChipEvent.StallRun e -> unit(e.core(), e.unit().label()) + " stalls for " + number(e.cycles()) + " cycles, "
                    + e.cause().label() + ", " + layer;
            case ChipEvent.DramCommand e -> "channel " + e.channel() + " " + ObjectReader.spelling(e.command()) + ", bank " + e.bank()
                    + ", row " + e.row() + ", " + layer;
            case ChipEvent.Actions e -> number(e.count()) + " " + e.counter().label() + " in " + number(e.cycles()) + " cycles, " + layer;
            case ChipEvent.LayerTime e -> layer + " took " + number(e.cycles()) + " of the image's cycles";
        };
    }

    private static String unit(int core, String unit) {
        return "core " + core + " " + unit;
    }

    private static String place(int neuron, Shape shape) {
        int area = shape.height() * shape.width();
        return area == 1 ? "" : " (channel " + neuron / area + ", row " + neuron % area / shape.width() + ", column "
                + neuron % shape.width() + ")";
    }

    static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
