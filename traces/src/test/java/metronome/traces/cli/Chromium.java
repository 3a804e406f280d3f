package metronome.traces.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A browser without a window, driven by its command line alone.
 *
 * @param program the executable
 * @param folder for its profile and output
 */
record Chromium(Path program, Path folder) {
    static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final int MOST_SECONDS = 120;

    /** The first of the names on the PATH. */
    static Optional<Path> find() {
        return NAMES.stream().flatMap(name -> Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
                .map(directory -> Path.of(directory, name))).filter(Files::isExecutable).findFirst();
    }

    /** What a page has become after its scripts have run; nothing may stand in its console. */
    String dom(Path page, String... flags) throws Exception {
        return run(page, List.of("--dump-dom"), flags);
    }

    /** A picture of a page. */
    Path picture(Path page, String name, String... flags) throws Exception {
        Path file = folder.resolve(name);
        run(page, List.of("--screenshot=" + file), flags);
        return file;
    }

    private String run(Path page, List<String> task, String... flags) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString(), "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                "--enable-logging=stderr", "--user-data-dir=" + folder.resolve("profile")));
        command.addAll(task);
        command.addAll(List.of(flags));
        command.add(page.toUri().toString());
        Path out = folder.resolve("out");
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(log.toFile()).start();
        if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("takes longer than " + MOST_SECONDS + " s: " + command);
        }
        String told = Files.readString(log, java.nio.charset.StandardCharsets.ISO_8859_1);
        assertEquals(0, process.exitValue(), told);
        assertTrue(told.lines().noneMatch(line -> line.contains("CONSOLE")), () -> told.lines().filter(line -> line.contains("CONSOLE")).toList().toString());
        return Files.readString(out);
    }
}
