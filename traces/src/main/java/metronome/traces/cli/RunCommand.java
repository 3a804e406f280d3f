package metronome.traces.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import metronome.core.data.Dataset;
import metronome.core.data.Samples;
import metronome.core.io.AtomicFile;
import metronome.core.network.NetworkFile;
import metronome.core.spiking.FixedSimulator;
import metronome.core.spiking.SpikingFile;
import metronome.hwmodel.machine.Machine;
import metronome.hwmodel.probe.EventStream;
import metronome.hwmodel.probe.Probe;
import metronome.isa.program.ProgramFile;
import metronome.isa.target.Target;
import metronome.isa.target.TargetRules;
import metronome.isa.target.TargetWriter;
import metronome.traces.report.HtmlReport;
import metronome.traces.report.ResultFile;
import metronome.traces.report.TextReport;
import metronome.traces.run.Conversion;
import metronome.traces.run.Images;
import metronome.traces.run.MainJob;
import metronome.traces.run.Networks;
import metronome.traces.run.Watcher;
import metronome.traces.trace.TraceHeader;
import metronome.traces.trace.TraceRecorder;
import metronome.traces.trace.TraceSubject;
import metronome.traces.trace.TracedHardware;

/** The main job, end to end. */
final class RunCommand {
    private static final Option<Integer> FUNCTIONAL = Option.of("--images-functional", "N", "",
            Value.whole(1, 1_000_000), "how many test images for the functional models; of digits 2000, else 10000");
    private static final Option<Integer> MACHINE = Option.of("--images-machine", "N", "200", Value.whole(1, 1_000_000),
            "how many test images for the cycle-accurate machine");
    private static final Option<Path> OUT = Option.of("--output,-o", "DIR", "", Value.path(),
            "write every artefact there: networks, programs, target, spikes.mtt, results.json, report.html");

    private RunCommand() {
    }

    static Command command() {
        List<Option<?>> options = new ArrayList<>(List.of(Shared.DATASET, Shared.DATA_DIR, Shared.SEED, FUNCTIONAL,
                MACHINE, Shared.TARGET, Shared.PARTITION, Shared.SCHEDULE, Shared.ENGINE, Shared.WEIGHTS));
        options.addAll(Shared.CONVERSION);
        options.addAll(List.of(Shared.THREADS, OUT, Shared.JSON));
        return new Simple(new Synopsis("run", "converts, compiles, simulates and reports, end to end", List.of(
                "Takes a trained network, converts it into a TDSNN, compiles that and the DNN for the target, runs the "
                + "functional models and both programs over test images, and prints accuracy, operations, time, energy and "
                + "area. The same seed gives the same bytes, whatever the number of threads."), List.of(), options,
                List.of("run", "run --dataset fashion-mnist -o out", "run --target edge --images-machine 5 --json")),
                RunCommand::run);
    }

    private static void run(Arguments arguments, Console console) {
        Stopwatch watch = new Stopwatch(console);
        String name = arguments.get(Shared.DATASET);
        int functional = arguments.find(FUNCTIONAL).orElse(name.equals("digits") ? 2000 : 10_000);
        int machine = arguments.get(MACHINE);
        Target target = Targets.named(arguments.get(Shared.TARGET));
        Trained trained = Trained.of(name, arguments.find(Shared.WEIGHTS));
        Conversion conversion = Shared.conversion(arguments);
        trained.remarkCode(conversion, console);
        Dataset dataset = watch.time("images", () -> Images.load(name, Shared.dataDirectory(arguments),
                arguments.get(Shared.SEED), Math.max(functional, machine)));
        Networks networks = watch.time("conversion", () -> Networks.of(trained.dnn(), trained.staircase(), conversion,
                target, dataset.training()));
        MainJob.Order order = new MainJob.Order(target, arguments.get(Shared.PARTITION), arguments.get(Shared.SCHEDULE),
                arguments.get(Shared.ENGINE).engines(), conversion, functional, machine, arguments.get(Shared.SEED),
                Shared.threads(arguments), Version.text(), command(arguments, functional, target), trained.source());
        MainJob job = MainJob.run(order, networks, dataset, watch);
        arguments.find(OUT).ifPresent(directory -> write(directory, order, job, dataset));
        console.out().print(arguments.given(Shared.JSON) ? ResultFile.text(job.result())
                : TextReport.of(job.result()));
        remark(console, watch, job, machine, Value.word(arguments.get(Shared.ENGINE)));
    }

    /** Without what changes no result, and without paths: results must not depend on where files are. */
    private static String command(Arguments arguments, int functional, Target target) {
        return arguments.effective(List.of(Shared.THREADS, Shared.ENGINE, OUT, Shared.JSON, Shared.DATA_DIR, Shared.WEIGHTS,
                Shared.TARGET, FUNCTIONAL)) + " --images-functional " + functional + " --target " + target.name();
    }

    private static void write(Path directory, MainJob.Order order, MainJob job, Dataset dataset) {
        NetworkFile.write(directory.resolve(Trained.DNN_FILE), job.networks().dnn());
        NetworkFile.write(directory.resolve(Trained.STAIRCASE_FILE), job.networks().staircase());
        SpikingFile.write(job.networks().spiking(), directory.resolve("spiking.safetensors"));
        AtomicFile.writeText(directory.resolve("target.json"), TargetWriter.text(order.target()));
        ProgramFile.write(directory.resolve("program.mtp"), job.program());
        ProgramFile.write(directory.resolve("baseline.mtp"), job.baseline());
        record(directory.resolve("spikes.mtt"), order, job, dataset.test().first(order.machine()), dataset.name());
        AtomicFile.writeText(directory.resolve("results.json"), ResultFile.text(job.result()));
        AtomicFile.writeText(directory.resolve("report.html"), HtmlReport.page(job.result()));
    }

    /** The spikes of the machine's images, with their cycles. */
    private static void record(Path file, MainJob.Order order, MainJob job, Samples samples, String dataset) {
        FixedSimulator oracle = new FixedSimulator(job.networks().fixed(), TargetRules.leakPolicy(order.target()));
        TraceSubject subject = new TraceSubject.Once(oracle, dataset, i -> oracle.encode(Images.image(samples, i)));
        TraceHeader header = new TraceHeader(TraceHeader.Source.MACHINE, subject.spiking(),
                Optional.of(TracedHardware.of(job.program(), order.target())), Set.of(EventStream.SPIKES), Probe.USUAL_WINDOW_CYCLES, 0,
                samples.count(), new TraceHeader.Provenance(order.version(), order.seed(), order.command()));
        TraceRecorder.record(file, header, subject, Optional.of(new Machine(job.program(), order.target(), order.engines())),
                order.threads(), Watcher.NONE);
    }

    private static void remark(Console console, Stopwatch watch, MainJob job, int machine, String engine) {
        watch.remark();
        double cycles = job.result().machine().cycles() * machine;
        double seconds = watch.seconds("machine, TDSNN");
        console.remark(String.format(Locale.ROOT, "engine %s: %,.0f cycles simulated in %.1f s, %,.0f cycles/s",
                engine, cycles, seconds, cycles / seconds));
    }
}
