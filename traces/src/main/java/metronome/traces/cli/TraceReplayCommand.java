package metronome.traces.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import metronome.core.data.DataSets;
import metronome.core.io.DataException;
import metronome.core.network.Zoo;
import metronome.core.spiking.FixedNetwork;
import metronome.core.spiking.PlainFile;
import metronome.core.spiking.PlainNetwork;
import metronome.hwmodel.count.Counts;
import metronome.hwmodel.machine.Machine;
import metronome.hwmodel.probe.EventStream;
import metronome.isa.compiler.PlainCompiler;
import metronome.isa.compiler.SpikingCompiler;
import metronome.isa.program.Program;
import metronome.isa.program.ProgramFile;
import metronome.isa.target.Target;
import metronome.isa.target.TargetRules;
import metronome.isa.target.TargetWriter;
import metronome.traces.report.SimulationResult;
import metronome.traces.run.Executions;
import metronome.traces.run.Hashes;
import metronome.traces.run.Networks;
import metronome.traces.run.Untrained;
import metronome.traces.trace.TraceHeader;
import metronome.traces.trace.TraceReader;
import metronome.traces.trace.TraceReplay;
import metronome.traces.trace.TracedHardware;
import metronome.traces.trace.TracedNetwork;

/** Gives the cost of recorded spikes on other hardware. */
final class TraceReplayCommand {
    private static final Option<String> NETWORK = Option.of("--network", "NETWORK", "", Value.text(),
            "whose spikes they are: a spiking network of convert or run, or a plain network, by its file; or one of " + Shared.UNTRAINED
            + ". Without it, as the trace names it: an architecture, or the network that ships for the data set");
    private static final Option<Long> SEED = Option.of("--seed", "N", "", Value.seed(),
            "of an architecture with random weights: from which they are drawn; the trace's if not given");
    private static final Option<Path> OUT = Option.of("--output,-o", "FILE.mtt", "", Value.path(),
            "record the replay there, as trace record does a full run");

    private TraceReplayCommand() {
    }

    static Command command() {
        return new Simple(new Synopsis("trace replay", "gives the cost of recorded spikes on a target", List.of(
                "The network is compiled for the target and its program run with the recorded spikes in place of computed ones: cycles, "
                + "stalls, counts and energy are those of a full run there, and potentials are never computed. The widths of weights and potentials and the "
                + "way of leaking must be those of the recording, as neurons would fire otherwise.",
                "Spikes that were imported name no network: then only the layers' shapes and the steps must be the network's. Without a network, workload "
                + "gives the cost of each layer by itself."),
                List.of(Operand.of("TRACE", "a trace with spikes, of either source")),
                List.of(Shared.TARGET, Shared.ENGINE, NETWORK, SEED, Shared.SILENT, OUT, TraceCommands.WHICH, TraceCommands.WINDOW, Shared.THREADS,
                        Shared.JSON),
                List.of("trace replay five.mtt --target large", "trace replay out/spikes.mtt --network out/spiking.safetensors --target edge --json",
                        "trace replay vgg16.mtt --target mine.json -o mine.mtt --streams spikes,stalls,energy")),
                TraceReplayCommand::run);
    }

    private static void run(Arguments arguments, Console console) {
        Path file = Path.of(arguments.operand(0));
        for (Option<?> option : List.of(TraceCommands.WHICH, TraceCommands.WINDOW)) {
            if (arguments.given(option) && arguments.find(OUT).isEmpty()) {
                throw new UsageException(option.name() + " is for --output");
            }
        }
        arguments.find(OUT).ifPresent(out -> Shared.requireOtherTrace(arguments, out));
        Target target = Targets.named(arguments.get(Shared.TARGET));
        try (TraceReader trace = TraceReader.open(file)) {
            trace.missing().ifPresent(missing -> console.remark(file + ": " + missing));
            replay(arguments, console, trace, target);
        }
    }

    /** What spikes, its program for the target, and options that do not matter to it. */
    private record Network(TracedNetwork spiking, Supplier<Program> program, List<Option<?>> idle) {
        static Network once(FixedNetwork network, String dataset, Target target, List<Option<?>> idle) {
            return new Network(TracedNetwork.of(network, dataset, TargetRules.leakPolicy(target)),
                    () -> SpikingCompiler.compile(network, target), idle);
        }

