package metronome.traces.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;
import metronome.core.io.DataException;
import metronome.core.spiking.PlainNeuron;
import metronome.hwmodel.count.Counter;
import metronome.isa.target.Target;
import metronome.isa.target.TargetWriter;
import metronome.traces.report.Execution;
import metronome.traces.report.WorkloadResult;
import metronome.traces.run.Executions;
import metronome.traces.workload.LayerRow;
import metronome.traces.workload.LayerTable;
import metronome.traces.workload.NetworkSpikes;
import metronome.traces.workload.Workload;
import metronome.traces.workload.WorkloadReplay;

/** Costs the published spikes of somebody else's network on a target. */
final class WorkloadCommand {
    private static final Option<Path> LAYERS = Option.of("--layers", "FILE.csv", "", Value.path(),
            "shapes of layers (docs/formats.md); without it those that ship, of " + String.join(" and ", LayerTable.SHIPPED));
    private static final Option<String> NET = Option.of("--net", "NAME", "", Value.text(),
            "which network of that file; the name of the archive, or of the network of the trace, if not given");
    private static final Option<PlainNeuron.LeakOrder> LEAK = Option.of("--leak", "WHEN", "before",
            Value.constant(PlainNeuron.LeakOrder.class), "whether potentials leak at a step, before its spikes are added or after: each "
            + "is a sweep over them");

    private static final Option<Integer> IMAGE = Option.of("--image", "N", "", Value.whole(0, Integer.MAX_VALUE),
            "which image of a trace; its first one if not given");

    private WorkloadCommand() {
    }

    static Command command() {
        return new Simple(new Synopsis("workload", "gives the cost of published spikes of all layers on a target", List.of(
                "An archive of 0/1 arrays, as papers on accelerators publish them: the input of every layer, [steps, channels, height, "
                + "width] or [steps, neurons]. Or a trace of neurons that may spike many times (trace import, or trace record of a plain "
                + "network): its first layer reaches the first layer of the table, and so on; it may have one layer more, which the last one "
                + "fires. Each layer runs by itself with those spikes, its weights and its output moved too; potentials "
                + "are not computed. The spikes that a layer fires are the input of the next; through a pool they are the fewest that can "
                + "have been."),
                List.of(Operand.of("FILE", "an archive (.npz) of an array a layer, in their order, or a trace (.mtt)")),
                List.of(LAYERS, NET, IMAGE, LEAK, Shared.TARGET, Shared.ENGINE, Shared.THREADS, Shared.JSON),
                List.of("workload vgg9_cifar10.npz --target large", "workload vgg9.mtt --image 0", "workload mine.npz --layers layers.csv --net mine --json")),
                WorkloadCommand::run);
    }

    private static void run(Arguments arguments, Console console) {
        Path file = Path.of(arguments.operand(0));
        Target target = Targets.named(arguments.get(Shared.TARGET));
        NetworkSpikes spikes = NetworkSpikes.read(file, arguments.find(IMAGE).map(OptionalInt::of).orElse(OptionalInt.empty()));
        String name = arguments.find(NET).orElse(spikes.network());
        Workload workload = workload(file, name, spikes, rows(arguments, name), arguments.get(LEAK));
        Stopwatch watch = new Stopwatch(console);
        List<WorkloadReplay.Outcome> outcomes = new WorkloadReplay(workload, target, arguments.get(Shared.ENGINE).engines())
                .run(Shared.threads(arguments), watch);
        WorkloadResult result = result(workload, arguments.get(LEAK), target, outcomes);
        console.out().print(arguments.given(Shared.JSON) ? result.json() : result.text());
        watch.remark();
    }

    private static List<LayerRow> rows(Arguments arguments, String name) {
        return arguments.find(LAYERS).map(file -> LayerTable.read(file, name)).orElseGet(() -> LayerTable.shipped(name));
    }

    private static Workload workload(Path file, String name, NetworkSpikes spikes, List<LayerRow> rows, PlainNeuron.LeakOrder leak) {
        try {
            return Workload.of(name, spikes.layers(), rows, leak);
        } catch (DataException e) {
            throw e.in(file.toString());
        }
    }

    private static WorkloadResult result(Workload workload, PlainNeuron.LeakOrder leak, Target target,
            List<WorkloadReplay.Outcome> outcomes) {
        List<WorkloadResult.Layer> layers = new ArrayList<>();
        for (int l = 0; l < outcomes.size(); l++) {
            layers.add(layer(workload.layers().get(l), target, outcomes.get(l)));
        }
        return new WorkloadResult(workload.name(), target.name(), TargetWriter.hash(target), Value.word(leak),
                sum(layers, WorkloadResult.Layer::cycles), sum(layers, WorkloadResult.Layer::latencyUs),
                sum(layers, WorkloadResult.Layer::energyPj), sum(layers, WorkloadResult.Layer::energyLowPj),
                sum(layers, WorkloadResult.Layer::energyHighPj),
                (int) outcomes.stream().filter(o -> o.cost().isEmpty()).count(), layers);
    }

    private static double sum(List<WorkloadResult.Layer> layers, ToDoubleFunction<WorkloadResult.Layer> figure) {
        return layers.stream().mapToDouble(figure).sum();
    }

    private static WorkloadResult.Layer layer(Workload.Layer of, Target target, WorkloadReplay.Outcome outcome) {
        Optional<Execution> execution = outcome.cost().map(cost -> Executions.of(target, cost.map(), cost.counts(), 1));
        return new WorkloadResult.Layer(of.synapses().name(), of.synapses().input().toString(), of.synapses().output().toString(),
                of.input().lastStep() + 1, of.input().spikes(), of.density(), of.output().spikes(), Value.word(of.known()),
                outcome.cost().map(cost -> cost.counts().total(Counter.UPDATES)).orElse(0L), execution.map(Execution::cycles).orElse(0.0),
                execution.map(Execution::latencyUs).orElse(0.0), execution.map(Execution::energyPj).orElse(0.0),
                execution.map(Execution::energyLowPj).orElse(0.0), execution.map(Execution::energyHighPj).orElse(0.0),
                execution.map(Execution::stalls).orElse(Map.of()), outcome.reason());
    }
}
