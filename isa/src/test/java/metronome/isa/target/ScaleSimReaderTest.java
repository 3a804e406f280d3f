package metronome.isa.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import metronome.core.io.DataException;
import org.junit.jupiter.api.Test;

/** Are SCALE-Sim's configurations read as targets, and is every fault of one told? */
class ScaleSimReaderTest {
    private static final long SEED = 7;
    private static final String GOOD = """
            # a comment
            [general]
            run_name = two words

            [architecture_presets]
            ArrayHeight:    32
            ArrayWidth =    8
            ifmapsramszkb:   64
            FilterSramSzkB:  128
            OfmapSramSzkB:   32
            IfmapOffset:    0
            Dataflow : is
            ; another
            [run_presets]
            InterfaceBandwidth: CALC
            [sparsity]
            SparsitySupport: False
            """;

    private static String faults(String text) {
        return assertThrows(DataException.class, () -> ScaleSimReader.parse(text, "s.cfg")).getMessage();
    }

    @Test
    void keysWithACounterpartBecomeFields() {
        ScaleSimReader.Reading reading = ScaleSimReader.parse(GOOD, "s.cfg");
        Target expected = Target.preset().named("two words").with(TargetField.TENSOR_ROWS, "32")
                .with(TargetField.TENSOR_COLUMNS, "8").with(TargetField.TENSOR_DATAFLOW, "is")
                .with(TargetField.WEIGHT_BYTES, "131072").with(TargetField.SPIKE_BLOCKS, "1536");
        assertEquals(expected, reading.target());
        assertEquals(List.of("IfmapOffset", "InterfaceBandwidth", "SparsitySupport"), reading.ignored());
        assertEquals(expected, TargetReader.parse(TargetWriter.text(reading.target()), "t.json"));
    }

    @Test
    void everyFaultIsTold() {
        assertEquals("""
                unknown key "ArrayHeigth" in [architecture_presets]; did you mean ArrayHeight? (s.cfg:6:1)
                IfmapOffset is given twice: "3" (s.cfg:12:1)
                expected [section], key = value, or a comment: "nonsense" (s.cfg:14:3)
                unknown section "run_preset": must be one of [general, architecture_presets, run_presets, layout, sparsity, \
                network_presets]; did you mean run_presets? (s.cfg:15:1)
                missing ArrayHeight in [architecture_presets] (s.cfg)
                ArrayWidth must be a whole number, 1 to 1024: "8.5" (s.cfg:7:17)
                Dataflow must be one of os, ws, is: "iss"; did you mean is? (s.cfg:13:12)
                FilterSramSzkB must be a whole number, 1 to 131072 kB: "0" (s.cfg:9:18)
                OfmapSramSzkB must be a whole number, 1 to 131072 kB: "" (s.cfg:10:15)
                SparsitySupport must be False, as the tensor core has no sparse weights: "true" (s.cfg:18:18)""",
                faults(GOOD.replace("ArrayHeight", "ArrayHeigth").replace("    8\n", "    8.5\n").replace(": is", ": iss")
                        .replace("128", "0").replace("OfmapSramSzkB:   32", "OfmapSramSzkB:")
                        .replace("IfmapOffset:    0\n", "IfmapOffset:    0\nIfmapOffset: 3\n")
                        .replace("; another", "  nonsense").replace("run_presets", "run_preset")
                        .replace("False", "true")));
    }

    @Test
    void namesAndPlaces() {
        assertTrue(faults(GOOD.replace("two words", "")).startsWith("run_name must be a name of 1 to 100 characters: \"\""));
        assertTrue(faults("x = 1\n" + GOOD).startsWith("expected a [section] before the first key: \"x = 1\" (s.cfg:1:1)"));
        assertTrue(faults("").startsWith("missing run_name in [general] (s.cfg)"));
        assertTrue(faults(GOOD.replace("32\n", "99999999999\n")).contains("ArrayHeight must be a whole number"));
    }

    @Test
    void brokenFilesAreRefusedInWords() {
        SplittableRandom random = new SplittableRandom(SEED);
        int refused = 0;
        for (int i = 0; i < 3000; i++) {
            StringBuilder text = new StringBuilder(GOOD);
            for (int edits = random.nextInt(1, 5); edits > 0; edits--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, "[]=:#;\n9-x\u0000\u00e9".charAt(random.nextInt(12)));
                    case 1 -> text.delete(at, Math.min(text.length(), at + random.nextInt(1, 30)));
                    default -> text.insert(at, "[]=:\n9x".charAt(random.nextInt(7)));
                }
            }
            try {
                assertEquals(List.of(), TargetRules.breaches(ScaleSimReader.parse(text.toString(), "s.cfg").target()));
            } catch (DataException e) {
                refused++;
                e.getMessage().lines().forEach(l -> assertTrue(l.contains("s.cfg"), l));
            }
        }
        assertTrue(refused > 1000, "seed " + SEED + ": only " + refused + " refused");
    }
}
