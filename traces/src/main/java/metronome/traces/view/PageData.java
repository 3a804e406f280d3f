package metronome.traces.view;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import metronome.core.json.Json;
import metronome.core.json.JsonWriter;
import metronome.core.json.ObjectBuilder;
import metronome.hwmodel.count.Stall;
import metronome.hwmodel.probe.EventStream;
import metronome.traces.analysis.Lane;
import metronome.traces.analysis.Limits;
import metronome.traces.analysis.Raster;
import metronome.traces.analysis.TraceAnalysis;

/** What the page's script draws: units and DRAM over time, and rasters. */
final class PageData {
    private PageData() {
    }

    /** {@return the data as a script element} */
    static String element(Traces traces) {
        Json json = Json.object().put("causes", Json.array(Stream.of(Stall.values()).map(c -> Json.of(c.label())).toList()))
                .put("traces", Json.array(traces.views().stream().map(PageData::trace).toList())).build();
        return "<script type=\"application/json\" id=\"data\">" + JsonWriter.compact(json) + "</script>\n";
    }

    private static Json trace(TraceView view) {
        TraceAnalysis analysis = view.analysis();
        ObjectBuilder out = Json.object().put("label", view.label()).put("rasters", Json.array(rasters(view)));
        analysis.limits().ifPresent(limits -> time(out, view, limits));
        return out.build();
    }

    private static void time(ObjectBuilder out, TraceView view, Limits limits) {
        TraceAnalysis analysis = view.analysis();
        out.put("cycles", analysis.cyclesOfImage().firstEntry().getValue()).put("bin", analysis.binCycles())
                .put("clock", limits.clockMHz()).put("units", analysis.coresTogether() ? limits.cores() : 1)
                .put("peak", limits.bandwidthGBs()).put("burst", limits.burstBytes())
                .put("spans", Json.array(analysis.spans().stream().map(span -> Json.object()
                        .put("name", view.layers().get(span.layer())).put("from", span.from()).put("to", span.to()).build()).toList()))
                .put("lanes", Json.array(analysis.lanes().stream().map(lane -> lane(view, lane)).toList()));
        if (view.has(EventStream.DRAM)) {
            analysis.dram().ifPresent(dram -> out.put("read", RunLengths.of(dram.read())).put("written", RunLengths.of(dram.written())));
        }
    }

    private static Json lane(TraceView view, Lane lane) {
        long[] busy = lane.busy();
        long[] stalled = new long[busy.length];
        long[] waiting = new long[busy.length];
        long[] most = new long[busy.length];
        long[] cause = new long[busy.length];
        for (Map.Entry<Stall, long[]> entry : lane.stalls().entrySet()) {
            long[] sums = lane.underWay(entry.getKey()) ? stalled : waiting;
            for (int i = 0; i < sums.length; i++) {
                long cycles = entry.getValue()[i];
                sums[i] += cycles;
                if (cycles > most[i]) {
                    most[i] = cycles;
                    cause[i] = entry.getKey().ordinal() + 1;
                }
            }
        }
        boolean apart = !view.analysis().coresTogether() && view.analysis().limits().orElseThrow().cores() > 1;
        return Json.object().put("name", (apart ? lane.core() + " " : "") + lane.unit().label()).put("busy", RunLengths.of(busy))
                .put("stalled", RunLengths.of(stalled)).put("waiting", RunLengths.of(waiting)).put("cause", RunLengths.of(cause)).build();
    }

    private static List<Json> rasters(TraceView view) {
        return IntStream.range(0, view.layers().size()).mapToObj(layer -> view.analysis().spikes().raster(layer)
                .map(raster -> raster(view.layers().get(layer), raster)).orElse(Json.object().build())).toList();
    }

    private static Json raster(String name, Raster raster) {
        return Json.object().put("name", name).put("rows", raster.spikes().length).put("neurons", raster.neuronsInRow())
                .put("steps", raster.stepsInColumn()).put("cells", RunLengths.of(Arrays.stream(raster.spikes())
                        .flatMapToInt(Arrays::stream).asLongStream().toArray())).build();
    }
}
