package metronome.traces.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import metronome.core.data.Dataset;
import metronome.core.json.Json;
import metronome.core.json.JsonWriter;
import metronome.core.spiking.OperationCount;
import metronome.core.spiking.Operations;
import metronome.traces.report.TextTable;
import metronome.traces.run.Conversion;
import metronome.traces.run.Images;

/** Counts operations, layer by layer, without any hardware. */
final class OpsCommand {
    private static final Option<Integer> IMAGES = SimulateCommand.IMAGES.preset("100");

    private OpsCommand() {
    }

    static Command command() {
        List<Option<?>> options = new ArrayList<>(List.of(Shared.DATASET, Shared.DATA_DIR, Shared.SEED, IMAGES,
                Shared.WEIGHTS));
        options.addAll(Shared.CONVERSION);
        options.addAll(List.of(Shared.THREADS, Shared.JSON));
        return new Simple(new Synopsis("ops", "counts the operations of the DNN and of the TDSNN, layer by layer", List.of(
                "Means over test images; docs/operations.md has the rule. Multiplications, additions and comparisons count as "
                + "one each."), List.of(), options, List.of("ops --dataset fashion-mnist --images 50",
                "ops --zeros floor --json")), OpsCommand::run);
    }

    private static void run(Arguments arguments, Console console) {
        String name = arguments.get(Shared.DATASET);
        Trained trained = Trained.of(name, arguments.find(Shared.WEIGHTS));
        Conversion conversion = Shared.conversion(arguments);
        trained.remarkCode(conversion, console);
        int images = arguments.get(IMAGES);
        Dataset dataset = Images.load(name, Shared.dataDirectory(arguments), arguments.get(Shared.SEED), images);
        OperationCount count = OperationCount.of(trained.dnn(), conversion.convert(trained.staircase()),
                Images.tensor(dataset.test().first(images)), Shared.threads(arguments));
        console.out().print(arguments.given(Shared.JSON) ? JsonWriter.pretty(json(count)) : table(count).toString());
    }

    private static List<OperationCount.Layer> rows(OperationCount count) {
        List<OperationCount.Layer> rows = new ArrayList<>(count.layers());
        rows.add(count.total());
        return rows;
    }

    private static TextTable table(OperationCount count) {
        TextTable table = new TextTable("operations of one image", ">DNN, dense", ">DNN, skipping zeros",
                ">TDSNN, event-driven", ">less than dense", ">TDSNN, clock-driven", ">less than dense");
        for (OperationCount.Layer l : rows(count)) {
            table.row(l.name(), mean(count, l.dnnDense()), mean(count, l.dnnSkipping()), mean(count, l.tdsnnEvent()),
                    percent(l.tdsnnEvent().reductionFrom(l.dnnDense())), mean(count, l.tdsnnClock()),
                    percent(l.tdsnnClock().reductionFrom(l.dnnDense())));
        }
        return table;
    }

    private static String mean(OperationCount count, Operations sum) {
        return String.format(Locale.ROOT, "%,.0f", count.perImage(sum.total()));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }

    private static Json json(OperationCount count) {
        return Json.object().put("images", count.images()).put("layers", Json.array(rows(count).stream()
                .map(l -> Json.object().put("name", l.name()).put("dnn_dense", kinds(count, l.dnnDense()))
                        .put("dnn_skipping_zeros", kinds(count, l.dnnSkipping()))
                        .put("tdsnn_event", kinds(count, l.tdsnnEvent()))
                        .put("tdsnn_clock", kinds(count, l.tdsnnClock())).build()).toList())).build();
    }

    private static Json kinds(OperationCount count, Operations sum) {
        return Json.object().put("multiplications", count.perImage(sum.multiplications()))
                .put("additions", count.perImage(sum.additions())).put("comparisons", count.perImage(sum.comparisons()))
                .put("total", count.perImage(sum.total())).build();
    }
}
