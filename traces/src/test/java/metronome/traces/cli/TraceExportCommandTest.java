package metronome.traces.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import metronome.core.json.Json;
import metronome.core.json.JsonParser;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.probe.ChipEvent;
import metronome.hwmodel.probe.EventStream;
import metronome.isa.program.ProgramFile;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import metronome.isa.target.TargetWriter;
import metronome.traces.export.FlowsByHand;
import metronome.traces.export.TraceEventFile;
import metronome.traces.export.VcdFile;
import metronome.traces.trace.TraceBlock;
import metronome.traces.trace.TraceHeader;
import metronome.traces.trace.TraceReader;
import metronome.traces.trace.TraceWriter;
import metronome.traces.trace.TracedHardware;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Do recorded traces become files that the tools take, and do bad command lines and files leave nothing? */
class TraceExportCommandTest {
    private static final Workshop SHOP = Workshop.shared();
    private static final String ALL = "spikes,instructions,stalls,dram,energy";
    @TempDir
    private Path folder;

    private Path record(String target, Object... more) throws Exception {
        return recordOn(target, "auto", more);
    }

    private Path recordOn(String target, String spikes, Object... more) throws Exception {
        Path program = folder.resolve("program.mtp");
        Shell.good("compile", SHOP.file("spiking.safetensors"), "--target", target, "--spikes", spikes, "-o", program);
        Path trace = folder.resolve("a.mtt");
        Shell.good(Workshop.words(new String[] {"trace", "record", "--images", "2", "--target", target}, Workshop.words(new String[] {"--network",
            SHOP.file("spiking.safetensors").toString(), "--program", program.toString(), "-o", trace.toString()}, more)));
        return trace;
    }

    private String target(String name) throws Exception {
        if (!name.equals("fused")) {
            return name;
        }
        Path file = folder.resolve("fused.json");
        Files.writeString(file, TargetWriter.text(Target.preset().with(TargetField.FIRE_UNIT, "separate").named("fused")));
        return file.toString();
    }

    private static long events(TraceReader in, EventStream stream) {
        return in.blocks(stream).mapToLong(TraceBlock::events).sum();
    }

    /** Without the program's file: the trace has its code. */
    @ParameterizedTest
    @CsvSource({"default, auto", "default, dram", "multicore, auto", "multicore, dram", "fused, auto"})
    void aTimelineHasAllInstructionsAndTheirFlows(String target, String spikes) throws Exception {
        Path trace = recordOn(target(target), spikes, "--streams", ALL);
        Path file = folder.resolve("a.json");
        assertEquals("", Shell.run("trace", "export", trace, "--to", "perfetto", "--images", 1, "-o", file).err());
        TraceEventFile timeline = TraceEventFile.parse(Files.readString(file));
        try (TraceReader in = TraceReader.open(trace)) {
            Target hardware = in.header().hardware().orElseThrow().target();
            List<String> flows = FlowsByHand.of(in, ProgramFile.read(folder.resolve("program.mtp")), 1, hardware.count(TargetField.MESH_COLUMNS));
            assertTrue(flows.size() > 4, flows::toString);
            long period = Math.round(1e6 / hardware.number(TargetField.CLOCK));
            assertEquals(flows, timeline.starts().keySet().stream().map(id -> at(timeline.starts().get(id), period) + " > "
                    + at(timeline.ends().get(id), period)).sorted().toList());
        }
        List<String> hops = timeline.starts().keySet().stream().map(id -> timeline.around(timeline.starts().get(id)).name() + " > "
                + timeline.around(timeline.ends().get(id)).name()).distinct().toList();
        assertTrue(hops.containsAll(way(target, spikes)), hops::toString);
        Path named = folder.resolve("named.json");
        Shell.good("trace", "export", trace, "--to", "perfetto", "--images", 1, "--program", folder.resolve("program.mtp"), "-o", named);
        assertEquals(-1, Files.mismatch(file, named));
    }

