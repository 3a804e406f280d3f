package metronome.traces.edit;

import java.util.List;
import metronome.core.json.Json;
import metronome.core.json.JsonWriter;
import metronome.core.json.ObjectBuilder;
import metronome.core.json.ObjectReader;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.probe.ChipEvent;
import metronome.traces.trace.HeaderDifference;
import metronome.traces.trace.TraceHeader;

/** Differences for other programs (docs/formats.md): events have the columns of the table of {@code trace export --to csv}, layers by name. */
public final class DifferenceJson {
    private final TraceDifference difference;
    private final boolean cycles;

    private DifferenceJson(TraceDifference difference, boolean cycles) {
        this.difference = difference;
        this.cycles = cycles;
    }

    /**
     * {@return the JSON, ending in a line feed}
     *
     * @param difference of two traces
     * @param cycles whether cycles are told
     */
    public static String of(TraceDifference difference, boolean cycles) {
        DifferenceJson json = new DifferenceJson(difference, cycles);
        return JsonWriter.pretty(Json.object().put("equal", difference.equal())
                .put("header", Json.array(difference.header().stream().map(DifferenceJson::header).toList()))
                .put("streams", Json.array(difference.streams().stream().map(json::stream).toList())).build());
    }

    private static Json header(HeaderDifference key) {
        return Json.object().put("key", key.key()).put("left", key.left()).put("right", key.right()).build();
    }

    private Json stream(TraceDifference.OfStream of) {
        ObjectBuilder out = Json.object().put("stream", of.stream().label()).put("equal_events", of.equal());
        of.first().ifPresent(first -> out.put("first", first(first)));
        return out.build();
    }

    private Json first(TraceDifference.Divergence first) {
        return Json.object().put("image", first.image()).put("event", first.index()).put("before", events(first.before(), difference.left()))
                .put("left", events(first.left(), difference.left())).put("right", events(first.right(), difference.right())).build();
    }

    private Json events(List<ChipEvent> events, TraceHeader of) {
        return Json.array(events.stream().map(event -> event(event, of)).toList());
    }

    private Json event(ChipEvent event, TraceHeader of) {
        ObjectBuilder out = Json.object();
        if (cycles) {
            out.put("cycle", event.cycle());
        }
        out.put("layer", of.spikes().layers().get(event.layer()).name());
        switch (event) {
            case ChipEvent.Spike e -> out.put("step", e.step()).put("neuron", e.neuron());
            case ChipEvent.Progress e -> unit(out, e.core(), e.unit()).put("event", e.phase().label()).put("number", e.number());
            case ChipEvent.StallRun e -> unit(out, e.core(), e.unit()).put("event", e.cause().label()).put("cycles", e.cycles());
            case ChipEvent.DramCommand e -> out.put("event", ObjectReader.spelling(e.command())).put("channel", e.channel())
                    .put("bank", e.bank()).put("row", e.row());
            case ChipEvent.Actions e -> out.put("event", e.counter().label()).put("count", e.count()).put("cycles", e.cycles());
            case ChipEvent.LayerTime e -> out.put("cycles", e.cycles());
        }
        return out.build();
    }

    private static ObjectBuilder unit(ObjectBuilder out, int core, Component unit) {
        return out.put("core", core).put("unit", unit.label());
    }
}
