package metronome.traces.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import metronome.core.io.AtomicFile;
import metronome.core.json.Json;
import metronome.core.json.JsonWriter;
import metronome.hwmodel.systolic.Accesses;
import metronome.hwmodel.systolic.Counting;
import metronome.hwmodel.systolic.Dataflow;
import metronome.hwmodel.systolic.Mapping;
import metronome.hwmodel.systolic.SystolicArray;
import metronome.isa.target.Target;
import metronome.traces.report.TextTable;
import metronome.traces.scalesim.ComputeReport;
import metronome.traces.scalesim.Topology;
import metronome.traces.scalesim.TopologyReader;

/** Cycles and accesses of matrix products on a systolic array, by closed forms. */
final class GemmCommand {
    private static final Option<Path> TOPOLOGY = Option.of("--topology", "FILE.csv", "", Value.path(),
            "layers in SCALE-Sim's format: convolutions, or M, N, K");
    private static final Option<SystolicArray> ARRAY = Option.of("--array", "RxC", "", array(),
            "rows and columns of the array, if not the target's");
    private static final Option<Dataflow> DATAFLOW = Option.of("--dataflow", "WORD", "", Value.constant(Dataflow.class),
            "what stays in the cells: outputs, weights or inputs, if not as in the target");
    private static final Option<Counting> COUNTING = Option.of("--counting", "HOW", "", Value.constant(Counting.class),
            "which cycles are counted, if not those of the target: causal, or double-buffered with shadow registers");
    private static final Option<Path> OUT = Option.of("--output,-o", "DIR", "", Value.path(),
            "also write " + ComputeReport.FILE + " there");

    private record Run(Topology topology, SystolicArray array, Dataflow dataflow, Counting counting,
            List<Mapping> mappings) {
        static Run of(Arguments arguments) {
            Path file = arguments.get(TOPOLOGY);
            Target target = Targets.named(arguments.get(Shared.TARGET));
            SystolicArray array = arguments.find(ARRAY).orElseGet(() -> SystolicArray.of(target));
            Dataflow dataflow = arguments.find(DATAFLOW).orElseGet(() -> Dataflow.of(target));
            Counting counting = arguments.find(COUNTING).orElseGet(() -> Counting.of(target));
            Topology topology = TopologyReader.read(file);
            return new Run(topology, array, dataflow, counting,
                    topology.layers().stream().map(l -> new Mapping(array, dataflow, l.product())).toList());
        }

        String name(int layer) {
            return topology.layers().get(layer).name();
        }
    }

    private GemmCommand() {
    }

    static Command command() {
        return new Simple(new Synopsis("gemm", "costs matrix products on a systolic array, as SCALE-Sim does", List.of(
                "Cycles without memory stalls and operands read and written, by closed forms (docs/systolic.md). Counting "
                + "scalesim gives the numbers of SCALE-Sim v3, which has results leave an output-stationary array before they "
                + "are there and counts from 0; causal is what an array can do; double-buffered hides load or drain behind the "
                + "next fold. docs/user-guide.md has a section for users of SCALE-Sim."), List.of(),
                List.of(TOPOLOGY, Shared.TARGET, ARRAY, DATAFLOW, COUNTING, OUT, Shared.JSON),
                List.of("gemm --topology alexnet.csv --array 32x32 --dataflow ws --counting scalesim -o out",
                        "gemm --topology layers.csv --target scale.cfg --json")), GemmCommand::run);
    }

    private static Value<SystolicArray> array() {
        return new Value<>("ROWSxCOLUMNS, both in [1, 1024]", text -> {
            if (!text.matches("[0-9]{1,4}x[0-9]{1,4}")) {
                throw new IllegalArgumentException(text);
            }
            int x = text.indexOf('x');
            return new SystolicArray(Integer.parseInt(text.substring(0, x)), Integer.parseInt(text.substring(x + 1)));
        }, List.of());
    }

    private static void run(Arguments arguments, Console console) {
        Run run = Run.of(arguments);
        arguments.find(OUT).ifPresent(directory -> AtomicFile.writeText(directory.resolve(ComputeReport.FILE),
                ComputeReport.text(run.mappings(), run.counting())));
        console.out().print(arguments.given(Shared.JSON) ? JsonWriter.pretty(json(run)) : text(run));
    }

    private static String text(Run run) {
        TextTable table = new TextTable("layer", ">M", ">N", ">K", ">folds", ">cycles", ">mapped", ">utilised",
                ">inputs read", ">weights read", ">partial sums", ">outputs");
        long cycles = 0;
        for (int i = 0; i < run.mappings().size(); i++) {
            Mapping m = run.mappings().get(i);
            Accesses a = m.accesses();
            cycles += m.cycles(run.counting());
            table.row(run.name(i), count(m.product().m()), count(m.product().n()), count(m.product().k()),
                    count(m.folds()), count(m.cycles(run.counting())), percent(m.mappingEfficiency()),
                    percent(m.overallUtilisation(run.counting())), count(a.inputReads()), count(a.weightReads()),
                    count(a.partialReads() + a.partialWrites()), count(a.outputWrites()));
        }
        return run.array() + " cells, " + Value.word(run.dataflow()) + ", counting " + Value.word(run.counting())
                + ", no memory stalls\n" + table + count(cycles) + " cycles in all\n";
    }

    private static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }

    private static Json json(Run run) {
        return Json.object().put("rows", run.array().rows()).put("columns", run.array().columns())
                .put("dataflow", Value.word(run.dataflow())).put("counting", Value.word(run.counting()))
                .put("layers", Json.array(java.util.stream.IntStream.range(0, run.mappings().size())
                        .mapToObj(i -> json(run.name(i), run.mappings().get(i), run.counting())).toList())).build();
    }

    private static Json json(String name, Mapping m, Counting counting) {
        Accesses a = m.accesses();
        return Json.object().put("name", name).put("m", m.product().m()).put("n", m.product().n())
                .put("k", m.product().k()).put("macs", m.product().macs()).put("row_folds", m.rowFolds())
                .put("column_folds", m.columnFolds()).put("cycles", m.cycles(counting))
                .put("mapping_efficiency", m.mappingEfficiency())
                .put("overall_utilisation", m.overallUtilisation(counting))
                .put("compute_utilisation", m.computeUtilisation(counting)).put("input_reads", a.inputReads())
                .put("weight_reads", a.weightReads()).put("partial_reads", a.partialReads())
                .put("partial_writes", a.partialWrites()).put("output_writes", a.outputWrites()).build();
    }
}
