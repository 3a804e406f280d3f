package metronome.core.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import metronome.core.io.DataException;
import metronome.core.network.Shape;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Are data sets found where they should be, and fetched only if they are the right ones? */
class DataSetsTest {
    @TempDir
    private Path directory;

    @Test
    void readsFromTheDirectoryOrItsSubDirectory() throws IOException {
        write(directory.resolve("mnist"));
        Dataset below = DataSets.load("mnist", Optional.of(directory));
        Dataset there = DataSets.load("mnist", Optional.of(directory.resolve("mnist")));
        assertEquals(new Shape(1, 2, 2), below.shape());
        assertEquals(1, there.test().label(1));
    }

    @Test
    void saysWhereItLookedAndWhatToDo() {
        String message = refused(() -> DataSets.load("mnist", Optional.of(directory)));
        assertTrue(message.contains(directory + " and " + directory.resolve("mnist")), message);
        assertTrue(message.contains("metronome data fetch mnist"), message);
        assertTrue(message.contains("--data-dir"), message);
        assertEquals("unknown data set \"nist\", expected one of digits, mnist, fashion-mnist, cifar10",
                refused(() -> DataSets.load("nist", Optional.empty())));
    }

    @Test
    void cachesWhereTheUserKeepsCaches() {
        assertEquals(Path.of("/x/metronome/mnist"), DataSets.cache("mnist", Optional.of("/x")));
        Path home = Path.of(System.getProperty("user.home"), ".cache", "metronome", "mnist");
        assertEquals(home, DataSets.cache("mnist", Optional.of("relative")));
        assertEquals(home, DataSets.cache("mnist", Optional.empty()));
    }

    @Test
    void refusesToFetchWhatItCannot() {
        assertTrue(refused(() -> DataFetch.fetch("nist", line -> { })).startsWith("unknown data set \"nist\""));
        assertEquals("data set \"digits\" is generated, there is nothing to fetch",
                refused(() -> DataFetch.fetch("digits", line -> { })));
        String message = refused(() -> DataFetch.of("mnist").from(URI.create("http://127.0.0.1:9/")).into(directory, line -> { }));
        assertTrue(message.startsWith("http://127.0.0.1:9/train-images-idx3-ubyte.gz: cannot be downloaded: "), message);
    }

    @Test
    void refusesWrongContentAndKeepsNothing() throws IOException {
        byte[] wrong = IdxReaderTest.gzip(IdxReaderTest.labels(1, 1));
        String message = refused(() -> served(wrong, 200, source -> DataFetch.of("mnist").from(source).into(directory, line -> { })));
        assertTrue(message.contains("SHA-256 of the unpacked content is "), message);
        message = refused(() -> served(new byte[] {1, 2}, 200, source -> DataFetch.of("mnist").from(source).into(directory, line -> { })));
        assertTrue(message.contains("not a whole gzip file"), message);
        message = refused(() -> served(wrong, 404, source -> DataFetch.of("mnist").from(source).into(directory, line -> { })));
        assertTrue(message.contains("HTTP status 404, expected 200"), message);
        try (var files = Files.list(directory)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void fetchesTheRealFiles() throws IOException {
        Path debian = Path.of("/usr/share/datasets/fashion-mnist");
        Assumptions.assumeTrue(Files.isDirectory(debian), "Debian's package dataset-fashion-mnist is not installed");
        List<String> lines = new ArrayList<>();
        served(debian, source -> DataFetch.of("fashion-mnist").from(source).into(directory, lines::add));
        assertEquals(4, lines.size());
        Dataset fashion = DataSets.load("fashion-mnist", Optional.of(directory));
        assertEquals(60_000, fashion.training().count());
        assertEquals(10_000, fashion.test().count());
    }

    @Test
    void mnistIsTheOneThatTheChecksumsMean() throws Exception {
        String data = System.getenv("METRONOME_DATA");
        Assumptions.assumeTrue(data != null, "METRONOME_DATA is not set");
        Path mnist = Path.of(data, "mnist");
        served(mnist, source -> DataFetch.of("mnist").from(source).into(directory, line -> { }));
        assertEquals(60_000, DataSets.load("mnist", Optional.of(directory)).training().count());
    }

    @FunctionalInterface
    private interface Client {
        void use(URI source);
    }

    private static void served(Path files, Client client) {
        serve(exchange -> {
            byte[] body = Files.readAllBytes(files.resolve(Path.of(exchange.getRequestURI().getPath()).getFileName()));
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        }, client);
    }

    private static void served(byte[] body, int status, Client client) {
        serve(exchange -> {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        }, client);
    }

    private static void serve(com.sun.net.httpserver.HttpHandler handler, Client client) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", handler);
            server.start();
            try {
                client.use(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"));
            } finally {
                server.stop(0);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String refused(org.junit.jupiter.api.function.Executable executable) {
        return assertThrows(DataException.class, executable).getMessage();
    }

    private static void write(Path place) throws IOException {
        Files.createDirectories(place);
        for (String part : List.of("train", "t10k")) {
            Files.write(place.resolve(part + "-images-idx3-ubyte"), IdxReaderTest.images(2, 2, 2, new byte[8]));
            Files.write(place.resolve(part + "-labels-idx1-ubyte.gz"), IdxReaderTest.gzip(IdxReaderTest.labels(2, 0, 1)));
        }
    }
}
