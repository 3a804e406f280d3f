package metronome.traces.trace;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import metronome.core.json.Json;
import metronome.core.json.JsonParser;
import metronome.core.json.JsonWriter;
import metronome.core.json.ObjectBuilder;
import metronome.hwmodel.probe.EventStream;
import metronome.traces.report.TextTable;

/**
 * What is in a trace, by its index alone.
 *
 * @param header whose events they are
 * @param bytes of the file
 * @param streams in the order of declaration, those that have events
 * @param wholeImages images that were recorded to their end
 * @param missing what is missing, if the trace was cut short
 */
public record TraceSummary(TraceHeader header, long bytes, List<StreamSize> streams, long wholeImages, Optional<String> missing) {
    /**
     * How much there is of a stream.
     *
     * @param stream which
     * @param blocks how many
     * @param events how many
     * @param bytes in the file
     * @param lastCycle the last cycle of any event
     */
    public record StreamSize(EventStream stream, int blocks, long events, long bytes, long lastCycle) {
        /** {@return bytes an event} */
        public double bytesPerEvent() {
            return (double) bytes / events;
        }
    }

    /**
     * {@return the summary of a trace}
     *
     * @param trace any
     */
    public static TraceSummary of(TraceReader trace) {
        Map<EventStream, StreamSize> sizes = new EnumMap<>(EventStream.class);
        for (TraceBlock b : trace.blocks()) {
            sizes.merge(b.stream(), new StreamSize(b.stream(), 1, b.events(), b.bytes(), b.lastCycle()),
                    (x, y) -> new StreamSize(x.stream, x.blocks + y.blocks, x.events + y.events, x.bytes + y.bytes,
                            Math.max(x.lastCycle, y.lastCycle)));
        }
        long whole = trace.blocks(EventStream.LAYERS).map(TraceBlock::image).distinct().count();
        return new TraceSummary(trace.header(), trace.bytes(), List.copyOf(sizes.values()), whole, trace.missing());
    }

    /** {@return the summary as JSON: the header, and what there is} */
    public String json() {
        ObjectBuilder out = Json.object().put("header", JsonParser.parse(HeaderJson.write(header))).put("bytes", bytes)
                .put("whole_images", wholeImages);
        missing.ifPresent(text -> out.put("missing", text));
        return JsonWriter.pretty(out.put("streams", Json.array(streams.stream().map(s -> Json.object()
                .put("name", s.stream.label()).put("blocks", s.blocks).put("events", s.events).put("bytes", s.bytes)
                .put("bytes_per_event", s.bytesPerEvent()).put("last_cycle", s.lastCycle).build()).toList())).build());
    }

    /** {@return the summary as tables} */
    public String text() {
        TracedNetwork spikes = header.spikes();
        TextTable facts = new TextTable("", "");
        facts.row("source", header.source() + ", metronome " + header.provenance().version() + ", seed " + header.provenance().seed());
        facts.row("command", header.provenance().command());
        facts.row("network", spikes.network() + spikes.networkHash().map(hash -> " " + hash).orElse(""));
        facts.row("inputs", spikes.dataset() + ", " + (header.images() == 1
                ? "image " + header.firstImage() + (wholeImages == 1 ? ", whole" : ", not whole")
                : "images " + header.firstImage() + " to " + header.lastImage() + ", " + wholeImages + " of them whole"));
        String when = (spikes.once() ? "once" : "several times") + " at steps 0 to " + spikes.steps();
        facts.row("spikes", (header.streams().contains(EventStream.SPIKES) ? when : "not recorded") + ", " + spikes.layers().size()
                + " layers");
        header.hardware().ifPresent(hardware -> facts.row("program", hardware.programHash())
                .row("target", hardware.target().name() + " " + hardware.targetHash())
                .row("window", header.windowCycles() + " cycles"));
        if (!header.cut().whole()) {
            facts.row("cut to", header.cut().text(spikes.layers()));
        }
        missing.ifPresent(text -> facts.row("missing", text));
        TextTable table = new TextTable("stream", ">blocks", ">events", ">bytes", ">bytes/event", ">last cycle");
        for (StreamSize s : streams) {
            table.row(s.stream.label(), Integer.toString(s.blocks), number(s.events), number(s.bytes),
                    String.format(java.util.Locale.ROOT, "%.3f", s.bytesPerEvent()), number(s.lastCycle));
        }
        return facts + "\n" + table;
    }

    private static String number(long value) {
        return String.format(java.util.Locale.ROOT, "%,d", value);
    }
}
