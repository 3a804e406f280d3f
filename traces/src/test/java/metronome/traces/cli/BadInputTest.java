package metronome.traces.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad input of each kind: one line a fault, exit code 1, nothing written. */
class BadInputTest {
    private static final Workshop SHOP = Workshop.shared();

    @TempDir
    private Path directory;

    /** Runs a command that must refuse its input and write nothing into a directory of its own. */
    private String refused(Object... words) throws Exception {
        Path out = directory.resolve("out");
        Files.createDirectories(out);
        Object[] all = Stream.concat(Stream.of(words), Stream.of("-o", out.resolve("x"))).toArray();
        String err = Shell.bad(1, all);
        try (Stream<Path> files = Files.list(out)) {
            assertEquals(0, files.count(), err);
        }
        assertTrue(err.lines().allMatch(l -> l.startsWith("metronome: ")), err);
        assertFalse(err.contains("Exception"), err);
        return err;
    }

    private Path idx(byte[] trainingImages) throws Exception {
        Path data = Files.createDirectories(directory.resolve("data"));
        byte[] images = images(10, 28, 28, 10 * 784);
        Files.write(data.resolve("train-images-idx3-ubyte"), trainingImages);
        Files.write(data.resolve("t10k-images-idx3-ubyte"), images);
        for (String name : new String[] {"train-labels-idx1-ubyte", "t10k-labels-idx1-ubyte"}) {
            Files.write(data.resolve(name), ByteBuffer.allocate(18).putInt(0x801).putInt(10).array());
        }
        return data;
    }

    private static byte[] images(int count, int rows, int columns, int bytes) {
        return ByteBuffer.allocate(16 + bytes).putInt(0x803).putInt(count).putInt(rows).putInt(columns).array();
    }

    private String refusedImages(byte[] trainingImages) throws Exception {
        String err = refused("run", "--dataset", "mnist", "--data-dir", idx(trainingImages), "--weights",
                SHOP.weights(), "--images-functional", 2, "--images-machine", 1);
        assertEquals(1, err.lines().count(), err);
        assertTrue(err.contains("train-images-idx3-ubyte"), err);
        return err;
    }

    @Test
    void soundImagesRun() throws Exception {
        Shell.good("run", "--dataset", "mnist", "--data-dir", idx(images(10, 28, 28, 7840)), "--weights",
                SHOP.weights(), "--images-functional", 2, "--images-machine", 1);
    }

    @Test
    void imagesCutShortWithWrongMagicOrAbsurdSizes() throws Exception {
        refusedImages(images(10, 28, 28, 7000));
        refusedImages(new byte[3]);
        byte[] magic = images(10, 28, 28, 7840);
        magic[2] = 9;
        refusedImages(magic);
        refusedImages(images(Integer.MAX_VALUE, 65535, 65535, 7840));
        refusedImages(images(-1, 28, 28, 7840));
    }

    @Test
    void missingImagesAndTooFew() throws Exception {
        Path nowhere = directory.resolve("nowhere");
        String err = refused("run", "--dataset", "mnist", "--data-dir", nowhere, "--weights", SHOP.weights());
        assertTrue(err.contains(nowhere.toString()) && err.contains("data fetch mnist"), err);
        err = refused("run", "--dataset", "mnist", "--data-dir", idx(images(10, 28, 28, 7840)), "--weights",
                SHOP.weights());
        assertTrue(err.contains("has 10 test images, fewer than the 10000 asked for"), err);
    }

    @Test
    void weightsOfTheWrongShape() throws Exception {
        Path weights = Files.createDirectories(directory.resolve("weights"));
        Files.copy(SHOP.file("staircase.safetensors"), weights.resolve("staircase.safetensors"));
        byte[] bytes = Files.readAllBytes(SHOP.file("dnn.safetensors"));
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        assertTrue(text.contains("[16,1,5,5]"));
        Files.write(weights.resolve("dnn.safetensors"),
                text.replace("[16,1,5,5]", "[16,5,1,5]").getBytes(StandardCharsets.ISO_8859_1));
        String err = refused("run", "--weights", weights, "--images-functional", 2, "--images-machine", 1);
        assertEquals(1, err.lines().count(), err);
        assertTrue(err.contains("dnn.safetensors") && err.contains("conv1"), err);
        Files.write(weights.resolve("dnn.safetensors"), java.util.Arrays.copyOf(bytes, 1000));
        assertTrue(refused("run", "--weights", weights).contains("dnn.safetensors"));
    }

