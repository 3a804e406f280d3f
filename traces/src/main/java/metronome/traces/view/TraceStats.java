package metronome.traces.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import metronome.core.json.JsonWriter;
import metronome.hwmodel.probe.EventStream;
import metronome.traces.analysis.SpikeTally;
import metronome.traces.analysis.TraceAnalysis;
import metronome.traces.report.Execution;
import metronome.traces.report.Numbers;
import metronome.traces.report.TextTable;
import metronome.traces.trace.TraceHeader;

/** What a trace amounts to, in figures. */
public final class TraceStats {
    private static final int COLUMNS = 17;
    private static final int COLUMNS_OF_POWERS = 12;

    private final TraceView view;
    private final StringBuilder out = new StringBuilder();

    private TraceStats(TraceAnalysis analysis) {
        this.view = TraceView.of("", analysis);
    }

    /**
     * {@return the figures as JSON; without the members for which streams are missing}
     *
     * @param analysis of a trace
     */
    public static String json(TraceAnalysis analysis) {
        return JsonWriter.pretty(StatsJson.of(TraceView.of("", analysis)));
    }

    /**
     * {@return the figures as tables}
     *
     * @param analysis of a trace
     */
    public static String text(TraceAnalysis analysis) {
        TraceStats stats = new TraceStats(analysis);
        stats.heading();
        if (analysis.has(EventStream.SPIKES)) {
            stats.spikes();
            stats.steps();
            stats.intervals();
            stats.gaps();
        }
        stats.layers();
        stats.view.costs(EventStream.INSTRUCTIONS, EventStream.STALLS).ifPresent(stats::units);
        stats.view.costs(EventStream.STALLS).ifPresent(stats::stalls);
        stats.dram();
        return stats.out.toString();
    }

    private void heading() {
        TraceHeader header = view.analysis().header();
        out.append(header.spikes().network()).append(" on ").append(header.spikes().dataset())
                .append(view.analysis().target().map(t -> ", target " + t.name()).orElse("")).append(", images: ")
                .append(view.analysis().images()).append("; spikes are sums over them, costs means\n");
        view.remarks().forEach(remark -> out.append(remark).append('\n'));
    }

    private void section(String title, TextTable table) {
        out.append('\n').append(title).append('\n').append(table);
    }

    private void spikes() {
        SpikeTally spikes = view.analysis().spikes();
        TextTable table = new TextTable("layer", ">neurons", ">spikes", ">of neurons silent", ">of neuron-steps silent");
        for (int l = 0; l < view.layers().size(); l++) {
            SpikeShares shares = SpikeShares.of(view.analysis(), l);
            table.row(view.layers().get(l), Numbers.count(shares.neurons()), Numbers.count(spikes.spikes(l)),
                    Numbers.percent(shares.silentNeurons()), Numbers.percent(shares.silentNeuronSteps()));
        }
        section("Spikes", table);
    }

    private void steps() {
        StepGroups groups = StepGroups.of(view.analysis().header().spikes().steps(), COLUMNS);
        TextTable table = table("step", groups.names());
        for (int l = 0; l < view.layers().size(); l++) {
            table.row(row(view.layers().get(l), groups.sums(view.analysis().spikes().steps(l))));
        }
        section("Spikes by layer and step of its window", table);
    }

    private static TextTable table(String first, List<String> names) {
        List<String> headings = new ArrayList<>(List.of(first));
        names.forEach(name -> headings.add(">" + name));
        return new TextTable(headings.toArray(String[]::new));
    }

    private static String[] row(String name, long[] values) {
        List<String> row = new ArrayList<>(List.of(name));
        LongStream.of(values).forEach(value -> row.add(Numbers.count(value)));
        return row.toArray(String[]::new);
    }

    private void intervals() {
        if (view.analysis().header().spikes().once()) {
            out.append("\nSpikes of one neuron\neach neuron spikes at most once in an image: there are no intervals\n");
            return;
        }
        StepGroups groups = StepGroups.of(view.analysis().header().spikes().steps(), COLUMNS);
        TextTable table = table("steps", groups.names());
        for (int l = 0; l < view.layers().size(); l++) {
            table.row(row(view.layers().get(l), groups.sums(view.analysis().spikes().intervals(l))));
        }
        section("Intervals between spikes of one neuron", table);
    }

    private void gaps() {
        if (view.execution().isEmpty()) {
            return;
        }
        PowerGroups groups = PowerGroups.of(view.analysis().spikes(), view.layers().size(), COLUMNS_OF_POWERS);
        TextTable table = table("cycles", groups.names());
        for (int l = 1; l < view.layers().size(); l++) {
            table.row(row(view.layers().get(l), groups.sums(view.analysis().spikes().gaps(l))));
        }
        section("Intervals between a layer's spikes", table);
    }

    private void layers() {
        view.execution().ifPresent(execution -> {
            boolean energy = view.costs(EventStream.ENERGY).isPresent();
            TextTable table = new TextTable("layer", ">cycles", ">latency, us", ">energy, pJ");
            execution.layers().forEach(l -> table.row(l.name(), Numbers.count(l.cycles()), Numbers.figure(l.latencyUs()),
                    energy ? Numbers.count(l.energyPj()) : "-"));
            table.row("all", Numbers.count(execution.cycles()), Numbers.figure(execution.latencyUs()),
                    energy ? Numbers.count(execution.energyPj()) : "-");
            section("Time and energy of one image", table);
        });
    }

    private void units(Execution execution) {
        TextTable table = new TextTable("unit", ">busy", ">stalled", ">idle", ">of its cycles busy");
        execution.units().forEach(unit -> {
            double stalled = unit.stalls().values().stream().mapToDouble(Double::doubleValue).sum();
            double all = unit.busy() + unit.idle() + stalled;
            table.row(unit.name(), Numbers.count(unit.busy()), Numbers.count(stalled), Numbers.count(unit.idle()),
                    Numbers.percent(all == 0 ? 0 : unit.busy() / all));
        });
        section("Cycles of the units", table);
    }

    private void stalls(Execution execution) {
        List<Execution.Unit> stalled = execution.units().stream()
                .filter(unit -> unit.stalls().values().stream().anyMatch(cycles -> cycles > 0)).toList();
        TextTable table = table("cause", stalled.stream().map(Execution.Unit::name).toList());
        execution.stalls().forEach((cause, cycles) -> {
            if (cycles > 0) {
                List<String> row = new ArrayList<>(List.of(cause));
                stalled.forEach(unit -> row.add(Numbers.count(unit.stalls().get(cause))));
                table.row(row.toArray(String[]::new));
            }
        });
        section("Stalled cycles by cause and unit", table);
    }

    private void dram() {
        TextTable table = new TextTable("", "");
        if (view.costs(EventStream.DRAM).isPresent()) {
            view.analysis().dram().ifPresent(dram -> table.row("row hits", dram.hitRate().isEmpty() ? "no bursts"
                    : Numbers.percent(dram.hitRate().getAsDouble()) + " of the bursts"));
        }
        view.dramBytes().ifPresent(bytes -> table.row("moved", Numbers.count(bytes) + " bytes"));
        view.bandwidthGBs().ifPresent(gbs -> view.analysis().limits().ifPresent(limits -> table.row("bandwidth",
                String.format(Locale.ROOT, "%.3f GB/s, %s of %.3f GB/s", gbs, Numbers.percent(gbs / limits.bandwidthGBs()), limits.bandwidthGBs()))));
        if (!table.toString().isEmpty()) {
            section("DRAM", table);
        }
    }
}
