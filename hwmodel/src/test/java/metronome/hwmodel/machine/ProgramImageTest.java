package metronome.hwmodel.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import metronome.hwmodel.memory.EventList;
import metronome.hwmodel.memory.Storage;
import metronome.hwmodel.soak.RandomCase;
import org.junit.jupiter.api.Test;

/** Is the memory of an earlier run as new again, whatever was written to it, the program itself not excepted? */
class ProgramImageTest {
    private static final long SEED = 20261128;

    @Test
    void whatWasWrittenIsRestored() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 40; i++) {
            ProgramImage image = ProgramImage.of(RandomCase.of(random).compile());
            Storage fresh = image.memory();
            Storage used = image.memory();
            assertEquals(0, used.writtenEnd(), "nothing written yet");
            for (int writes = random.nextInt(4); writes > 0; writes--) {
                write(random, used).accept(random.nextInt(used.bytes().length - 256));
            }
            image.restore(used);
            assertArrayEquals(fresh.bytes(), used.bytes(), "seed " + SEED + ", case " + i);
        }
    }

    /** One of the ways in which bytes can be written. */
    private static IntConsumer write(SplittableRandom random, Storage memory) {
        byte[] bytes = new byte[random.nextInt(1, 256)];
        random.nextBytes(bytes);
        return switch (random.nextInt(4)) {
            case 0 -> at -> memory.put(bytes, 0, at, bytes.length);
            case 1 -> at -> memory.putWord(at, random.nextInt());
            case 2 -> at -> {
                Storage other = new Storage(256);
                other.put(bytes, 0, 0, bytes.length);
                memory.copy(other, 0, at, bytes.length);
            };
            default -> at -> {
                EventList list = new EventList();
                random.ints(32).forEach(list::add);
                memory.putWords(at, list, 3, 20);
            };
        };
    }
}
