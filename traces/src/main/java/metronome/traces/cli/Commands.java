package metronome.traces.cli;

import java.util.ArrayList;
import java.util.List;

/** All commands, in the order in which help tells them. */
final class Commands {
    private Commands() {
    }

    /** {@return them; the list is made anew because commands refer to it} */
    static List<Command> all() {
        List<Command> all = new ArrayList<>();
        all.add(RunCommand.command());
        all.add(TrainCommand.command());
        all.add(RetrainCommand.command());
        all.add(ImportCommand.command());
        all.add(ConvertCommand.command());
        all.add(CompileCommand.command());
        all.add(PlainCommand.command());
        all.addAll(AssemblyCommands.all());
        all.add(SimulateCommand.command());
        all.addAll(TraceCommands.all());
        all.add(TraceCutCommand.command());
        all.add(TraceDiffCommand.command());
        all.add(TraceMergeCommand.command());
        all.add(TraceStatsCommand.command());
        all.add(TraceImportCommand.command());
        all.add(TraceReplayCommand.command());
        all.add(TraceExportCommand.command());
        all.add(WorkloadCommand.command());
        all.add(ExploreCommand.command());
        all.add(EvaluateCommand.command());
        all.add(OpsCommand.command());
        all.add(SweepCommand.command());
        all.add(RivalsCommand.command());
        all.add(GemmCommand.command());
        all.addAll(SoakCommand.all());
        all.add(BenchCommand.command());
        all.add(ReportCommand.command());
        all.addAll(TargetCommands.all());
        all.add(DataCommand.command());
        all.add(new Simple(new Synopsis("manual", "prints the manual page of all commands, in Markdown", List.of(),
                List.of(), List.of(), List.of("manual > docs/manual.md")),
                (_, console) -> console.out().print(Manual.page(all()))));
        return List.copyOf(all);
    }
}
