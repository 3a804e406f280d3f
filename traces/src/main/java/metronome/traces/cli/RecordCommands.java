package metronome.traces.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import metronome.core.data.DataSets;
import metronome.core.data.Dataset;
import metronome.core.io.DataException;
import metronome.core.spiking.FixedNetwork;
import metronome.core.spiking.FixedSimulator;
import metronome.core.spiking.SpikingFile;
import metronome.core.spiking.SpikingNetwork;
import metronome.hwmodel.count.Counts;
import metronome.hwmodel.machine.Machine;
import metronome.isa.compiler.SpikingCompiler;
import metronome.isa.program.Program;
import metronome.isa.program.ProgramFile;
import metronome.isa.target.Target;
import metronome.isa.target.TargetRules;
import metronome.isa.target.TargetWriter;
import metronome.traces.record.Recorder;
import metronome.traces.record.SpikeCsv;
import metronome.traces.record.SpikeRecord;
import metronome.traces.report.SimulationResult;
import metronome.traces.run.Executions;
import metronome.traces.run.Hashes;
import metronome.traces.run.Images;
import metronome.traces.run.Networks;

/** Records of spikes, and their replay on other hardware. */
final class RecordCommands {
    static final Option<Path> NETWORK = Option.of("--network", "FILE", "", Value.path(),
            "a spiking network of convert or run, instead of the one that ships for the data set");
    private static final Option<Path> OUT = Option.of("--output,-o", "FILE.csv", "spikes.csv", Value.path(),
            "where the record goes");

    private RecordCommands() {
    }

    static List<Command> all() {
        List<Option<?>> options = new ArrayList<>(List.of(Shared.DATASET, Shared.DATA_DIR, Shared.SEED,
                SimulateCommand.IMAGES, Shared.TARGET, NETWORK));
        options.addAll(List.of(Shared.THREADS, OUT));
        return List.of(
                new Simple(new Synopsis("record", "records the spikes of test images", List.of(
                        "The fixed-point oracle makes the record: its spikes are the machine's, which run and simulate check. "
                        + "Of the target only the widths of weights and potentials matter."), List.of(), options,
                        List.of("record --images 5 -o spikes.csv")), RecordCommands::record),
                new Simple(new Synopsis("replay", "gives the cost of recorded spikes on a target", List.of(
                        "The network is compiled for the target and its program run with the recorded spikes in place of "
                        + "computed ones: cycles, counts and energy are those of a full run there."),
                        List.of(Operand.of("RECORD", "the spikes.csv of record, simulate or run")),
                        List.of(Shared.TARGET, Shared.ENGINE, NETWORK, Shared.THREADS, Shared.JSON),
                        List.of("replay spikes.csv --target large", "replay out/spikes.csv --network "
                                + "out/spiking.safetensors --target edge --json")), RecordCommands::replay));
    }

    /** The network of a file, or as run converts the one that ships. */
    static SpikingNetwork network(Optional<Path> file, String dataset) {
        return file.map(SpikingFile::read)
                .orElseGet(() -> Defaults.CONVERSION.convert(Trained.of(dataset, Optional.empty()).staircase()));
    }

    private static void record(Arguments arguments, Console console) {
        String name = arguments.get(Shared.DATASET);
        Target target = Targets.named(arguments.get(Shared.TARGET));
        FixedSimulator simulator = new FixedSimulator(Networks.fixed(network(arguments.find(NETWORK), name), target),
                TargetRules.leakPolicy(target));
        int images = arguments.get(SimulateCommand.IMAGES);
        Dataset dataset = Images.load(name, Shared.dataDirectory(arguments), arguments.get(Shared.SEED), images);
        SpikeCsv.write(arguments.get(OUT), Recorder.record(simulator, dataset, images, Shared.threads(arguments),
                new Stopwatch(console)));
    }

    private static void replay(Arguments arguments, Console console) {
        SpikeRecord record = SpikeCsv.read(Path.of(arguments.operand(0)));
        Target target = Targets.named(arguments.get(Shared.TARGET));
        FixedNetwork network = Networks.fixed(replayed(arguments, record), target);
        try {
            Recorder.requireSame(record, network, TargetRules.leakPolicy(target));
        } catch (DataException e) {
            throw e.in(arguments.operand(0));
        }
        Program program = SpikingCompiler.compile(network, target);
        Stopwatch watch = new Stopwatch(console);
        Counts counts = Recorder.replay(new Machine(program, target, arguments.get(Shared.ENGINE).engines()), record, Shared.threads(arguments), watch);
        SimulationResult result = new SimulationResult(network.name(), record.header().dataset(), target.name(),
                TargetWriter.hash(target), Hashes.of(ProgramFile.encode(program)), record.images().size(), -1, 0,
                Executions.of(target, program.map(), counts, record.images().size()));
        console.out().print(arguments.given(Shared.JSON) ? result.json() : result.text());
        watch.remark();
    }

    private static SpikingNetwork replayed(Arguments arguments, SpikeRecord record) {
        String dataset = record.header().dataset();
        if (!arguments.given(NETWORK) && !DataSets.NAMES.contains(dataset)) {
            throw new DataException(arguments.operand(0) + ": no network ships for data set \"" + dataset
                    + "\": name it with --network");
        }
        return network(arguments.find(NETWORK), dataset);
    }
}
