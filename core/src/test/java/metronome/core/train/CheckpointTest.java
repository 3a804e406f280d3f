package metronome.core.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import metronome.core.data.Samples;
import metronome.core.data.StrokeDigits;
import metronome.core.io.DataException;
import metronome.core.network.Network;
import metronome.core.network.NetworkBuilder;
import metronome.core.network.NetworkFile;
import metronome.core.network.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Does an interrupted training go on to the same bits? */
class CheckpointTest {
    private static final Settings SETTINGS = settings(EarlyStop.NEVER);

    private static Settings settings(EarlyStop stop) {
        return new Settings(4, 64, new Schedule.Cosine(0.05, 0.001, 0.5), 0.9, 1e-3, new Augmentation.Flip(2), 5, stop, Rates.SCALE_FREE);
    }

    private final Samples samples = StrokeDigits.dataset(3, 150, 10).training();
    private final Network start = Weights.initialised(NetworkBuilder.chain("n", samples.shape())
            .convolution("c", 4, new Window(3, 3, 2, 1)).batchNormalisation("b").rectifier("r").dense("d", 10).build(), 1);

    @TempDir
    private Path directory;

    /** Leaves after some epochs, as a kill does: the file of the last whole epoch is there. */
    private static final class Left extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private byte[] train(Settings settings, int threads, int leaveAfter, List<Integer> epochs) {
        Progress progress = epoch -> {
            epochs.add(epoch.number());
            if (epoch.number() == leaveAfter) {
                throw new Left();
            }
        };
        return NetworkFile.bytes(Trainer.train("dnn", start, samples, settings, threads, progress,
                Checkpoints.in(directory, "digits")));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.25})
    void goesOnToTheSameBits(double heldOut) {
        Settings settings = settings(new EarlyStop(heldOut, 4));
        byte[] whole = NetworkFile.bytes(Trainer.train("dnn", start, samples, settings, 1, Progress.NONE,
                Checkpoints.none()));
        List<Integer> epochs = new ArrayList<>();
        assertThrows(Left.class, () -> train(settings, 2, 1, epochs));
        assertThrows(Left.class, () -> train(settings, 1, 3, epochs));
        assertArrayEquals(whole, train(settings, 2, 0, epochs));
        assertEquals(List.of(1, 2, 3, 4), epochs);
        assertArrayEquals(whole, train(settings, 2, 0, epochs), "a finished training is not begun anew");
        assertEquals(4, epochs.size());
    }

    @Test
    void refusesWhatIsNotItsOwn() throws IOException {
        List<Integer> epochs = new ArrayList<>();
        assertThrows(Left.class, () -> train(SETTINGS, 1, 1, epochs));
        Checkpoints kept = Checkpoints.in(directory, "digits");
        DataException other = assertThrows(DataException.class, () -> Trainer.train("dnn", start, samples.first(149),
                SETTINGS, 1, Progress.NONE, kept));
        assertTrue(other.getMessage().contains("digits-dnn.checkpoint: the checkpoint is of another training"),
                other.getMessage());
        Path file = directory.resolve("digits-dnn.checkpoint");
        byte[] bytes = Files.readAllBytes(file);
        for (int length = 0; length < bytes.length; length += 1 + bytes.length / 97) {
            Files.write(file, java.util.Arrays.copyOf(bytes, length));
            int cut = length;
            assertThrows(DataException.class, () -> train(SETTINGS, 1, 0, epochs), "cut at " + cut);
        }
    }
}
