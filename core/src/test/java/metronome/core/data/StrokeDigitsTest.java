package metronome.core.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

/** Are the generated digits the same everywhere, balanced, and mostly background? */
class StrokeDigitsTest {
    @Test
    void areTheSameForAnyNumberOfThreads() throws Exception {
        Samples all = StrokeDigits.samples(3, 500);
        try (ForkJoinPool one = new ForkJoinPool(1)) {
            Samples single = one.submit(() -> StrokeDigits.samples(3, 500)).get();
            assertArrayEquals(all.images(), single.images());
            assertArrayEquals(all.labels(), single.labels());
        }
    }

    private static byte[] bytes(int[] labels) {
        byte[] bytes = new byte[labels.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) labels[i];
        }
        return bytes;
    }

    @Test
    void areTheSameOnEveryMachine() throws Exception {
        Dataset digits = StrokeDigits.dataset(1, 100, 100);
        var digest = java.security.MessageDigest.getInstance("SHA-256");
        digest.update(digits.training().images());
        digest.update(bytes(digits.training().labels()));
        digest.update(digits.test().images());
        digest.update(bytes(digits.test().labels()));
        assertEquals("f332c14040f7d848438c95832ef231cdc90d66185cc9b12497b7564766ea3c23", HexFormat.of().formatHex(digest.digest()));
    }

    @Test
    void beginAlikeWhateverTheirNumber() {
        assertArrayEquals(StrokeDigits.samples(5, 40).images(), StrokeDigits.samples(5, 100).first(40).images());
    }

    @Test
    void differWithTheSeedAndBetweenTheParts() {
        Dataset one = StrokeDigits.dataset(1, 50, 50);
        Dataset two = StrokeDigits.dataset(2, 50, 50);
        assertFalse(Arrays.equals(one.training().images(), two.training().images()));
        assertFalse(Arrays.equals(one.training().images(), one.test().images()));
    }

    @Test
    void holdEveryClassEquallyOften() {
        Samples samples = StrokeDigits.samples(9, 1000);
        int[] often = new int[10];
        for (int i = 0; i < samples.count(); i++) {
            often[samples.label(i)]++;
        }
        assertArrayEquals(new int[] {100, 100, 100, 100, 100, 100, 100, 100, 100, 100}, often);
    }

    @Test
    void areMostlyBackground() {
        Samples samples = StrokeDigits.samples(4, 200);
        for (int i = 0; i < samples.count(); i++) {
            int ink = 0;
            for (byte pixel : samples.image(i)) {
                ink += pixel == 0 ? 0 : 1;
            }
            assertTrue(ink > 25 && ink < 784 * 0.45, "image " + i + " has ink in " + ink + " pixels");
        }
    }
}
