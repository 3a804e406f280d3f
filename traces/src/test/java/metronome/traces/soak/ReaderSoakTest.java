package metronome.traces.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import metronome.core.io.DataException;
import metronome.traces.run.Watcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Does each reader take or refuse what is damaged, within bounds, and would the soak see one that does not? */
class ReaderSoakTest {
    private static final long SEED = 20261124;

    static Stream<String> names() {
        return SoakReaders.all().stream().map(SoakReader::name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void readersTakeOrRefuse(String name) {
        SoakReader reader = SoakReaders.all().stream().filter(r -> r.name().equals(name)).findFirst().orElseThrow();
        ReaderSoak.Result result = new ReaderSoak(reader).run(2000, SEED, 2, Watcher.NONE);
        System.out.println(name + ", seed " + SEED + ": " + result + ", at most " + result.mostAllocated() + " bytes allocated");
        assertEquals(List.of(), result.failures());
        assertEquals(2000, result.accepted() + result.refused());
        assertTrue(result.refused() > 1000, "most damage is seen: " + result);
    }

    private static ReaderSoak.Result soaked(SoakReader.Reads reads) {
        return new ReaderSoak(new SoakReader("test", () -> List.of(new byte[] {1, 2, 3}), reads)).run(200, SEED, 1, Watcher.NONE);
    }

    private static boolean valid(byte[] bytes) {
        return bytes.length == 3 && bytes[0] == 1;
    }

    @Test
    void otherErrorsFailAndTellTheirSeed() {
        ReaderSoak.Result result = soaked((bytes, _) -> {
            if (!valid(bytes)) {
                throw new IndexOutOfBoundsException("no");
            }
        });
        assertEquals(result.inputs(), result.accepted() + result.failures().size());
        assertTrue(result.failures().getFirst().matches("test, seed \\d+: java.lang.IndexOutOfBoundsException: no at .*"),
                result.failures().getFirst());
        assertTrue(result.toString().matches("200 inputs, [0-9,]+ accepted, 0 refused, [0-9,]+ failed"), result.toString());
    }

    @Test
    void deepRecursionFails() {
        assertTrue(soaked((bytes, _) -> {
            if (!valid(bytes)) {
                deep(0);
            }
        }).failures().getFirst().contains("StackOverflowError"));
    }

    private static int deep(int level) {
        return deep(level + 1) + 1;
    }

    @Test
    void allocationIsBounded() {
        ReaderSoak.Result result = soaked((bytes, _) -> {
            if (!valid(bytes) && new int[5 << 20].length > 0) {
                throw new DataException("too late");
            }
        });
        assertEquals(0, result.refused());
        assertTrue(result.failures().getFirst().contains(": allocates 2097"), result.failures().getFirst());
        assertTrue(result.mostAllocated() > 20 << 20);
    }

    @Test
    void aReaderThatRefusesValidFilesIsNotSoaked() {
        assertThrows(IllegalStateException.class, () -> soaked((_, _) -> {
            throw new DataException("never");
        }));
    }

    @Test
    void seedsGiveTheSameFiles() {
        ReaderSoak one = new ReaderSoak(SoakReaders.all().getFirst());
        ReaderSoak two = new ReaderSoak(SoakReaders.all().getFirst());
        for (long seed = 0; seed < 100; seed++) {
            assertEquals(java.util.HexFormat.of().formatHex(one.file(seed)), java.util.HexFormat.of().formatHex(two.file(seed)));
        }
    }
}
