package metronome.traces.cli;

import java.nio.file.Path;
import java.util.List;
import metronome.core.json.Json;
import metronome.core.json.JsonWriter;
import metronome.isa.target.Presets;
import metronome.isa.target.ScaleSimReader;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import metronome.isa.target.TargetReader;
import metronome.isa.target.TargetWriter;
import metronome.traces.report.TextTable;

/** The commands about hardware configurations. */
final class TargetCommands {
    private static final Operand NAME = Operand.of("TARGET", "a preset or a target file, or a .cfg file of SCALE-Sim");
    private static final Operand FILE = Operand.of("FILE", "a target file, or a .cfg file of SCALE-Sim");

    private TargetCommands() {
    }

    static List<Command> all() {
        return List.of(
                new Simple(new Synopsis("target list", "lists the targets that ship", List.of(), List.of(),
                        List.of(Shared.JSON), List.of("target list")), TargetCommands::list),
                new Simple(new Synopsis("target show", "prints a target with every field", List.of(
                        "What it prints is a target file: redirect it, change it, and give its name to --target."),
                        List.of(NAME), List.of(), List.of("target show edge > mine.json")), TargetCommands::show),
                new Simple(new Synopsis("target fields", "tells every field of a target: key, range, default, meaning",
                        List.of(), List.of(), List.of(Shared.JSON), List.of("target fields")), TargetCommands::fields),
                new Simple(new Synopsis("target check", "checks a target file and prints its hash", List.of(
                        "All faults are reported at once, a line each, with line and column. Of SCALE-Sim's .cfg files it tells "
                        + "which keys have no counterpart."), List.of(FILE),
                        List.of(), List.of("target check mine.json")), TargetCommands::check));
    }

    private static void list(Arguments arguments, Console console) {
        if (arguments.given(Shared.JSON)) {
            console.out().print(JsonWriter.pretty(
                    Json.array(Presets.all().stream().map(TargetWriter::json).toList())));
            return;
        }
        TextTable table = new TextTable("target", ">clock", ">lanes", ">potentials", ">weights", ">tensor core", "DRAM");
        for (Target t : Presets.all()) {
            table.row(t.name(), t.text(TargetField.CLOCK) + " MHz", t.text(TargetField.LANES),
                    t.text(TargetField.POTENTIALS), t.text(TargetField.WEIGHT_BYTES) + " B",
                    t.text(TargetField.TENSOR_ROWS) + " x " + t.text(TargetField.TENSOR_COLUMNS),
                    t.text(TargetField.DRAM_CHANNELS) + " x " + t.text(TargetField.DRAM_KIND));
        }
        console.out().print(table);
    }

    private static void show(Arguments arguments, Console console) {
        console.out().print(TargetWriter.text(Targets.named(arguments.operand(0))));
    }

    private static void fields(Arguments arguments, Console console) {
        if (arguments.given(Shared.JSON)) {
            console.out().print(JsonWriter.pretty(Json.array(
                    java.util.Arrays.stream(TargetField.values()).map(TargetCommands::json).toList())));
            return;
        }
        TextTable table = new TextTable("field", "values", ">default", "unit", "meaning");
        for (TargetField f : TargetField.values()) {
            table.row(f.key(), f.range(), Target.preset().text(f), f.unit(), f.meaning());
        }
        console.out().print(table);
    }

    private static Json json(TargetField field) {
        return Json.object().put("key", field.key()).put("values", field.range())
                .put("default", Target.preset().text(field)).put("unit", field.unit())
                .put("meaning", field.meaning()).build();
    }

    private static void check(Arguments arguments, Console console) {
        Path file = Path.of(arguments.operand(0));
        Target target = TargetReader.read(file);
        console.out().println(target.name() + ": good, hash " + TargetWriter.hash(target));
        TargetReader.scaleSim(file).map(ScaleSimReader.Reading::ignored).filter(i -> !i.isEmpty()).ifPresent(
                ignored -> console.out().println("without a counterpart: " + String.join(", ", ignored)));
    }
}
