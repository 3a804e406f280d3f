package metronome.traces.view;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import metronome.core.json.Json;
import metronome.core.json.ObjectBuilder;
import metronome.hwmodel.dram.Command;
import metronome.hwmodel.probe.EventStream;
import metronome.traces.analysis.DramTally;
import metronome.traces.analysis.TraceAnalysis;
import metronome.traces.report.Execution;

/** The figures of a trace as JSON (docs/formats.md). */
final class StatsJson {
    private final TraceView view;
    private final TraceAnalysis analysis;

    private StatsJson(TraceView view) {
        this.view = view;
        this.analysis = view.analysis();
    }

    static Json of(TraceView view) {
        return new StatsJson(view).json();
    }

    private Json json() {
        ObjectBuilder out = Json.object().put("network", analysis.header().spikes().network())
                .put("dataset", analysis.header().spikes().dataset());
        analysis.target().ifPresent(target -> out.put("target", target.name()));
        out.put("images", analysis.images()).put("steps", analysis.header().spikes().steps())
                .put("streams", Json.array(analysis.header().streams().stream().map(s -> Json.of(s.label())).toList()));
        analysis.missing().ifPresent(text -> out.put("missing", text));
        if (!view.whole()) {
            out.put("cut_to", analysis.header().cut().text(analysis.header().spikes().layers()));
        }
        if (view.has(EventStream.SPIKES)) {
            out.put("spikes", Json.array(IntStream.range(0, view.layers().size()).mapToObj(this::spikes).toList()));
        }
        view.execution().ifPresent(execution -> cost(out, execution));
        view.costs(EventStream.INSTRUCTIONS, EventStream.STALLS)
                .ifPresent(e -> out.put("units", Json.array(e.units().stream().map(StatsJson::unit).toList())));
        view.costs(EventStream.STALLS).ifPresent(e -> out.put("stalls", numbers(e.stalls())));
        dram(out);
        view.costs(EventStream.ENERGY).ifPresent(e -> out.put("counters", counters(e)));
        return out.build();
    }

    private Json spikes(int layer) {
        SpikeShares shares = SpikeShares.of(analysis, layer);
        ObjectBuilder out = Json.object().put("layer", view.layers().get(layer)).put("neurons", shares.neurons())
                .put("spikes", analysis.spikes().spikes(layer)).put("silent_neurons", shares.silentNeurons())
                .put("silent_neuron_steps", shares.silentNeuronSteps()).put("by_step", array(analysis.spikes().steps(layer)));
        if (!analysis.header().spikes().once()) {
            out.put("interval_steps", array(analysis.spikes().intervals(layer)));
        }
        if (layer > 0 && view.execution().isPresent()) {
            PowerGroups groups = PowerGroups.of(analysis.spikes(), view.layers().size(), Long.SIZE);
            out.put("interval_cycles_log2", array(groups.sums(analysis.spikes().gaps(layer))));
        }
        return out.build();
    }

    private static Json array(long[] values) {
        return Json.array(LongStream.of(values).mapToObj(Json::of).toList());
    }

    private void cost(ObjectBuilder out, Execution execution) {
        boolean energy = view.costs(EventStream.ENERGY).isPresent();
        out.put("cycles", execution.cycles()).put("latency_us", execution.latencyUs());
        if (energy) {
            out.put("energy_pJ", execution.energyPj());
        }
        out.put("layers", Json.array(execution.layers().stream().map(layer -> {
            ObjectBuilder one = Json.object().put("layer", layer.name()).put("cycles", layer.cycles())
                    .put("latency_us", layer.latencyUs());
            return (energy ? one.put("energy_pJ", layer.energyPj()) : one).build();
        }).toList()));
    }

    private static Json unit(Execution.Unit unit) {
        double stalled = unit.stalls().values().stream().mapToDouble(Double::doubleValue).sum();
        double all = unit.busy() + unit.idle() + stalled;
        return Json.object().put("unit", unit.name()).put("utilisation", all == 0 ? 0 : unit.busy() / all)
                .put("busy", unit.busy()).put("idle", unit.idle()).put("stalls", numbers(unit.stalls())).build();
    }

    private static Json numbers(Map<String, Double> values) {
        ObjectBuilder out = Json.object();
        values.forEach(out::put);
        return out.build();
    }

    private static Json counters(Execution execution) {
        ObjectBuilder out = Json.object();
        execution.counters().forEach(counter -> out.put(counter.name(), counter.value()));
        return out.build();
    }

    private void dram(ObjectBuilder out) {
        ObjectBuilder dram = Json.object();
        if (view.costs(EventStream.DRAM).isPresent()) {
            analysis.dram().ifPresent(tally -> commands(dram, tally));
        }
        view.dramBytes().ifPresent(bytes -> dram.put("bytes", bytes));
        view.bandwidthGBs().ifPresent(gbs -> dram.put("bandwidth_GBs", gbs));
        analysis.limits().ifPresent(limits -> out.put("dram", dram.put("peak_GBs", limits.bandwidthGBs()).build()));
    }

    private void commands(ObjectBuilder dram, DramTally tally) {
        tally.hitRate().ifPresent(rate -> dram.put("row_hit_rate", rate));
        ObjectBuilder commands = Json.object();
        List.of(Command.values()).forEach(command -> commands.put(command.name().toLowerCase(java.util.Locale.ROOT),
                (double) tally.commands(command) / analysis.images()));
        dram.put("commands", commands.build());
    }
}