    /** How spikes come from the first convolution to the second. */
    private static List<String> way(String target, String spikes) {
        if (spikes.equals("dram")) {
            return List.of("lif.fire conv1 > store.spikes conv1", "store.spikes conv1 > load.spikes pool1", "load.spikes pool1 > pool.spikes pool1",
                    "pool.spikes pool1 > store.spikes pool1", "store.spikes pool1 > load.spikes conv2", "load.spikes conv2 > lif.integrate conv2");
        }
        return switch (target) {
            case "multicore" -> List.of("pool.spikes pool1 > send.spikes pool1", "send.spikes pool1 > receive.spikes pool1",
                    "receive.spikes pool1 > lif.integrate conv2");
            case "fused" -> List.of("fire.sweep conv1 > pool.spikes pool1", "pool.spikes pool1 > lif.integrate conv2");
            default -> List.of("lif.fire conv1 > pool.spikes pool1", "pool.spikes pool1 > lif.integrate conv2");
        };
    }

    /** As one that an earlier version has recorded. */
    @Test
    void aTraceWithoutTheCodeHasNumbersForNamesAndNoFlowsUnlessTheProgramIsNamed() throws Exception {
        Path trace = record("default", "--streams", "instructions");
        Path whole = folder.resolve("whole.json");
        Shell.good("trace", "export", trace, "--to", "perfetto", "-o", whole);
        Path earlier = folder.resolve("earlier.mtt");
        try (TraceReader in = TraceReader.open(trace)) {
            withoutCode(in, earlier);
        }
        Path file = folder.resolve("a.json");
        assertEquals("note: the trace does not have the program's code: without --program instructions have numbers for names, and no flows\n",
                Shell.run("trace", "export", earlier, "--to", "perfetto", "--streams", "instructions", "-o", file).err());
        TraceEventFile timeline = TraceEventFile.parse(Files.readString(file));
        assertEquals(Set.of(), timeline.starts().keySet());
        assertTrue(timeline.slices().get("core 0/lif").stream().allMatch(slice -> slice.name().startsWith("#")));
        Shell.good("trace", "export", earlier, "--to", "perfetto", "--program", folder.resolve("program.mtp"), "-o", file);
        assertEquals(-1, Files.mismatch(whole, file));
    }

    private static void withoutCode(TraceReader in, Path to) {
        TraceHeader h = in.header();
        TraceHeader header = new TraceHeader(h.source(), h.spikes(), h.hardware().map(hardware -> new TracedHardware(hardware.programHash(),
                hardware.targetHash(), hardware.targetText())), h.streams(), h.windowCycles(), h.firstImage(), h.images(), h.provenance());
        try (TraceWriter out = TraceWriter.create(to, header)) {
            for (int number = h.firstImage(); number <= h.lastImage(); number++) {
                int which = number;
                try (TraceWriter.Image image = out.image(which)) {
                    in.blocks().stream().filter(block -> block.image() == which).forEach(block -> in.read(block, image));
                    image.end();
                }
            }
            out.finish();
        }
    }

    private static List<String> flows(TraceEventFile timeline, Predicate<String> layer) {
        return timeline.starts().keySet().stream().filter(id -> layer.test(timeline.around(timeline.starts().get(id)).name().split(" ")[1])
                && layer.test(timeline.around(timeline.ends().get(id)).name().split(" ")[1]))
                .map(id -> timeline.starts().get(id) + " > " + timeline.ends().get(id)).sorted().toList();
    }