        static Network plain(PlainNetwork network, String input, Target target) {
            return new Network(TracedNetwork.of(network, input), () -> PlainCompiler.compile(network, target),
                    List.of(Shared.SILENT));
        }
    }

    private static void replay(Arguments arguments, Console console, TraceReader trace, Target target) {
        Network network = network(arguments, console, trace.header(), target);
        TraceReplay replay = checked(arguments.operand(0), trace, network.spiking(), target);
        Program program = network.program().get();
        Machine machine = new Machine(program, target, arguments.get(Shared.ENGINE).engines());
        Stopwatch watch = new Stopwatch(console);
        int threads = Shared.threads(arguments);
        Counts counts = arguments.find(OUT).map(to -> replay.record(to, recorded(arguments, trace.header(), network, program, target,
                replay.images()), machine, threads, watch)).orElseGet(() -> replay.run(machine, network.spiking().once(), threads, watch));
        SimulationResult result = new SimulationResult(network.spiking().network(), trace.header().spikes().dataset(), target.name(),
                TargetWriter.hash(target), Hashes.of(ProgramFile.encode(program)), replay.images(), -1, 0,
                Executions.of(target, program.map(), counts, replay.images()));
        console.out().print(arguments.given(Shared.JSON) ? result.json() : result.text());
        watch.remark();
    }

    private static TraceReplay checked(String file, TraceReader trace, TracedNetwork network, Target target) {
        try {
            TraceReplay replay = new TraceReplay(trace);
            replay.require(network, TargetRules.leakPolicy(target));
            return replay;
        } catch (DataException e) {
            throw e.in(file);
        }
    }

    private static Network network(Arguments arguments, Console console, TraceHeader header, Target target) {
        String dataset = header.spikes().dataset();
        boolean random = Zoo.NAMES.contains(header.spikes().network()) && dataset.equals("random");
        String name = arguments.find(NETWORK).orElse(random ? header.spikes().network() : "");
        if (name.isEmpty() && header.source() == TraceHeader.Source.IMPORT) {
            throw new DataException(arguments.operand(0) + ": imported spikes name no network: name it with --network, or give the cost of each layer by "
                    + "itself with workload");
        }
        if (name.isEmpty() && !DataSets.NAMES.contains(dataset)) {
            throw new DataException(arguments.operand(0) + ": no network ships for data set \"" + dataset + "\": name it with --network");
        }
        if (Shared.architecture(name)) {
            Untrained untrained = Untrained.of(name, target, arguments.find(SEED).orElse(header.provenance().seed()),
                    arguments.get(Shared.SILENT));
            console.remark(untrained.remark());
            return Network.once(untrained.made().network(), dataset, target, List.of());
        }
        SimulateCommand.refuse(arguments, "is for an architecture with random weights", SEED, Shared.SILENT);
        Optional<Path> file = name.isEmpty() ? Optional.empty() : Optional.of(Path.of(name));
        return file.flatMap(PlainFile::find).map(plain -> Network.plain(plain, dataset, target))
                .orElseGet(() -> Network.once(Networks.fixed(Trained.spiking(file, dataset), target), dataset, target,
                        List.of(Shared.SILENT)));
    }

    private static TraceHeader recorded(Arguments arguments, TraceHeader from, Network network, Program program, Target target,
            int images) {
        Set<EventStream> streams = TraceCommands.streams(arguments);
        List<Option<?>> without = new ArrayList<>(List.of(Shared.THREADS, Shared.ENGINE, Shared.JSON, OUT, Shared.TARGET));
        without.addAll(network.idle());
        return new TraceHeader(TraceHeader.Source.MACHINE, network.spiking(), Optional.of(TracedHardware.of(program, target)), streams,
                arguments.get(TraceCommands.WINDOW), from.firstImage(), images, new TraceHeader.Provenance(Version.text(), from.provenance().seed(),
                        arguments.effective(without) + " --target " + target.name()));
    }
}
