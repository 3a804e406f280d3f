package metronome.traces.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import metronome.isa.target.Presets;
import metronome.isa.target.Target;
import metronome.isa.target.TargetWriter;
import metronome.traces.report.HtmlReport;
import metronome.traces.report.ResultFile;
import metronome.traces.report.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetronomeTest {
    @Test
    void isAToolThatTheJdkFinds() {
        assertTrue(ToolProvider.findFirst("metronome").isPresent());
    }

    @Test
    void helpTellsEveryCommandAndEveryOption() {
        String overview = Shell.good("--help");
        for (Command command : Commands.all()) {
            Synopsis synopsis = command.synopsis();
            assertTrue(overview.contains("  " + synopsis.name() + " "), synopsis.name());
            Object[] words = (synopsis.name() + " --help").split(" ");
            String help = Shell.good(words);
            synopsis.options().forEach(o -> assertTrue(help.contains(o.name()), o.name()));
            assertTrue(help.lines().allMatch(l -> l.length() <= 110), help);
            assertTrue(synopsis.summary().endsWith(".") == false && !synopsis.examples().isEmpty(), synopsis.name());
        }
    }

    @Test
    void helpWithAFamilyTellsItsCommands() {
        List<String> names = Commands.all().stream().map(c -> c.synopsis().name()).toList();
        for (String word : List.of("trace", "target", "soak", "data", "plain")) {
            for (String option : List.of("--help", "-h")) {
                String help = Shell.good(word, option);
                assertTrue(help.startsWith("usage: metronome " + word + " COMMAND"), help);
                assertEquals(names.stream().filter(name -> name.startsWith(word + " ")).toList(), help.lines()
                        .filter(line -> line.startsWith("  ")).map(line -> String.join(" ", List.of(line.strip().split(" ")).subList(0, 2))).toList());
            }
        }
        assertTrue(Shell.bad(2, "trac", "--help").contains("unknown command trac"));
    }

    @Test
    void everyDefaultIsAValue() {
        for (Command command : Commands.all()) {
            for (Option<?> option : command.synopsis().options()) {
                if (!option.preset().isEmpty()) {
                    option.value().parse(option.name(), option.preset());
                }
            }
        }
    }

    @Test
    void everyExampleParses() {
        for (Command command : Commands.all()) {
            Synopsis synopsis = command.synopsis();
            for (String example : synopsis.examples()) {
                String line = example.replaceAll(" [>|].*", "").substring(synopsis.name().length()).strip();
                assertTrue(example.startsWith(synopsis.name()), example);
                Arguments.parse(synopsis, line.isEmpty() ? java.util.List.of() : java.util.List.of(line.split(" +")));
            }
        }
    }

    @Test
    void theManualIsWhatTheDeclarationsSay() throws Exception {
        Path page = Path.of("..", "docs", "manual.md");
        assertEquals(Shell.good("manual"), Files.readString(page),
                "print it anew: ./metronome manual > docs/manual.md");
    }

    /** Of those of its commands that need no file, as what they print follows from lists that grow. */
    @Test
    void theGuideShowsWhatIsPrinted() throws Exception {
        String guide = Files.readString(Path.of("..", "docs", "getting-started.md"));
        for (String printed : List.of(Shell.bad(2, "run", "--dataset", "mnits"), Shell.bad(1, "data", "fetch", "digits"), Shell.good("target", "list"))) {
            assertTrue(guide.contains(printed.indent(4)), () -> "docs/getting-started.md does not have\n" + printed);
        }
    }

    @Test
    void usageErrorsExitWithTwoAndPointToTheHelp() {
        assertTrue(Shell.bad(2).contains("usage: metronome COMMAND"));
        assertTrue(Shell.bad(2, "tarkget").startsWith("metronome: unknown command tarkget"));
        assertTrue(Shell.bad(2, "reprot", "x").contains("did you mean report?"));
        assertTrue(Shell.bad(2, "target").contains("metronome: needs one of target list, target show"));
        assertTrue(Shell.bad(2, "target", "shown").contains("metronome: unknown command target shown, needs one of target list, target show"));
        assertTrue(Shell.bad(2, "target", "lits").contains("did you mean target list?"));
        assertTrue(Shell.bad(2, "target", "list", "--jsno").contains("unknown option --jsno; did you mean --json?"));
        assertTrue(Shell.bad(2, "target", "list", "--json=1").contains("--json takes no value"));
        assertTrue(Shell.bad(2, "target", "list", "--json", "--json").contains("--json is given twice"));
        assertTrue(Shell.bad(2, "target", "show").contains("metronome target show: needs TARGET"));
        assertTrue(Shell.bad(2, "target", "show", "a", "b").contains("does not know what to do with b"));
        assertTrue(Shell.bad(2, "report", "x", "-o").contains("-o needs a value"));
        assertTrue(Shell.bad(2, "report", "x", "-o", "").contains("-o must be a path"));
        assertTrue(Shell.bad(2, "report").endsWith("see metronome report --help\n"));
        assertTrue(Shell.bad(2, "report", "x", "-o=y").contains("unknown option -o=y"));
    }

    /** A file may be called like an option. */
    @Test
    void whatFollowsTwoHyphensIsNoOption() {
        assertEquals("metronome: --json: cannot be read: no such file\n", Shell.bad(1, "trace", "info", "--", "--json"));
        assertEquals("metronome: -: cannot be read: no such file\n", Shell.bad(1, "trace", "info", "-"));
        assertTrue(Shell.bad(2, "trace", "info", "--").contains("needs TRACE"));
    }

    @Test
    void presetsAreListedShownAndChecked(@TempDir Path directory) throws Exception {
        String list = Shell.good("target", "list");
        for (Target preset : Presets.all()) {
            assertTrue(list.contains(preset.name()));
            assertEquals(TargetWriter.text(preset), Shell.good("target", "show", preset.name()));
        }
        Path file = directory.resolve("mine.json");
        Files.writeString(file, Shell.good("target", "show", "edge"));
        assertEquals("edge: good, hash " + TargetWriter.hash(Presets.named("edge").orElseThrow()) + "\n",
                Shell.good("target", "check", file));
        assertTrue(Shell.good("target", "fields").contains("lif.lanes"));
        assertTrue(Shell.good("target", "fields", "--json").contains("\"key\": \"lif.lanes\""));
    }

    @Test
    void aBadTargetIsOneLineAFault(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("bad.json");
        Files.writeString(file, "{\"lif\": {\"lanes\": 0, \"lans\": 1}}");
        String err = Shell.bad(1, "target", "check", file);
        assertEquals(2, err.lines().count(), err);
        assertTrue(err.lines().allMatch(l -> l.startsWith("metronome: ") && l.contains("bad.json:1:")), err);
        assertTrue(Shell.bad(1, "target", "show", "edgy").contains("no preset and no file: edgy"));
    }

    @Test
    void aReportIsDrawnFromResults(@TempDir Path directory) throws Exception {
        Path results = directory.resolve("results.json");
        Files.writeString(results, ResultFile.text(Samples.result()));
        assertTrue(Shell.good("report", results).contains("Energy of one image"));
        Path page = directory.resolve("sub").resolve("report.html");
        assertEquals("", Shell.good("report", results, "-o", page));
        assertEquals(HtmlReport.page(Samples.result()), Files.readString(page));
    }

    @Test
    void badResultsLeaveNoPage(@TempDir Path directory) throws Exception {
        Path results = directory.resolve("results.json");
        Files.writeString(results, ResultFile.text(Samples.result()).substring(0, 999));
        Path page = directory.resolve("report.html");
        assertTrue(Shell.bad(1, "report", results, "-o", page).startsWith("metronome: " + results));
        assertFalse(Files.exists(page));
        assertTrue(Shell.bad(1, "report", directory.resolve("none.json")).contains("no such file"));
    }

    @Test
    void progressEstimatesTheTimeLeft() {
        StringWriter text = new StringWriter();
        long[] now = {0};
        try (Progress progress = new Progress(new PrintWriter(text), false, "images", 100, () -> now[0], _ -> { })) {
            for (int i = 0; i < 100; i++) {
                now[0] += 1_000_000_000L;
                progress.step();
            }
        }
        assertTrue(text.toString().startsWith("images: 15 of 100, 85 s left\n"), text.toString());
        assertEquals(6, text.toString().lines().count());
    }

    @Test
    void progressOnATerminalRewritesOneLineAndWipesIt() {
        StringWriter text = new StringWriter();
        long[] now = {0};
        try (Progress progress = new Progress(new PrintWriter(text), true, "images", 10, () -> now[0], _ -> { })) {
            now[0] = 1_000_000_000L;
            progress.step();
        }
        assertEquals("\rimages: 1 of 10, 9 s left\r" + " ".repeat(25) + "\r", text.toString());
    }
}