    /** Those of the whole between what is drawn: also where a region has been written by other layers meanwhile. */
    @ParameterizedTest
    @CsvSource({"default, auto, conv1+pool1+conv2, true", "default, dram, pool1+fc1, true", "multicore, auto, conv1+pool1, true",
        "multicore, dram, pool1+conv2, true", "fused, auto, pool1+conv2, true", "multicore, dram, conv1+pool2, true", "default, auto, conv2, false"})
    void someLayersAloneHaveTheFlowsBetweenThem(String target, String spikes, String some, boolean any) throws Exception {
        List<String> layers = List.of(some.split("\\+"));
        Path trace = recordOn(target(target), spikes, "--streams", "instructions");
        Path file = folder.resolve("a.json");
        for (String cycles : List.of("0:", "2000:")) {
            Shell.good("trace", "export", trace, "--to", "perfetto", "--cycles", cycles, "-o", file);
            TraceEventFile whole = TraceEventFile.parse(Files.readString(file));
            Shell.good("trace", "export", trace, "--to", "perfetto", "--cycles", cycles, "--layers", String.join(",", layers), "-o", file);
            TraceEventFile timeline = TraceEventFile.parse(Files.readString(file));
            assertEquals(flows(whole, layers::contains), flows(timeline, _ -> true));
            assertTrue(flows(whole, _ -> true).size() > flows(timeline, _ -> true).size());
            assertEquals(any, !timeline.starts().isEmpty());
            assertTrue(timeline.slices().values().stream().flatMap(List::stream).map(TraceEventFile.Slice::name)
                    .allMatch(name -> name.startsWith("image ") || layers.contains(name.split(" ")[1])));
        }
    }

    /** Of a trace that was cut to some layers the others are not known. */
    @Test
    void aTraceThatWasCutToLayersHasNamesAndNoFlows() throws Exception {
        Path trace = record("default", "--streams", "instructions");
        Path part = folder.resolve("part.mtt");
        Shell.good("trace", "cut", trace, "--layers", "conv1,pool1,conv2", "-o", part);
        Path file = folder.resolve("a.json");
        Shell.good("trace", "export", part, "--to", "perfetto", "-o", file);
        TraceEventFile timeline = TraceEventFile.parse(Files.readString(file));
        assertTrue(timeline.slices().get("core 0/lif").stream().anyMatch(slice -> slice.name().equals("lif.integrate conv2")));
        assertEquals(Set.of(), timeline.starts().keySet());
    }

    private static String at(TraceEventFile.End end, long period) {
        return end.track() + " " + end.time() / period;
    }

    @Test
    void nothingIsLostOfARecordedRun() throws Exception {
        Path trace = record("default", "--streams", ALL);
        Path file = folder.resolve("out");
        assertEquals("", Shell.run("trace", "export", trace, "--to", "perfetto", "-o", file).err());
        TraceEventFile timeline = TraceEventFile.parse(Files.readString(file));
        Shell.good("trace", "export", trace, "--to", "csv", "-o", file);
        List<String> table = Files.readAllLines(file);
        Shell.good("trace", "export", trace, "--to", "vcd", "-o", file);
        VcdFile dump = VcdFile.parse(Files.readString(file));
        try (TraceReader in = TraceReader.open(trace)) {
            assertEquals(1 + in.blocks().stream().mapToLong(TraceBlock::events).sum(), table.size());
            assertEquals(events(in, EventStream.STALLS), slices(timeline, "core 0/.* stalls"));
            assertEquals(events(in, EventStream.DRAM), slices(timeline, "dram/.*"));
            long dispatched = slices(timeline, "core 0/sequencer");
            assertEquals(events(in, EventStream.INSTRUCTIONS), dispatched + 2 * slices(timeline, "core 0/(lif|pool|load|store)"));
            long fired = table.stream().filter(line -> line.startsWith("1,spikes,") && line.split(",")[4].equals("1")).count();
            assertEquals(fired, timeline.counters().get("spikes/conv1/spikes").getLast().value());
            assertEquals(Long.toBinaryString(fired), dump.values().get("chip/spikes/conv1").lastEntry().getValue());
            assertEquals(commands(in), dump.values().entrySet().stream().filter(e -> e.getKey().matches("chip/dram/.*command"))
                    .flatMap(e -> e.getValue().entrySet().stream()).filter(e -> !e.getValue().equals("0")).map(e -> e.getKey() / 2)
                    .collect(java.util.stream.Collectors.toCollection(TreeSet::new)));
        }
    }

