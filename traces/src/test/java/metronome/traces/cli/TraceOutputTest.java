package metronome.traces.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Is no trace lost to what is made of it, and is a destination that cannot be a file refused at once, with nothing left beside it? */
class TraceOutputTest {
    private static final Workshop SHOP = Workshop.shared();

    @TempDir
    private Path folder;
    private Path trace;
    private Path other;

    @BeforeEach
    void record() {
        trace = recorded("a.mtt", "spikes");
        other = recorded("b.mtt", "stalls");
    }

    private Path recorded(String name, String streams) {
        Path file = folder.resolve(name);
        Shell.good("trace", "record", "--images", 1, "-o", file, "--network", SHOP.file("spiking.safetensors"), "--streams", streams);
        return file;
    }

    /** Verbs with what they read. */
    private List<List<Object>> commands() {
        return List.of(List.of("trace", "cut", trace), List.of("trace", "merge", other, trace), List.of("trace", "export", trace, "--to", "csv"),
                List.of("trace", "export", trace, "--to", "vcd"), List.of("report", trace), List.of("report", other, trace),
                List.of("trace", "replay", trace, "--target", "edge", "--network", SHOP.file("spiking.safetensors")));
    }

    private static Object[] to(List<Object> command, Path out) {
        List<Object> words = new ArrayList<>(command);
        words.addAll(List.of("-o", out));
        return words.toArray();
    }

    @Test
    void noVerbWritesOverWhatItReads() throws IOException {
        byte[] before = Files.readAllBytes(trace);
        Path link = Files.createSymbolicLink(folder.resolve("link.mtt"), trace);
        for (List<Object> command : commands()) {
            for (Path out : List.of(trace, folder.resolve(".").resolve("a.mtt"), link)) {
                String err = Shell.bad(2, to(command, out));
                assertTrue(err.contains(": --output is " + trace + ", which is what is read, expected another file\n"), err);
            }
        }
        Path text = Files.writeString(folder.resolve("a.csv"), "image,layer,neuron,step\n0,0,0,0\n");
        assertTrue(Shell.bad(2, "trace", "import", text, "--from", "csv", "--shapes", "1x1x1", "-o", text).contains("--output is " + text));
        assertArrayEquals(before, Files.readAllBytes(trace));
    }

    @Test
    void aDirectoryIsNoDestination() throws IOException {
        Path directory = Files.createDirectory(folder.resolve("directory"));
        List<List<Object>> all = new ArrayList<>(commands());
        all.add(List.of("trace", "record", "--images", 1, "--network", SHOP.file("spiking.safetensors")));
        for (List<Object> command : all) {
            String err = Shell.bad(1, to(command, directory));
            assertTrue(err.endsWith("metronome: " + directory + ": cannot be written: it is a directory\n"), err);
        }
        try (var files = Files.list(folder)) {
            assertEquals(List.of(trace, other, directory), files.sorted().toList());
        }
    }

    @Test
    void aRecordingThatWasKilledIsNotWrittenOverByItsRescue() throws IOException {
        byte[] before = Files.readAllBytes(trace);
        Path killed = Files.write(folder.resolve("killed.mtt.part"), before);
        Path link = Files.createSymbolicLink(folder.resolve("link.mtt"), Files.write(folder.resolve("killed.mtt"), new byte[1]));
        for (List<Object> command : List.<List<Object>>of(List.of("trace", "cut", killed), List.of("trace", "merge", other, killed),
                List.of("trace", "import", killed, "--from", "npz"),
                List.of("trace", "replay", killed, "--network", SHOP.file("spiking.safetensors")))) {
            for (Path out : List.of(folder.resolve("killed.mtt"), link)) {
                assertTrue(Shell.bad(2, to(command, out)).contains(": --output is called " + killed
                        + " until it is whole, which is what is read, expected another file\n"), command.toString());
            }
        }
        assertArrayEquals(before, Files.readAllBytes(killed));
        Shell.good("trace", "cut", killed, "-o", folder.resolve("rescued.mtt"));
    }

    @Test
    void aLinkIsFollowed() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Files.createFile(folder.resolve("there")));
        for (List<Object> command : commands()) {
            Files.write(folder.resolve("there"), new byte[0]);
            Shell.good(to(command, link));
            assertTrue(Files.isSymbolicLink(link) && Files.size(folder.resolve("there")) > 0, command.toString());
        }
        try (var files = Files.list(folder)) {
            assertEquals(4, files.count());
        }
    }

    @Test
    void aPipeGetsWhatAFileWouldAndATraceIsRefused() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        Path file = folder.resolve("file");
        for (String format : List.of("csv", "perfetto", "vcd")) {
            CompletableFuture<byte[]> read = CompletableFuture.supplyAsync(() -> {
                try {
                    return Files.readAllBytes(pipe);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            Shell.good("trace", "export", trace, "--to", format, "-o", pipe);
            Shell.good("trace", "export", trace, "--to", format, "-o", file);
            assertEquals(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).replace(file.toString(), pipe.toString()),
                    new String(read.get(1, TimeUnit.MINUTES), StandardCharsets.UTF_8), format);
        }
        assertTrue(Shell.bad(1, "trace", "cut", trace, "-o", pipe).endsWith(
                "metronome: " + pipe + ": cannot be written: it is a device or a pipe, expected the name of a file\n"));
        try (var files = Files.list(folder)) {
            assertEquals(List.of(trace, other, file, pipe), files.sorted().toList());
        }
    }
}
