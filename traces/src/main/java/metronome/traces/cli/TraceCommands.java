package metronome.traces.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import metronome.hwmodel.machine.Machine;
import metronome.hwmodel.probe.EventStream;
import metronome.hwmodel.probe.Probe;
import metronome.isa.program.Program;
import metronome.isa.target.Target;
import metronome.traces.trace.TraceHeader;
import metronome.traces.trace.TraceReader;
import metronome.traces.trace.TraceRecorder;
import metronome.traces.trace.TraceSummary;
import metronome.traces.trace.TracedHardware;

/** Traces: records them, and tells what is in them. */
final class TraceCommands {
    private static final Option<TraceHeader.Source> FROM = Option.of("--from", "WHAT", "machine",
            Value.constant(List.of(TraceHeader.Source.MACHINE, TraceHeader.Source.ORACLE)),
            "what spikes: the modelled machine, or the functional oracle alone, without hardware and cycles");
    static final List<String> STREAMS = EnumSet.complementOf(EnumSet.of(EventStream.LAYERS)).stream().map(EventStream::label)
            .toList();
    static final Option<List<String>> WHICH = Option.of("--streams", "NAME[,NAME]...", "spikes",
            Value.several(Value.word(STREAMS)), "what is recorded");
    static final Option<Integer> WINDOW = Option.of("--window", "N", Integer.toString(Probe.USUAL_WINDOW_CYCLES),
            Value.whole(1, 1 << 30), "how often actions are summed up, and at what cycles longer stalls are told in pieces").in("cycles");
    private static final Option<Path> OUT = Option.of("--output,-o", "FILE.mtt", "trace.mtt", Value.path(), "where the trace goes");

    private TraceCommands() {
    }

    static List<Command> all() {
        return List.of(
                new Simple(new Synopsis("trace record", "records what happens in a run", List.of(
                        "Spikes, instructions, stalls, DRAM commands and actions go into a binary file (docs/formats.md), each of them if "
                        + "--streams names it. The file does not depend on engine and threads.",
                        "While it is being written, it is called FILE.part, and can be read as far as it has come."),
                        List.of(), RecordedRun.options(List.of(FROM, WHICH, WINDOW, OUT)),
                        List.of("trace record --images 5 -o five.mtt",
                                "trace record --images 1 --streams spikes,instructions,stalls,dram,energy --target edge -o all.mtt",
                                "trace record --network vgg16 --seed 1 --images 1 --target large -o vgg16.mtt",
                                "trace record --dense --streams instructions,stalls,dram,energy -o baseline.mtt",
                                "trace record --from oracle --images 1000 -o spikes.mtt")), TraceCommands::record),
                new Simple(new Synopsis("trace info", "tells what is in a trace", List.of(
                        "Of a trace that was cut short, also what is missing."), List.of(Operand.of("TRACE", "a trace, or what is there of one")),
                        List.of(Shared.JSON), List.of("trace info five.mtt", "trace info five.mtt.part --json")), TraceCommands::info));
    }

    private static void record(Arguments arguments, Console console) {
        boolean onMachine = arguments.get(FROM) == TraceHeader.Source.MACHINE;
        Set<EventStream> streams = streams(arguments);
        requireSense(arguments, onMachine, streams);
        Target target = Targets.named(arguments.get(Shared.TARGET));
        RecordedRun run = RecordedRun.of(arguments, target, console);
        Optional<Program> program = onMachine ? Optional.of(run.program(arguments, target)) : Optional.empty();
        Optional<Machine> machine = program.map(p -> new Machine(p, target, arguments.get(Shared.ENGINE).engines()));
        TraceHeader header = new TraceHeader(arguments.get(FROM), run.subject().spiking(), program.map(p -> TracedHardware.of(p, target)),
                streams, onMachine ? arguments.get(WINDOW) : 0, 0, run.images(), provenance(arguments, target, run.idle()));
        Stopwatch watch = new Stopwatch(console);
        TraceRecorder.record(arguments.get(OUT), header, run.subject(), machine, Shared.threads(arguments), watch);
        watch.remark();
    }

    /** Before any work is done. */
    private static void requireSense(Arguments arguments, boolean onMachine, Set<EventStream> streams) {
        if (arguments.given(CompileCommand.DENSE) && (!onMachine || streams.contains(EventStream.SPIKES))) {
            throw new UsageException(onMachine ? "a DNN has no spikes: --streams must name others" : "--from oracle is not for a DNN");
        }
        if (!onMachine) {
            SimulateCommand.refuse(arguments, "is for the machine, not for --from oracle", Shared.ENGINE, RecordedRun.PROGRAM, WINDOW);
            if (!streams.equals(EnumSet.of(EventStream.SPIKES))) {
                throw new UsageException("--from oracle has spikes only: --streams spikes");
            }
        }
    }

    static Set<EventStream> streams(Arguments arguments) {
        EnumSet<EventStream> streams = EnumSet.allOf(EventStream.class);
        streams.removeIf(s -> !arguments.get(WHICH).contains(s.label()));
        return streams;
    }

    /** Without what changes no byte of the rest, and without paths. */
    private static TraceHeader.Provenance provenance(Arguments arguments, Target target, List<Option<?>> idle) {
        List<Option<?>> without = new ArrayList<>(List.of(Shared.THREADS, Shared.ENGINE, OUT, Shared.DATA_DIR, Shared.TARGET));
        without.addAll(idle);
        if (arguments.get(FROM) == TraceHeader.Source.ORACLE) {
            without.add(WINDOW);
        }
        return new TraceHeader.Provenance(Version.text(), arguments.get(Shared.SEED), arguments.effective(without) + " --target "
                + target.name());
    }

    private static void info(Arguments arguments, Console console) {
        try (TraceReader trace = TraceReader.open(Path.of(arguments.operand(0)))) {
            TraceSummary summary = TraceSummary.of(trace);
            console.out().print(arguments.given(Shared.JSON) ? summary.json() : summary.text());
        }
    }
}
