package metronome.traces.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import metronome.core.calibration.Prepared;
import metronome.core.code.TemporalCode;
import metronome.core.data.Dataset;
import metronome.core.json.Json;
import metronome.core.json.JsonWriter;
import metronome.core.network.Network;
import metronome.core.network.Zoo;
import metronome.core.spiking.OperationCount;
import metronome.core.spiking.Operations;
import metronome.traces.report.TextTable;
import metronome.traces.run.Conversion;
import metronome.traces.run.Form;
import metronome.traces.run.Images;
import metronome.traces.run.Untrained;

/** Counts operations, layer by layer, without any hardware. */
final class OpsCommand {
    /** Wide enough for every architecture of the zoo; the counts do not depend on it. */
    private static final int POTENTIAL_BITS = 32;
    private static final Option<Integer> IMAGES = SimulateCommand.IMAGES.preset("100");

    private OpsCommand() {
    }

    static Command command() {
        List<Option<?>> options = new ArrayList<>(List.of(Subject.DATASET, Shared.DATA_DIR, Shared.SEED, IMAGES,
                Shared.WEIGHTS, Shared.SILENT));
        options.addAll(Shared.CONVERSION);
        options.addAll(Subject.CALIBRATION);
        options.addAll(List.of(Shared.THREADS, Shared.JSON));
        return new Simple(new Synopsis("ops", "counts the operations of the DNN and of the TDSNN, layer by layer", List.of(
                "Means over test images; docs/operations.md has the rule. Multiplications, additions and comparisons count as "
                + "one each. A network without staircases is converted as evaluate does it; of an architecture with random "
                + "weights one random image is counted, and zeros of the DNN are what is silent in the TDSNN."),
                List.of(new Operand("NETWORK", "a network file with rectifiers, or one of " + Shared.UNTRAINED
                + "; if not given, the two networks of the data set that ship, or of --weights", false, false)), options,
                List.of("ops --dataset fashion-mnist --images 50", "ops --zeros floor --json", "ops vgg16 --silent 0.5",
                "ops resnet20.safetensors --dataset cifar10 --data-dir cifar10 --images 10")), OpsCommand::run);
    }

    private static void run(Arguments arguments, Console console) {
        OperationCount count = count(arguments, console);
        console.out().print(arguments.given(Shared.JSON) ? JsonWriter.pretty(json(count)) : table(count).toString());
    }

    private static OperationCount count(Arguments arguments, Console console) {
        if (arguments.operands().isEmpty()) {
            return shipped(arguments, console);
        }
        String name = arguments.operand(0);
        if (!Zoo.NAMES.contains(name)) {
            return converted(arguments, console);
        }
        Untrained untrained = Untrained.of(name, Subject.code(arguments, TemporalCode.DEFAULT), POTENTIAL_BITS,
                arguments.get(Shared.SEED), arguments.get(Shared.SILENT));
        console.remark(untrained.remark());
        return OperationCount.of(Zoo.of(name), untrained.made());
    }

    private static OperationCount converted(Arguments arguments, Console console) {
        Network dnn = Subject.dnn(arguments);
        Subject subject = Subject.of(arguments, dnn, arguments.get(IMAGES));
        Prepared prepared = subject.as(Form.SPIKING, arguments, console);
        return OperationCount.of(dnn, prepared, Shared.conversion(arguments).convert(prepared.body()),
                subject.dataset().test().tensor(), Shared.threads(arguments));
    }

    private static OperationCount shipped(Arguments arguments, Console console) {
        String name = arguments.find(Subject.DATASET).orElse("digits");
        Trained trained = Trained.of(name, arguments.find(Shared.WEIGHTS));
        Conversion conversion = Shared.conversion(arguments);
        trained.remarkCode(conversion, console);
        int images = arguments.get(IMAGES);
        Dataset dataset = Images.load(name, Shared.dataDirectory(arguments), arguments.get(Shared.SEED), images);
        return OperationCount.of(trained.dnn(), conversion.convert(trained.staircase()),
                dataset.test().first(images).tensor(), Shared.threads(arguments));
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
