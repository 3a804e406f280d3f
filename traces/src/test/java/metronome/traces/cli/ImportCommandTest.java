package metronome.traces.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import metronome.core.network.Network;
import metronome.core.network.NetworkFile;
import metronome.core.network.Operator;
import metronome.core.onnx.OnnxBuilder;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Does import write what it read, say what it did, and refuse the rest? */
class ImportCommandTest {
    @TempDir
    private Path directory;

    private Path file(String name, byte[] bytes) throws Exception {
        return Files.write(directory.resolve(name), bytes);
    }

    private static byte[] model() {
        return OnnxBuilder.opset(13).input("x", 0, 3, 4, 4).floats("w", new float[6], 2, 3, 1, 1).floats("d", new float[64], 32, 2)
                .node("Conv", "x w", "c").node("Relu", "c", "r").node("Flatten", "r", "f").node("MatMul", "f d", "m")
                .node("Softmax", "m", "y").output("y").bytes();
    }

    @Test
    void importsAndTells() throws Exception {
        Path out = directory.resolve("net.safetensors");
        Shell shell = Shell.run("import", file("m.onnx", model()), "-o", out);
        assertEquals(0, shell.code(), shell.err());
        assertEquals("""
                m, from onnx: input 3x4x4, output 2x1x1
                3 nodes: 1 Convolution, 1 Rectifier, 1 Dense
                74 parameters, 160 multiply-accumulates
                """, shell.out());
        assertEquals("note: node y: Softmax at the end is left out: it does not change which class is the largest\n", shell.err());
        Path copy = directory.resolve("copy");
        Shell.good("import", out, "-o", copy);
        assertArrayEquals(Files.readAllBytes(out), Files.readAllBytes(copy));
    }

    @Test
    void knowsFormatsByContentToo() throws Exception {
        assertTrue(Shell.good("import", file("model", model()), "-o", directory.resolve("n")).startsWith("model, from onnx: "));
        Path network = directory.resolve("n");
        assertTrue(Shell.good("import", network, "-o", directory.resolve("o")).startsWith("model, from safetensors: "));
        Path other = file("other", new byte[] {1, 2});
        assertEquals("metronome: " + other + ": neither by name nor by content one of .onnx, .safetensors, .npz\n",
                Shell.bad(1, "import", other, "-o", directory.resolve("p")));
        assertFalse(Files.exists(directory.resolve("p")));
    }

    @Test
    void theInputIsTransformed() throws Exception {
        Path out = directory.resolve("net.safetensors");
        Shell.good("import", file("m.onnx", model()), "--scale", 255, "--mean", "104,117,123", "--deviation", "2", "--channel-order", "bgr",
                "-o", out);
        Network network = NetworkFile.read(out);
        Operator.BatchNormalisation head = (Operator.BatchNormalisation) network.nodes().getFirst().operator();
        assertEquals(255.0 / 2, head.factor(0));
        assertEquals(-123.0 / 2, head.offset(0), 1e-5);
        assertEquals(-104.0 / 2, head.offset(2), 1e-5);
    }

    @Test
    void archivesNeedAnArchitecture() throws Exception {
        Path archive = file("a.npz", new byte[] {'P', 'K', 3, 4});
        assertTrue(Shell.bad(2, "import", archive).contains(archive
                + " holds only arrays: needs --architecture, one of lenet-caffe, resnet20, squeezenet"));
        assertTrue(Shell.bad(2, "import", archive, "--architecture", "resnet20", "--scale", 255)
                .contains("--scale is not for an .npz file, whose architecture says it"));
        assertTrue(Shell.bad(2, "import", file("m.onnx", model()), "--architecture", "resnet20")
                .contains("--architecture is only for an .npz file"));
        assertTrue(Shell.bad(1, "import", file("b", new byte[] {'P', 'K', 3, 4}), "--architecture", "resnet20")
                .contains("cannot be read as zip: "));
    }

    @Test
    void archivesAreImportedAndEvaluated() {
        String data = System.getenv("METRONOME_DATA");
        Assumptions.assumeTrue(data != null, "METRONOME_DATA is not set");
        Path out = directory.resolve("lenet.safetensors");
        assertTrue(Shell.good("import", Path.of(data, "nets/lenet5-caffe.npz"), "--architecture", "lenet-caffe", "-o", out)
                .startsWith("lenet-caffe, from npz: input 1x28x28, output 10x1x1\n"));
        String text = Shell.good("evaluate", out, "--dataset", "mnist", "--data-dir", data);
        assertTrue(text.startsWith("lenet-caffe on mnist as dnn, 10,000 images of 10 classes\ntop-1 99.1"), text);
    }

    @Test
    void refuses() throws Exception {
        Path lrn = file("m.onnx", OnnxBuilder.opset(13).input("x", 0, 3, 4, 4).node("LRN", "x", "y").output("y").bytes());
        assertTrue(Shell.bad(1, "import", lrn).startsWith("metronome: " + lrn + ": node y (LRN): this operator is not supported: "));
        Path good = file("g.onnx", model());
        assertTrue(Shell.bad(1, "import", good, "--input", "3x5x5").contains("which are images of 3x4x4, not of 3x5x5"));
        assertTrue(Shell.bad(1, "import", good, "--mean", "1,2").startsWith("metronome: " + good + ": 2 values of the mean for an input "
                + "of 3 channels"));
        assertTrue(Shell.bad(2, "import", good, "--mean", "1,,2").contains("--mean must be values with commas between them, each a number in ("));
        assertTrue(Shell.bad(2, "import", good, "--input", "3x5").contains("--input must be three whole numbers"));
        assertTrue(Shell.bad(2, "import", good, "--channel-order", "grb").contains("did you mean rgb?"));
        assertTrue(Shell.bad(1, "import", directory.resolve("none.onnx")).contains("none.onnx: cannot be read: no such file"));
    }
}
