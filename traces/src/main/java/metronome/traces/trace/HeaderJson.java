package metronome.traces.trace;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.stream.Collectors;
import metronome.core.io.DataException;
import metronome.core.json.Json;
import metronome.core.json.JsonParser;
import metronome.core.json.JsonWriter;
import metronome.core.json.ObjectBuilder;
import metronome.core.json.ObjectReader;
import metronome.core.network.Shape;
import metronome.core.spiking.LeakPolicy;
import metronome.hwmodel.probe.EventStream;

/** Headers as JSON. */
final class HeaderJson {
    private HeaderJson() {
    }

    /** A header and what the numbers in its file mean. */
    record Read(TraceHeader header, Vocabulary words) {
    }

    static String write(TraceHeader header) {
        TracedNetwork spikes = header.spikes();
        ObjectBuilder out = Json.object().put("source", header.source().toString())
                .put("streams", Json.array(header.streams().stream().map(s -> Json.of(s.label())).toList()))
                .put("first_image", header.firstImage()).put("images", header.images());
        if (!header.cut().whole()) {
            out.put("cut", cut(header.cut()));
        }
        out.put("network", spikes.network());
        spikes.networkHash().ifPresent(hash -> out.put("network_sha256", hash));
        out.put("dataset", spikes.dataset()).put("once", spikes.once()).put("steps", spikes.steps())
                .put("time_constant_steps", spikes.timeConstant()).put("leak_powers", spikes.leak().powerEntries())
                .put("layers", Json.array(spikes.layers().stream().map(HeaderJson::layer).toList()));
        header.hardware().ifPresent(hardware -> {
            out.put("program_sha256", hardware.programHash()).put("target_sha256", hardware.targetHash())
                    .put("window_cycles", header.windowCycles()).put("target", JsonParser.parse(hardware.targetText()));
            hardware.code().ifPresent(code -> out.put("code", code));
        });
        TraceHeader.Provenance provenance = header.provenance();
        return JsonWriter.compact(out.put("version", provenance.version()).put("seed", Json.of(Long.toString(provenance.seed())))
                .put("command", provenance.command()).put("words", Vocabulary.CURRENT.json()).build());
    }

    private static Json cut(Cut cut) {
        ObjectBuilder out = Json.object();
        cut.cycles().ifPresent(span -> {
            out.put("first_cycle", span.first());
            if (span.last() != Span.OPEN) {
                out.put("last_cycle", span.last());
            }
        });
        cut.layers().ifPresent(layers -> out.put("layers", Json.array(layers.stream().map(l -> Json.of((long) l)).toList())));
        return out.build();
    }

    private static Json layer(TracedNetwork.Layer layer) {
        Shape s = layer.shape();
        ObjectBuilder out = Json.object().put("name", layer.name()).put("shape", Json.array(s.channels(), s.height(), s.width()));
        layer.steps().ifPresent(steps -> out.put("steps", steps));
        return out.build();
    }

    static Read read(String text) {
        ObjectReader in = ObjectReader.of(JsonParser.parse(text), "");
        Vocabulary words = Vocabulary.read(in.object("words"));
        Optional<TracedHardware> hardware = in.optional("program_sha256").isEmpty() ? Optional.empty()
                : Optional.of(new TracedHardware(in.string("program_sha256"), in.string("target_sha256"),
                        JsonWriter.compact(in.member("target")), in.optional("code").map(_ -> in.string("code"))));
        int first = (int) in.integer("first_image", 0, Integer.MAX_VALUE - 1);
        TracedNetwork spikes = spikes(in);
        TraceHeader header = new TraceHeader(in.constant("source", TraceHeader.Source.class), spikes, hardware,
                streams(in, words), hardware.isEmpty() ? 0 : (int) in.integer("window_cycles", 1, Integer.MAX_VALUE),
                first, (int) in.integer("images", 1, Integer.MAX_VALUE - first), cut(in, spikes.layers().size()),
                new TraceHeader.Provenance(in.string("version"), seed(in), in.string("command")));
        in.end();
        return new Read(header, words);
    }

