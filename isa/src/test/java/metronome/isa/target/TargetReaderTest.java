package metronome.isa.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import metronome.core.io.DataException;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetReaderTest {
    private static final String DAMAGE = "{}[]\":,-.eE0199 \n\\unlx";

    private static String message(String text) {
        return assertThrows(DataException.class, () -> TargetReader.parse(text, "edge.json")).getMessage();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{`lanes`: 3}|unknown key \"lanes\"",
        "{`lif`: {`lane`: 3}}|unknown key \"lif.lane\"; did you mean lif.lanes? (edge.json:1:10)",
        "{`lfi`: {}}|unknown key \"lfi\"; did you mean lif? (edge.json:1:2)",
        "{`lif`: {`lanes`: 0}}|must be a whole number in [1, 4096]: lif.lanes=0 (edge.json:1:19)",
        "{`lif`: {`lanes`: 1.5}}|must be a whole number in [1, 4096]: lif.lanes=1.5 (edge.json:1:19)",
        "{`lif`: {`lanes`: 1e999}}|lif.lanes=1e999 (edge.json:1:19)",
        "{`lif`: {`lanes`: \"64\"}}|must be a number: lif.lanes is a string (edge.json:1:19)",
        "{`lif`: 64}|must be an object of fields: lif is a number (edge.json:1:9)",
        "{`dram`: {`kind`: 4}}|must be a string: dram.kind is a number (edge.json:1:19)",
        "{`dram`: {`kind`: \"hbm3\"}}|did you mean hbm2? (edge.json:1:19)",
        "{`technology`: {`node_nm`: 44}}|must be one of [130, 90, 65, 45, 32, 20, 16, 14, 10, 7]",
        "{`base`: \"edgy\"}|unknown preset \"edgy\": must be one of [default, edge, large, multicore, tinyodin]; did you mean edge?",
        "{`name`: 7}|must be a string: name is a number (edge.json:1:10)",
        "{`clock_MHz`: null}|must be a number: clock_MHz is null (edge.json:1:15)",
        "[]|a target must be an object, not an array (edge.json:1:1)",
        "{`lif`: {`lanes`: 3}|edge.json: not JSON: expected '}'",
        "{`weights`: {`bytes`: 256}}|must be at least 1024 (two halves of one word in each of weights.banks)",
        "{`lif`: {`weight_bits`: 9}, `weights`: {`word_bytes`: 1}}|must be at least 2 (one weight of lif.weight_bits)",
        "{`mesh`: {`flit_bits`: 8, `buffer_flits`: 6}}|must be at least 7 (one message, whose 49 bits are cut into flits",
        "{`mesh`: {`columns`: 9}}|must be a whole number in [1, 8]: mesh.columns=9 (edge.json:1:22)",
        "{`lif`: {`banks`: 8, `potentials`: 100}}|must be at least 256 (one potential for each of lif.lanes)",
    })
    void saysWhatIsWrongAndWhere(String text, String expected) {
        String json = text.replace('`', '"');
        assertTrue(message(json).contains(expected), () -> message(json));
    }

    @Test
    void reportsAllFaultsAtOnce() {
        String text = """
                {
                  "base": "edge",
                  "lif": {"lanes": 0, "bank": 3},
                  "clock_MHz": "fast"
                }
                """;
        List<String> lines = message(text).lines().toList();
        assertEquals(3, lines.size(), () -> lines.toString());
        assertTrue(lines.stream().anyMatch(l -> l.endsWith("lif.lanes=0 (edge.json:3:20)")), () -> lines.toString());
        assertTrue(lines.stream().anyMatch(l -> l.endsWith("did you mean lif.banks? (edge.json:3:23)")), lines::toString);
        assertTrue(lines.stream().anyMatch(l -> l.endsWith("is a string (edge.json:4:16)")), lines::toString);
    }

    @Test
    void aFileGivesWhatDiffersFromItsBase() {
        Target edge = Presets.named("edge").orElseThrow();
        Target read = TargetReader.parse("{\"base\": \"edge\", \"lif\": {\"lanes\": 128}}", "/some/where/mine.json");
        assertEquals("mine", read.name());
        assertEquals(128, read.count(TargetField.LANES));
        for (TargetField field : TargetField.values()) {
            assertEquals(field == TargetField.LANES ? "128" : edge.text(field), read.text(field), field.key());
        }
        assertEquals(Target.preset().named("mine"), TargetReader.parse("{}", "mine.json"));
    }

    @Test
    void whatIsWrittenReadsBack(@TempDir Path directory) throws Exception {
        for (Target preset : Presets.all()) {
            Path file = directory.resolve("x.json");
            Files.writeString(file, TargetWriter.text(preset));
            assertEquals(preset, TargetReader.read(file));
            assertEquals(List.of(), TargetRules.breaches(preset));
        }
    }

    @RepeatedTest(50)
    void anyTargetReadsBack(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        Target target = randomTarget(random);
        if (TargetRules.breaches(target).isEmpty()) {
            Target back = TargetReader.parse(TargetWriter.text(target), "x.json");
            assertEquals(target, back, "seed " + repetition.getCurrentRepetition());
        }
    }

    private static Target randomTarget(Random random) {
        Target target = Target.preset();
        for (TargetField field : TargetField.values()) {
            double value = field.least() + random.nextDouble() * (field.most() - field.least());
            target = target.with(field, !field.choices().isEmpty()
                    ? field.choices().get(random.nextInt(field.choices().size()))
                    : field.whole() ? Long.toString(Math.round(value)) : Double.toString(value));
        }
        return target;
    }

    @Test
    void theHashDependsOnEveryFieldButNotOnTheName() {
        Target preset = Target.preset();
        assertEquals(TargetWriter.hash(preset), TargetWriter.hash(preset.named("other")));
        assertTrue(TargetWriter.hash(preset).matches("[0-9a-f]{64}"));
        for (TargetField field : TargetField.values()) {
            String other = field.choices().isEmpty()
                    ? Long.toString((long) (Math.ceil(field.least()) == field.preset() ? field.most() : Math.ceil(field.least())))
                    : field.choices().get(field.preset() == 0 ? 1 : 0);
            assertNotEquals(TargetWriter.hash(preset), TargetWriter.hash(preset.with(field, other)), field.key());
        }
    }

    @Test
    void noDamageEscapesAsAnotherException() {
        String good = TargetWriter.text(Presets.named("large").orElseThrow());
        for (int seed = 0; seed < 3000; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder(good);
            for (int change = random.nextInt(4); change >= 0 && !text.isEmpty(); change--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.setCharAt(at, DAMAGE.charAt(random.nextInt(DAMAGE.length())));
                    default -> text.setLength(Math.max(1, at));
                }
            }
            try {
                TargetReader.parse(text.toString(), "fuzz.json");
            } catch (DataException e) {
                assertTrue(e.getMessage().contains("fuzz.json"), "seed " + seed + ": " + e.getMessage());
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ":\n" + text, e);
            }
        }
    }

    @Test
    void aFileThatIsNotThereOrNotTextIsOneMessage(@TempDir Path directory) throws Exception {
        Path missing = directory.resolve("no.json");
        assertEquals(missing + ": cannot be read: no such file",
                assertThrows(DataException.class, () -> TargetReader.read(missing)).getMessage());
        Path binary = directory.resolve("binary.json");
        Files.write(binary, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertTrue(assertThrows(DataException.class, () -> TargetReader.read(binary)).getMessage().contains("UTF-8"));
    }
}