    private static long slices(TraceEventFile file, String tracks) {
        return file.slices().entrySet().stream().filter(e -> e.getKey().matches(tracks)).mapToLong(e -> e.getValue().size()).sum();
    }

    /** The cycles in which a command begins to stand on a bus, one image behind the other; the same command again is no change. */
    private static TreeSet<Long> commands(TraceReader in) {
        TreeSet<Long> cycles = new TreeSet<>();
        long start = 0;
        for (int image = 0; image < 2; image++) {
            int which = image;
            List<ChipEvent.DramCommand> sent = new java.util.ArrayList<>();
            in.blocks(EventStream.DRAM).filter(b -> b.image() == which).forEach(b -> in.read(b, e -> sent.add((ChipEvent.DramCommand) e)));
            for (ChipEvent.DramCommand e : sent) {
                if (sent.stream().noneMatch(o -> o.cycle() == e.cycle() - 1 && o.bank() == e.bank() && o.command() == e.command())) {
                    cycles.add(start + e.cycle());
                }
            }
            start += in.blocks(EventStream.LAYERS).filter(b -> b.image() == which).findFirst().orElseThrow().lastCycle();
        }
        return cycles;
    }

    /** What simulate tells are means over both images. */
    @Test
    void theAreaUnderThePowerIsTheDynamicEnergy() throws Exception {
        Path trace = record("edge", "--streams", "energy", "--window", 100);
        Path file = folder.resolve("a.json");
        Shell.good("trace", "export", trace, "--to", "perfetto", "-o", file);
        TraceEventFile timeline = TraceEventFile.parse(Files.readString(file));
        Json.Obj simulated = (Json.Obj) JsonParser.parse(Shell.good("simulate", folder.resolve("program.mtp"), "--target", "edge", "--network",
                SHOP.file("spiking.safetensors"), "--images", 2, "--json"));
        Json.Arr parts = (Json.Arr) ((Json.Obj) simulated.get("machine").orElseThrow()).get("energy_parts").orElseThrow();
        assertEquals(Component.values().length, parts.items().size());
        for (Json part : parts.items()) {
            String name = ((Json.Str) ((Json.Obj) part).get("name").orElseThrow()).value();
            double energy = ((Json.Num) ((Json.Obj) part).get("dynamic_pJ").orElseThrow()).value();
            assertEquals(energy, area(timeline.counters().get("dynamic power/" + name + "/mW")) / 2, 1e-9 * energy, name);
        }
    }

    /** Milliwatts times nanoseconds are picojoules. */
    private static double area(List<TraceEventFile.Sample> samples) {
        double area = 0;
        for (int i = 1; i < samples.size(); i++) {
            area += samples.get(i - 1).value() * (samples.get(i).time() - samples.get(i - 1).time()) / 1000;
        }
        return area;
    }

    @Test
    void gtkwaveTakesTheDump() throws Exception {
        Path trace = record("multicore", "--streams", ALL);
        Path dump = folder.resolve("a.vcd");
        Shell.good("trace", "export", trace, "--to", "vcd", "-o", dump);
        Path waves = folder.resolve("a.fst");
        Assumptions.assumeTrue(Stream.of(System.getenv("PATH").split(":")).anyMatch(p -> Files.isExecutable(Path.of(p, "vcd2fst"))),
                "vcd2fst, which is in GTKWave's package, is not installed");
        Process process = new ProcessBuilder("vcd2fst", dump.toString(), waves.toString()).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        assertEquals("", said);
        assertTrue(Files.size(waves) > 1000);
    }