    @Test
    void directoriesInThePlaceOfFilesAreToldInOneWording() throws Exception {
        Path folder = Files.createDirectories(directory.resolve("folder"));
        for (String command : List.of("trace import FOLDER --from csv --shapes 1x1x1", "trace import FOLDER --from nmnist", "trace cut FOLDER",
                "trace export FOLDER --to csv", "trace replay FOLDER", "report FOLDER", "workload FOLDER", "disassemble FOLDER",
                "assemble FOLDER", "import FOLDER", "convert FOLDER", "gemm --topology FOLDER", "compile lenet5 --target FOLDER")) {
            String err = command.equals("workload FOLDER") ? Shell.bad(1, "workload", folder)
                    : refused((Object[]) command.replace("FOLDER", folder.toString()).split(" "));
            assertTrue(err.matches("metronome: .*folder: cannot be read( as zip)?: it is a directory\n"), command + ": " + err);
        }
    }

    @Test
    void targetsThatAreNone() throws Exception {
        Path target = directory.resolve("t.json");
        Files.writeString(target, "{\"lif\": {\"lanes\": 0}, \"wights\": {}}");
        String err = refused("compile", SHOP.file("spiking.safetensors"), "--target", target);
        assertEquals(2, err.lines().count(), err);
        assertTrue(err.contains("lif.lanes=0") && err.contains("did you mean weights?"), err);
        Files.writeString(target, "{\"weights\": {\"bytes\": 256, \"banks\": 1, \"word_bytes\": 1}}");
        err = refused("compile", SHOP.file("spiking.safetensors"), "--target", target);
        assertEquals(1, err.lines().count(), err);
        assertTrue(err.contains("conv2") || err.contains("conv1"), err);
    }

    @Test
    void aProgramForAnotherTarget() throws Exception {
        String err = Shell.bad(1, "simulate", SHOP.file("program.mtp"), "--network", SHOP.file("spiking.safetensors"),
                "--target", "edge");
        assertEquals(1, err.lines().count(), err);
        assertTrue(err.contains("program.mtp") && err.contains("another target than edge"), err);
    }

