package metronome.core.calibration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import metronome.core.io.DataException;
import metronome.core.network.Network;
import metronome.core.network.NetworkBuilder;
import metronome.core.network.NetworkFile;
import metronome.core.network.Shape;
import metronome.core.safetensors.Safetensors;
import metronome.core.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Does a network come back from its file with what is computed before it? */
class PreparedFileTest {
    private static final long SEED = 47;

    @TempDir
    private Path directory;

    private final SampleNetwork sample = new SampleNetwork(SEED);

    @ParameterizedTest
    @EnumSource(InputForm.class)
    void comesBack(InputForm form) {
        Prepared prepared = Prepared.of(sample.network(1), form);
        Path file = directory.resolve("p.safetensors");
        PreparedFile.write(file, prepared);
        Prepared back = PreparedFile.read(file);
        assertArrayEquals(PreparedFile.bytes(prepared), PreparedFile.bytes(back));
        assertEquals(new Shape(3, 9, 9), back.images());
        Tensor images = sample.images(3);
        assertArrayEquals(prepared.inputs(images, 1).data(), back.inputs(images, 2).data());
        DataException refused = assertThrows(DataException.class, () -> NetworkFile.read(file));
        assertTrue(refused.getMessage().startsWith(file + ": header: has \"metronome.front\""), refused.getMessage());
    }

    @Test
    void withoutAFrontItIsANetworksFile() {
        Network network = sample.network(1);
        assertArrayEquals(NetworkFile.bytes(network), PreparedFile.bytes(Prepared.plain(network)));
    }

    @Test
    void refusesPartsThatDoNotFit() {
        Network front = NetworkBuilder.chain("front", new Shape(1, 2, 2)).dense("f", 3).build();
        Network body = NetworkBuilder.chain("body", new Shape(4, 1, 1)).dense("b", 2).build();
        Path file = directory.resolve("p.safetensors");
        PreparedFile.write(file, new Prepared(Optional.of(front), body, 1));
        DataException refused = assertThrows(DataException.class, () -> PreparedFile.read(file));
        assertEquals(file + ": metronome.front: its output is 3x1x1, expected the network's input, 4x1x1", refused.getMessage());
    }

    /** A front without its tensors, a body without its graph, and a tensor of neither. */
    @Test
    void refusesWhatIsMissingOrTooMuch() throws Exception {
        Network front = NetworkBuilder.chain("front", new Shape(1, 2, 2)).dense("f", 4).build();
        Network body = NetworkBuilder.chain("body", new Shape(4, 1, 1)).dense("b", 2).build();
        Safetensors whole = Safetensors.parse(PreparedFile.bytes(new Prepared(Optional.of(front), body, 1)));
        Path file = directory.resolve("p.safetensors");
        LinkedHashMap<String, Tensor> tensors = new LinkedHashMap<>(whole.tensors());
        tensors.remove("front:f.bias");
        new Safetensors(tensors, whole.metadata()).write(file);
        assertThrows(DataException.class, () -> PreparedFile.read(file));
        tensors.put("front:f.bias", Tensor.zeros(4));
        tensors.put("front:g.bias", Tensor.zeros(4));
        new Safetensors(tensors, whole.metadata()).write(file);
        assertTrue(assertThrows(DataException.class, () -> PreparedFile.read(file)).getMessage().contains("tensor g.bias"));
        new Safetensors(whole.tensors(), new LinkedHashMap<>(Map.of(NetworkFile.FRONT, whole.metadata().get(NetworkFile.FRONT))))
                .write(file);
        assertThrows(DataException.class, () -> PreparedFile.read(file));
        assertTrue(Files.size(file) > 0);
    }
}
