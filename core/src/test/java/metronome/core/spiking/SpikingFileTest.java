package metronome.core.spiking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import metronome.core.code.Rounding;
import metronome.core.code.TemporalCode;
import metronome.core.code.Ticking;
import metronome.core.code.ZeroPolicy;
import metronome.core.io.DataException;
import metronome.core.network.Network;
import metronome.core.network.NetworkBuilder;
import metronome.core.network.Operator;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.safetensors.Safetensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Is a network that was read the one that was written, and does damage end in one message? */
class SpikingFileTest {
    private static final TemporalCode CODE = new TemporalCode(4, 16, Rounding.HALF_STEP, ZeroPolicy.FLOOR);

    @TempDir
    Path directory;

    private static SpikingNetwork random(long seed) {
        Random random = new Random(seed);
        TemporalCode code = RandomNetworks.code(random);
        Network network = new RandomNetworks(seed).network(new Operator.Staircase(code));
        return Converter.convert(network, RandomNetworks.ticking(random), RandomNetworks.pool(code, random),
                RandomNetworks.pick(random, Readout.values()));
    }

    @Test
    void branchesAreWrittenOnlyWhereThereAreSome() {
        Network chain = new RandomNetworks(3).chain(new Operator.Staircase(CODE));
        SpikingNetwork written = convert(chain);
        assertFalse(SpikingFile.toSafetensors(written).metadata().get(SpikingFile.KEY).contains("inputs"));
        Network branches = NetworkBuilder.chain("b", new Shape(1, 3, 3)).convolution("c", 2, Window.square(1, 1))
                .staircase("s", CODE).concat("all", "s", "input").dense("d", 2).build();
        SpikingNetwork read = SpikingFile.fromSafetensors(SpikingFile.toSafetensors(convert(branches)));
        assertEquals(List.of(List.of(-1), List.of(0, -1)), read.wiring().sources());
        String text = SpikingFile.toSafetensors(convert(branches)).metadata().get(SpikingFile.KEY);
        assertTrue(text.contains("\"inputs\":[\"c\",\"input\"]"), text);
        for (String wrong : List.of("[\"d\",\"input\"]", "[\"c\",3]", "[]", "[\"c\"]")) {
            var tensors = SpikingFile.toSafetensors(convert(branches)).tensors();
            var damaged = new Safetensors(tensors, new LinkedHashMap<>(Map.of(SpikingFile.KEY,
                    text.replace("[\"c\",\"input\"]", wrong))));
            assertTrue(assertThrows(DataException.class, () -> SpikingFile.fromSafetensors(damaged)).getMessage()
                    .startsWith("metadata metronome.spiking: "), wrong);
        }
    }

    private static SpikingNetwork convert(Network network) {
        return Converter.convert(network, Ticking.DEFAULT, PoolCircuit.COUNTER, Readout.POTENTIAL);
    }

    @Test
    void readsBackWhatItWrote() {
        for (long seed = 0; seed < 50; seed++) {
            Path file = directory.resolve(seed + ".safetensors");
            SpikingNetwork written = random(seed);
            SpikingFile.write(written, file);
            SpikingNetwork read = SpikingFile.read(file);
            assertEquals(written.code(), read.code());
            assertEquals(written.ticking(), read.ticking());
            assertEquals(written.readout(), read.readout());
            float[] image = new RandomNetworks(seed).image(written.input());
            FiringRecord before = new SpikingSimulator(written).run(image);
            FiringRecord after = new SpikingSimulator(read).run(image);
            assertArrayEquals(before.steps(), after.steps());
            assertArrayEquals(before.potentials(), after.potentials());
            assertArrayEquals(SpikingFile.toSafetensors(written).bytes(), SpikingFile.toSafetensors(read).bytes());
        }
    }

    @Test
    void refuses() {
        refused("missing code in", "\"code\"", "\"kode\"");
        refused("ticking.threshold must be a number", "\"threshold\":", "\"threshold\":\"x\",\"was\":");
        refused("code.rounding must be one of [half-step, ceil]", "\"rounding\":\"", "\"rounding\":\"x");
        refused("version must be 1: 2", "\"version\":1", "\"version\":2");
        refused("steps must be a whole number in [1, 1000]", "\"steps\":", "\"steps\":9999");
        refused("unknown key readoat", "\"readout\":", "\"readoat\":1,\"readout\":");
        refused("missing tensor n0.weight", "\"name\":\"n0\"", "\"name\":\"n0\",\"zzz\":1".replace("n0\"", "m0\""));
        refused("input must be [channels, height, width]", "\"input\":[", "\"input\":[7,");
        refused("not JSON", "}", "");
    }

    private void refused(String message, String target, String replacement) {
        Safetensors whole = SpikingFile.toSafetensors(random(4));
        String text = whole.metadata().get(SpikingFile.KEY).replace(target, replacement);
        Path file = directory.resolve("bad");
        new Safetensors(whole.tensors(), new LinkedHashMap<>(Map.of(SpikingFile.KEY, text))).write(file);
        DataException e = assertThrows(DataException.class, () -> SpikingFile.read(file));
        String expected = message.startsWith("missing tensor") ? message.replace("n0", "m0") : message;
        assertTrue(e.getMessage().startsWith(file + ": ") && e.getMessage().contains(expected), e.getMessage());
    }

    @Test
    void refusesOtherFilesAndTensorsTooMany() {
        Path file = directory.resolve("other");
        Safetensors whole = SpikingFile.toSafetensors(random(4));
        new Safetensors(whole.tensors(), new LinkedHashMap<>()).write(file);
        DataException e = assertThrows(DataException.class, () -> SpikingFile.read(file));
        assertTrue(e.getMessage().contains("no spiking network: the metadata has no key"), e.getMessage());
        var more = new LinkedHashMap<>(whole.tensors());
        more.put("extra", whole.tensors().firstEntry().getValue());
        new Safetensors(more, whole.metadata()).write(file);
        e = assertThrows(DataException.class, () -> SpikingFile.read(file));
        assertTrue(e.getMessage().contains("layers: tensors must be"), e.getMessage());
    }

    @Test
    void survivesDamage() throws Exception {
        long seed = 424_242;
        System.out.println("SpikingFileTest.survivesDamage seed " + seed);
        Random random = new Random(seed);
        byte[] whole = SpikingFile.toSafetensors(random(4)).bytes();
        int headerEnd = new String(whole, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("}}") + 2;
        int refused = 0;
        for (int i = 0; i < 5000; i++) {
            byte[] bytes = whole.clone();
            for (int flips = random.nextInt(3); flips >= 0; flips--) {
                bytes[random.nextInt(headerEnd)] = (byte) (32 + random.nextInt(96));
            }
            try {
                SpikingFile.fromSafetensors(Safetensors.parse(bytes));
            } catch (DataException _) {
                refused++;
            }
        }
        assertTrue(refused > 4000, "refused only " + refused);
        Path file = directory.resolve("short");
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 1));
        assertThrows(DataException.class, () -> SpikingFile.read(file));
        assertFalse(Files.exists(directory.resolve("none")));
    }
}
