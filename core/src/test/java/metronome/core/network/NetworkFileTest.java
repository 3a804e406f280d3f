package metronome.core.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import metronome.core.code.Rounding;
import metronome.core.code.TemporalCode;
import metronome.core.code.ZeroPolicy;
import metronome.core.io.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Do networks survive a safetensors file, and are damaged files refused? */
class NetworkFileTest {
    private static final long SEED = 11;

    private final Random random = new Random(SEED);

    @TempDir
    private Path directory;

    static Network example() {
        return NetworkBuilder.chain("an \"example\" <é>", new Shape(2, 6, 5))
                .convolution("c1", 3, new Window(3, 2, 2, 1)).staircase("s1",
                        new TemporalCode(4.5, 16, Rounding.CEIL, ZeroPolicy.SILENT))
                .maxPool("p1", Window.square(2, 1)).dense("d1", 4).rectifier("r1").dense("d2", 2).build();
    }

    private Network trained() {
        Network network = example();
        for (Node node : network.nodes()) {
            switch (node.operator()) {
                case Operator.Convolution(_, var w, var b) -> fill(w.data(), b.data());
                case Operator.Dense(var w, var b) -> fill(w.data(), b.data());
                default -> { }
            }
        }
        return network;
    }

    private void fill(float[]... arrays) {
        for (float[] array : arrays) {
            for (int i = 0; i < array.length; i++) {
                array[i] = (float) random.nextGaussian();
            }
        }
    }

    @Test
    void residualNetworksRoundTripToTheByte() {
        for (long seed = 1; seed <= 20; seed++) {
            byte[] bytes = NetworkFile.bytes(new RandomResiduals(seed).network());
            assertArrayEquals(bytes, NetworkFile.bytes(NetworkFile.parse(bytes, "n")), "seed " + seed);
        }
    }

    @Test
    void roundTripsToTheByte() {
        Network network = trained();
        Path file = directory.resolve("n.safetensors");
        NetworkFile.write(file, network);
        Network read = NetworkFile.read(file);
        assertEquals(network.name(), read.name());
        assertEquals(network.shapes(), read.shapes());
        assertEquals(network.nodes().get(1), read.nodes().get(1));
        assertArrayEquals(NetworkFile.bytes(network), NetworkFile.bytes(read));
        Operator.Convolution first = (Operator.Convolution) network.nodes().getFirst().operator();
        assertArrayEquals(first.weights().data(), ((Operator.Convolution) read.nodes().getFirst().operator()).weights().data());
    }

    @Test
    void groupsAndDilationAreWrittenWhereThereAreSome() {
        Window window = new Window(3, 2, 1, 1, 2, 3);
        Network network = NetworkBuilder.chain("g", new Shape(6, 7, 7)).convolution("c", 9, window).build();
        byte[] bytes = NetworkFile.bytes(network);
        Network read = NetworkFile.parse(bytes, "f");
        assertEquals(window, ((Operator.Convolution) read.nodes().getFirst().operator()).window());
        assertEquals(new Shape(9, 5, 7), read.output());
        assertArrayEquals(bytes, NetworkFile.bytes(read));
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        refused("4 groups do not divide 9 output channels",
                text.replace("\\\"groups\\\":3", "\\\"groups\\\":4").getBytes(StandardCharsets.ISO_8859_1));
        refused("groups: 0, expected a whole number in [1, 65536]",
                text.replace("\\\"groups\\\":3", "\\\"groups\\\":0").getBytes(StandardCharsets.ISO_8859_1));
        refused("a pool has neither dilation nor groups", "\\\"stride\\\":1,\\\"padding\\\":0",
                "\\\"stride\\\":1,\\\"padding\\\":0,\\\"groups\\\":2");
    }

    @Test
    void hasTheFormOfSafetensors() {
        byte[] bytes = NetworkFile.bytes(trained());
        int length = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        assertEquals(0, length % 8);
        String header = new String(bytes, 8, length, StandardCharsets.UTF_8);
        assertTrue(header.startsWith("{\"__metadata__\":{\"format\":\"pt\""), header);
        assertTrue(header.contains("\"c1.weight\":{\"dtype\":\"F32\",\"shape\":[3,2,3,2],\"data_offsets\":[0,144]}"), header);
    }