    private static Cut cut(ObjectReader header, int layers) {
        if (header.optional("cut").isEmpty()) {
            return Cut.NONE;
        }
        ObjectReader in = header.object("cut");
        Cut cut = new Cut(in.optional("first_cycle").map(_ -> cycles(in)), in.optional("layers").map(_ -> cutLayers(in, layers)));
        in.end();
        if (cut.whole()) {
            throw new DataException("cut must have first_cycle or layers");
        }
        return cut;
    }

    private static Span cycles(ObjectReader in) {
        long first = in.integer("first_cycle", 0, Span.MOST);
        return new Span(first, in.optional("last_cycle").isEmpty() ? Span.OPEN : in.integer("last_cycle", first, Span.MOST));
    }

    private static TreeSet<Integer> cutLayers(ObjectReader in, int layers) {
        TreeSet<Integer> numbers = Arrays.stream(in.integers("layers", 0, layers - 1)).mapToObj(l -> (int) l)
                .collect(Collectors.toCollection(TreeSet::new));
        if (numbers.isEmpty()) {
            throw new DataException("cut.layers must name at least one");
        }
        return numbers;
    }

    /** As text, because many readers of JSON know no whole numbers beyond 2^53. */
    private static long seed(ObjectReader in) {
        String text = in.string("seed");
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new DataException("seed must be a whole number of 64 bits in quotes: \"" + text + "\"", e);
        }
    }

    private static TracedNetwork spikes(ObjectReader in) {
        Optional<String> hash = in.optional("network_sha256").map(_ -> in.string("network_sha256"));
        int lastStep = (int) in.integer("steps", 0, Integer.MAX_VALUE - 1);
        List<TracedNetwork.Layer> layers = in.objects("layers").stream().map(each -> layer(each, lastStep)).toList();
        if (layers.isEmpty()) {
            throw new DataException("layers must have at least one");
        }
        return new TracedNetwork(in.string("network"), hash, in.string("dataset"), in.bool("once"),
                lastStep, in.number("time_constant_steps"),
                new LeakPolicy((int) in.integer("leak_powers", 0, Integer.MAX_VALUE)), layers);
    }

    private static TracedNetwork.Layer layer(ObjectReader in, int lastStep) {
        long[] extents = in.integers("shape", 1, TracedNetwork.Layer.MOST_NEURONS);
        long most = TracedNetwork.Layer.MOST_NEURONS;
        if (extents.length != 3 || extents[0] * extents[1] > most || extents[0] * extents[1] * extents[2] > most) {
            throw new DataException("a layer's shape must be [channels, height, width], at most " + most + " neurons");
        }
        TracedNetwork.Layer layer = new TracedNetwork.Layer(in.string("name"),
                new Shape((int) extents[0], (int) extents[1], (int) extents[2]), steps(in, lastStep));
        in.end();
        return layer;
    }

    private static OptionalInt steps(ObjectReader layer, int lastStep) {
        if (layer.optional("steps").isEmpty()) {
            return OptionalInt.empty();
        }
        long steps = layer.integer("steps", 1, Integer.MAX_VALUE);
        if (steps > lastStep) {
            throw new DataException("steps of a layer must be fewer than those of the trace, " + (lastStep + 1L) + ": " + steps);
        }
        return OptionalInt.of((int) steps);
    }

    private static TreeSet<EventStream> streams(ObjectReader in, Vocabulary words) {
        List<EventStream> known = words.streams().constants();
        return in.items("streams").stream().map(json -> known.stream()
                .filter(s -> json instanceof Json.Str name && s.label().equals(name.value())).findFirst()
                .orElseThrow(() -> new DataException("streams must be among "
                        + known.stream().map(EventStream::label).toList() + " (" + json.at() + ")")))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