    @Test
    void whatIsThereOfACutTraceIsExported() throws Exception {
        Path trace = record("default", "--streams", "instructions,stalls");
        byte[] whole = Files.readAllBytes(trace);
        long last;
        try (TraceReader in = TraceReader.open(trace)) {
            last = in.blocks().getLast().offset();
        }
        Files.write(trace, Arrays.copyOf(whole, (int) last + 9));
        for (String format : List.of("csv", "perfetto", "vcd")) {
            Path file = folder.resolve(format);
            Shell shell = Shell.run("trace", "export", trace, "--to", format, "-o", file);
            assertEquals(0, shell.code());
            assertTrue(shell.err().startsWith("note: cut short in block 5, "), shell.err());
            assertEquals(!format.equals("csv"), shell.err().contains("note: the trace was recorded without spikes, dram, energy\n"), shell.err());
            switch (format) {
                case "perfetto" -> assertEquals(2, TraceEventFile.parse(Files.readString(file)).slices().get("images/images").size());
                case "vcd" -> assertEquals("[0, 1, z]", VcdFile.parse(Files.readString(file)).values().get("chip/image").values().toString());
                default -> assertTrue(Files.readString(file).contains("\n1,stalls,"));
            }
        }
    }

    @Test
    void badInputEndsInOneMessageAndLeavesNothing() throws Exception {
        Path trace = record("default", "--streams", "instructions");
        Path out = Files.createDirectories(folder.resolve("out"));
        Object[] export = {"trace", "export", trace, "-o", out.resolve("a"), "--to"};
        assertTrue(bad(2, export, "vdc").contains("--to must be one of csv, perfetto, vcd: vdc"));
        assertTrue(Shell.bad(2, "trace", "export", trace, "--to", "vcd").contains("needs --output,-o FILE")
                || Shell.bad(2, "trace", "export", trace, "--to", "vcd").contains("needs --output, -o FILE"));
        assertTrue(bad(2, export, "vcd", "--cycles", "5:4").contains("--cycles must be A:B, A:, :B or A, "));
        assertTrue(bad(2, export, "vcd", "--program", "p").contains("--program is only for --to perfetto"));
        assertTrue(bad(1, export, "csv", "--images", "2").contains(trace + ": the trace has images 0 to 1, none of 2"));
        assertTrue(bad(1, export, "csv", "--layers", "conv3").contains("the trace has no layer \"conv3\", expected one of input, conv1, "));
        assertTrue(bad(1, export, "csv", "--streams", "dram").contains("the trace has no dram, expected among instructions, layers"));
        assertTrue(bad(1, export, "perfetto", "--program", SHOP.file("baseline.mtp")).contains("the trace is of another program: "));
        Path edge = folder.resolve("edge.mtp");
        Shell.good("compile", SHOP.file("spiking.safetensors"), "--target", "edge", "-o", edge);
        assertTrue(bad(1, export, "perfetto", "--program", edge)
                .matches("(?s)note: .*\nmetronome: \\Q" + trace + "\\E: the trace is of another target: default \\p{XDigit}{12}, expected \\p{XDigit}{12}\n"));
        byte[] bytes = Files.readAllBytes(trace);
        try (TraceReader in = TraceReader.open(trace)) {
            bytes[(int) in.blocks().getLast().offset() - 20] ^= 1;
        }
        Files.write(trace, bytes);
        for (String format : List.of("csv", "perfetto", "vcd")) {
            assertTrue(bad(1, export, format).contains("damaged"));
        }
        try (var files = Files.list(out)) {
            assertEquals(0, files.count());
        }
        Files.writeString(folder.resolve("file"), "");
        assertTrue(Shell.bad(1, "trace", "export", record("default", "--streams", "instructions"), "--to", "csv", "-o",
                folder.resolve("file/a.csv")).contains("file/a.csv: cannot be written: "));
    }

    private static String bad(int code, Object[] export, Object... more) {
        return Shell.bad(code, Stream.concat(Stream.of(export), Stream.of(more)).toArray());
    }
}