    @Test
    void aFlippedBitInAProgram() throws Exception {
        byte[] good = Files.readAllBytes(SHOP.file("program.mtp"));
        Path file = directory.resolve("p.mtp");
        Random random = new Random(11);
        for (int i = 0; i < 200; i++) {
            byte[] bad = good.clone();
            int bit = random.nextInt(bad.length * 8);
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, bad);
            String err = Shell.bad(1, "disassemble", file);
            assertEquals(1, err.lines().count(), err);
            assertTrue(err.startsWith("metronome: " + file), "bit " + bit + ": " + err);
        }
    }

    @Test
    void aProgramCutShort() throws Exception {
        byte[] good = Files.readAllBytes(SHOP.file("program.mtp"));
        Path file = directory.resolve("p.mtp");
        for (int length : new int[] {0, 7, 8, 51, 300, good.length / 2, good.length - 1}) {
            Files.write(file, java.util.Arrays.copyOf(good, length));
            assertTrue(Shell.bad(1, "disassemble", file).startsWith("metronome: " + file), "length " + length);
        }
    }

    @Test
    void assemblyThatIsNone() throws Exception {
        Path file = Files.writeString(directory.resolve("x.s"), "nonsense\n");
        assertTrue(refused("assemble", file).contains("x.s"));
    }

    @Test
    void aTraceOfAnotherNetwork() {
        Path other = directory.resolve("other.safetensors");
        Shell.good("convert", SHOP.file("staircase.safetensors"), "--variant", "A", "-o", other);
        String err = Shell.bad(1, "trace", "replay", SHOP.file("spikes.mtt"), "--network", other);
        assertEquals(1, err.lines().count(), err);
        assertTrue(err.matches("(?s).*spikes.mtt: the trace is of another network: lenet [0-9a-f]{12}, expected lenet [0-9a-f]{12}: its layers are the same.*"), err);
        for (String option : new String[] {"--silent", "--seed"}) {
            assertTrue(Shell.bad(2, "trace", "replay", SHOP.file("spikes.mtt"), "--network", SHOP.file("spiking.safetensors"), option, option.equals("--seed") ? "7" : "0.5")
                    .contains(option + " is for an architecture with random weights"));
        }
        assertEquals("metronome: mobilnet: no such file, and no architecture; did you mean mobilenet?\n",
                Shell.bad(1, "trace", "replay", SHOP.file("spikes.mtt"), "--network", "mobilnet"));
    }

    /** Spikes that were imported know only layers and steps. */
    @Test
    void aTraceOfOtherLayers() throws Exception {
        Path text = Files.writeString(directory.resolve("s.csv"), "image,layer,neuron,step\n0,0,5,0\n0,1,2,3\n");
        Path trace = directory.resolve("s.mtt");
        Shell.good("trace", "import", text, "--from", "csv", "--shapes", "1x2x3,4x1x1", "-o", trace);
        String err = Shell.bad(1, "trace", "replay", trace, "--network", SHOP.file("spiking.safetensors"));
        assertTrue(err.startsWith("metronome: " + trace + ": the trace has layers [input 1x2x3, layer1 4x1x1] and steps 0 to 3, the network lenet has "
                + "[input 1x28x28, conv1 "), err);
        assertEquals("metronome: layer input of 4097x4096x1 has 16781312 neurons, in a trace it may have at most 16777216\n",
                Shell.bad(1, "trace", "import", text, "--from", "csv", "--shapes", "4097x4096x1,4x1x1", "-o", directory.resolve("large.mtt")));
        assertFalse(Files.exists(directory.resolve("large.mtt")));
    }

    @Test
    void aTraceCutShort() throws Exception {
        byte[] whole = Files.readAllBytes(SHOP.file("spikes.mtt"));
        Path file = Files.write(directory.resolve("s.mtt"), java.util.Arrays.copyOf(whole, whole.length / 4 * 3));
        Shell shell = Shell.run("trace", "replay", file.toString(), "--network", SHOP.file("spiking.safetensors").toString());
        assertEquals(0, shell.code(), shell::err);
        assertTrue(shell.err().contains("s.mtt: cut short in block "), shell.err());
        assertTrue(shell.out().contains("1 image, replayed"), shell.out());
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length / 4));
        assertTrue(Shell.bad(1, "trace", "replay", file, "--network", SHOP.file("spiking.safetensors"))
                .endsWith("the trace has no whole image\n"));
    }

    @Test
    void filesOfTheWrongKind() throws Exception {
        for (String command : new String[] {"convert", "compile", "assemble"}) {
            assertTrue(refused(command, SHOP.file("results.json")).contains("results.json"), command);
        }
        assertTrue(refused("convert", SHOP.file("dnn.safetensors")).contains("staircase"));
    }

    @Test
    void aDirectoryThatCannotBeWritten() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "x");
        String err = Shell.bad(1, "convert", SHOP.file("staircase.safetensors"), "-o", file.resolve("below"));
        assertEquals(1, err.lines().count(), err);
        assertTrue(err.contains("cannot be written"), err);
    }

    @Test
    void nothingIsFetchedThatIsGenerated() {
        assertTrue(Shell.bad(1, "data", "fetch", "digits").contains("generated"));
        assertTrue(Shell.bad(1, "data", "fetch", "imagenet").contains("imagenet"));
    }

    @Test
    void usageErrorsOfTheBigCommands() {
        assertTrue(Shell.bad(2, "run", "--dataset", "mnits").contains("did you mean mnist?"));
        for (String none : List.of("+1", "-0", "\u0661", "1.0", " 1")) {
            assertTrue(Shell.bad(2, "run", "--images-machine", none).contains("must be a whole number in [1, 1000000]: " + none), none);
            assertTrue(Shell.bad(2, "run", "--seed", none).contains("must be a whole number of 64 bits: " + none), none);
            assertTrue(Shell.bad(2, "trace", "cut", "t", "--images", none + ":2").contains("must be A:B"), none);
        }
        assertTrue(Shell.bad(2, "run", "--images-machine", "0").contains("must be a whole number in [1, 1000000]: 0"));
        assertTrue(Shell.bad(2, "run", "--variant", "D").contains("--variant must be one of A, B, C: D"));
        assertTrue(Shell.bad(2, "run", "--time-constant", "NaN").contains("must be a number in (0, 1000]: NaN"));
        assertTrue(Shell.bad(2, "run", "--seed", "x").contains("--seed must be a whole number of 64 bits: x"));
        assertTrue(Shell.bad(2, "explore").contains("needs at least one --set"));
        assertTrue(Shell.bad(2, "explore", "--set", "lif.lane=3").contains("did you mean lif.lanes?"));
        assertTrue(Shell.bad(2, "simulate", "x").contains("needs --network NETWORK"));
    }

    @Test
    void onlyArchitecturesHaveAShareOfSilentNeurons() {
        assertTrue(Shell.bad(2, "compile", "net.safetensors", "--silent", "0.3")
                .contains("--silent is for an architecture with random weights, one of lenet, lenet-caffe, lenet5, alexnet, "));
        assertTrue(Shell.bad(2, "compile", "vgg16", "--silent", "1").contains("--silent must be a number in (0, 0.99]: 1"));
        for (String option : new String[] {"--dataset=mnist", "--data-dir=there"}) {
            assertTrue(Shell.bad(2, "trace", "record", "--network", "lenet", option, "-o", "none.mtt").contains(option.substring(0, option.indexOf('='))
                    + " is not for an architecture with random weights, whose images are random as well"), option);
        }
        assertTrue(Shell.bad(2, "compile", "vgg16", "--spikes", "disk").contains("--spikes must be one of auto, chip, dram"));
    }

    @Test
    void contradictionsAreRefusedWithAReason() throws Exception {
        assertTrue(refused("run", "--weights", SHOP.weights(), "--zeros", "silent", "--pool", "counter",
                "--images-functional", 2, "--images-machine", 1).contains("floor"));
    }
}