    @Test
    void refusesWhatDoesNotFit() {
        refused("no \"metronome.graph\" in __metadata__", "metronome.graph", "metronome.grape");
        refused("tensor c1.weight: F16[3, 2, 3, 2] needs 72 bytes, data_offsets span 144", "\"dtype\":\"F32\"", "\"dtype\":\"F16\"");
        refused("tensor c1.weight: F32[3, 2, 3, 3] needs 216 bytes, data_offsets span 144", "[3,2,3,2]", "[3,2,3,3]");
        refused("convolution weights Tensor[3, 3, 2, 2] do not match", "[3,2,3,2]", "[3,3,2,2]");
        refused("tensor c1.weight: begins at byte 8 of the data, expected 0", "[0,144]", "[8,152]");
        refused("tensor c1.bias: not there, but the graph needs it", "c1.bias", "c1.bia2");
        refused("op \\\"rectifies\\\"".replace("\\", ""), "\\\"rectifier\\\"", "\\\"rectifies\\\"");
        refused("unknown key \"strife\"", "\\\"stride\\\":2", "\\\"strife\\\":2");
        refused("rounding: \"ceiL\", expected one of half-step, ceil", "\\\"ceil\\\"", "\\\"ceiL\\\"");
        refused("steps: 0, expected a whole number in [1, 1000]", "\\\"steps\\\":16", "\\\"steps\\\":00".replace("00", "0 "));
        refused("time constant L must be in (0, 1000]: -4.5", "\\\"time_constant\\\":4.5", "\\\"time_constant\\\":-4.5");
        refused("not JSON", "\"format\":\"pt\"", "\"format\";\"pt\"");
    }

    @Test
    void refusesFalseLengths() {
        byte[] bytes = NetworkFile.bytes(trained());
        refused("3 bytes, expected at least 8", java.util.Arrays.copyOf(bytes, 3));
        refused("data_offsets", java.util.Arrays.copyOf(bytes, bytes.length - 1));
        refused("tensors end at byte ", java.util.Arrays.copyOf(bytes, bytes.length + 1));
        byte[] huge = bytes.clone();
        huge[6] = 1;
        refused("header length must be in [2, ", huge);
        byte[] nan = bytes.clone();
        ByteBuffer.wrap(nan).order(ByteOrder.LITTLE_ENDIAN).putFloat(nan.length - 4, Float.NaN);
        refused("tensor d2.bias: element 1 is NaN, expected a finite number", nan);
        DataException e = assertThrows(DataException.class, () -> NetworkFile.read(directory.resolve("none")));
        assertTrue(e.getMessage().endsWith("none: cannot be read: no such file"), e.getMessage());
    }

    @Test
    void survivesThousandsOfMutations() throws Exception {
        byte[] good = NetworkFile.bytes(trained());
        int header = 8 + (int) ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN).getLong();
        Path file = directory.resolve("m.safetensors");
        Files.write(file, good);
        int refused = 0;
        for (int round = 0; round < 5000; round++) {
            byte[] bytes = mutate(good, header);
            try {
                NetworkFile.parse(bytes, "m");
            } catch (DataException e) {
                assertTrue(e.getMessage().startsWith("m: "), "seed " + SEED + ": " + e.getMessage());
                refused++;
            }
        }
        assertTrue(refused > 3000, refused + " of 5000 mutations refused");
    }

    private byte[] mutate(byte[] good, int header) {
        byte[] bytes = good.clone();
        for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
            int at = random.nextInt(random.nextInt(5) == 0 ? bytes.length : header);
            switch (random.nextInt(3)) {
                case 0 -> bytes[at] = (byte) random.nextInt();
                case 1 -> bytes[at] = (byte) "0123456789{}[],:\"\\-.e ".charAt(random.nextInt(22));
                default -> {
                    int from = random.nextInt(bytes.length - 4);
                    int length = 1 + random.nextInt(4);
                    System.arraycopy(good, from, bytes, Math.min(at, bytes.length - length), length);
                }
            }
        }
        return random.nextInt(10) == 0 ? java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }

    private void refused(String message, String from, String to) {
        String text = new String(NetworkFile.bytes(trained()), StandardCharsets.ISO_8859_1);
        assertTrue(text.contains(from), from);
        String changed = text.replace(from, to);
        ByteBuffer bytes = ByteBuffer.wrap(changed.getBytes(StandardCharsets.ISO_8859_1)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(0, bytes.getLong(0) + changed.length() - text.length());
        refused(message, bytes.array());
    }

    private static void refused(String message, byte[] bytes) {
        DataException e = assertThrows(DataException.class, () -> NetworkFile.parse(bytes, "f"));
        assertTrue(e.getMessage().startsWith("f: ") && e.getMessage().contains(message), e.getMessage());
    }
}
