package metronome.traces.cli;

import java.nio.file.Path;
import java.util.List;
import metronome.core.data.Dataset;
import metronome.core.data.Samples;
import metronome.core.io.AtomicFile;
import metronome.core.io.DataException;
import metronome.core.spiking.SpikingNetwork;
import metronome.isa.target.Target;
import metronome.traces.explore.Exploration;
import metronome.traces.explore.ExplorationCsv;
import metronome.traces.explore.Grid;
import metronome.traces.explore.Point;
import metronome.traces.run.Images;

/** A grid over fields of the target. */
final class ExploreCommand {
    private static final Option<String> SET = Option.of("--set", "FIELD=V,V,...", "", Value.text(),
            "values of a field of the target (target fields tells them)").repeated();
    private static final Option<Path> NETWORK = Option.of("--network", "FILE", "", Value.path(),
            "a spiking network of convert or run, instead of the one that ships for the data set");
    private static final Option<Integer> IMAGES = SimulateCommand.IMAGES.preset("1");
    private static final Option<Path> OUT = Option.of("--output,-o", "FILE.csv", "", Value.path(),
            "where the table goes; without it, it is printed");

    private ExploreCommand() {
    }

    static Command command() {
        return new Simple(new Synopsis("explore", "costs a network on every target of a grid", List.of(
                "Each point is compiled and replayed from one record of spikes, on all processors. The rows come in the order "
                + "of the grid, the last field fastest. pareto is 1 where no other point is better in latency, energy and "
                + "area at once. A point on which the network cannot be mapped is a row with the reason."), List.of(),
                List.of(SET, Shared.TARGET, Shared.DATASET, Shared.DATA_DIR, Shared.SEED,
                        IMAGES,
                        NETWORK, Shared.THREADS, OUT),
                List.of("explore --set lif.lanes=64,128,256 --set dram.kind=lpddr4-2400,hbm2 -o grid.csv")),
                ExploreCommand::run);
    }

    private static void run(Arguments arguments, Console console) {
        Grid grid = grid(arguments);
        Target base = Targets.named(arguments.get(Shared.TARGET));
        String name = arguments.get(Shared.DATASET);
        SpikingNetwork network = Trained.spiking(arguments.find(NETWORK), name);
        int images = arguments.get(IMAGES);
        Dataset dataset = Images.load(name, Shared.dataDirectory(arguments), arguments.get(Shared.SEED), images);
        Samples samples = dataset.test().first(images);
        Stopwatch watch = new Stopwatch(console);
        List<Point> points = Exploration.explore(network, samples, grid.points(base), Shared.threads(arguments), watch);
        String table = ExplorationCsv.text(grid, points);
        arguments.find(OUT).ifPresentOrElse(file -> AtomicFile.writeText(file, table), () -> console.out().print(table));
        watch.remark();
        console.remark(points.size() + " points, " + points.stream().filter(p -> p.cost().isEmpty()).count()
                + " of them impossible, " + Exploration.front(points).stream().filter(f -> f).count()
                + " on the Pareto front");
    }

    private static Grid grid(Arguments arguments) {
        if (!arguments.given(SET)) {
            throw new UsageException("needs at least one " + SET.synopsis());
        }
        try {
            return Grid.of(arguments.all(SET));
        } catch (DataException e) {
            throw new UsageException("--set " + e.getMessage(), e);
        }
    }
}
