package metronome.core.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import metronome.core.data.Samples;
import metronome.core.data.StrokeDigits;
import metronome.core.network.Inference;
import metronome.core.network.Network;
import metronome.core.network.NetworkBuilder;
import metronome.core.network.NetworkFile;
import org.junit.jupiter.api.Test;

/** Does a training give the best network that it came through, and end when none better comes? */
class EarlyStopTest {
    private static final long SEED = 7;

    private final Samples samples = StrokeDigits.dataset(SEED, 400, 10).training();
    private final Network start = Weights.initialised(NetworkBuilder.chain("n", samples.shape()).dense("d", 10).build(), SEED);
    private final List<Progress.Epoch> heard = new ArrayList<>();

    private Network train(int epochs, double rate, EarlyStop stop) {
        Settings settings = new Settings(epochs, 64, new Schedule.Cosine(rate, rate, 0), 0.9, 0, new Augmentation.None(), SEED, stop, Rates.EQUAL);
        return Trainer.train("n", start, samples, settings, 2, heard::add, Checkpoints.none());
    }

    /** A rate far too high makes the network now better, now worse. */
    @Test
    void theBestEpochIsGiven() {
        EarlyStop stop = new EarlyStop(0.25, 20);
        Network trained = train(12, 2, stop);
        double[] shares = heard.stream().mapToDouble(e -> e.heldOut().orElseThrow()).toArray();
        double best = java.util.Arrays.stream(shares).max().orElseThrow();
        assertTrue(shares[shares.length - 1] < best, "the last must not be the best for this test, seed " + SEED);
        assertEquals(best, Inference.of(trained).accuracy(stop.heldOut(samples), 1), "seed " + SEED);
    }

    @Test
    void endsWhenNoneBetterComes() {
        Network trained = train(12, 0, new EarlyStop(0.25, 3));
        assertEquals(List.of(1, 2, 3), heard.stream().map(Progress.Epoch::number).toList());
        assertArrayEquals(NetworkFile.bytes(start), NetworkFile.bytes(trained));
    }

    /** What is held out is not learned from: a training without those images gives the same weights. */
    @Test
    void heldOutImagesAreNotLearnedFrom() {
        EarlyStop stop = new EarlyStop(0.25, 20);
        assertEquals(300, stop.learned(samples).count());
        assertEquals(100, stop.heldOut(samples).count());
        assertArrayEquals(samples.image(300), stop.heldOut(samples).image(0));
        byte[] with = NetworkFile.bytes(train(1, 0.01, stop));
        Settings settings = new Settings(1, 64, new Schedule.Cosine(0.01, 0.01, 0), 0.9, 0, new Augmentation.None(), SEED,
                EarlyStop.NEVER, Rates.EQUAL);
        assertArrayEquals(NetworkFile.bytes(Trainer.train("n", start, samples.first(300), settings, 1, Progress.NONE,
                Checkpoints.none())), with);
        assertTrue(heard.getFirst().heldOut().isPresent());
    }

    @Test
    void refusesSharesOfAll() {
        assertThrows(IllegalArgumentException.class, () -> new EarlyStop(1, 1));
        assertThrows(IllegalArgumentException.class, () -> new EarlyStop(0.1, 0));
    }
}
