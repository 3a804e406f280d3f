package metronome.core.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import metronome.core.io.AtomicFile;
import metronome.core.io.DataException;

/**
 * Downloads the IDX files of a data set. A file is kept only if its unpacked content has the expected SHA-256: the
 * checksums are of the content, because the same files are distributed in differently packed archives.
 */
public final class DataFetch {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LARGEST_ARCHIVE = 64 << 20;

    private final URI source;
    private final Map<IdxFile, String> sha256;

    private DataFetch(URI source, Map<IdxFile, String> sha256) {
        this.source = source;
        this.sha256 = sha256;
    }

    /**
     * Downloads a data set into the user's cache, where {@link DataSets#load} finds it. Each file appears whole or not at
     * all.
     *
     * @param name one of {@link DataSets#NAMES} that is not generated
     * @param progress is told one line for each file
     * @return the directory that holds the files
     * @throws DataException if the name is unknown, nothing is fetched of it, the network fails, or a file is not the one expected
     */
    public static Path fetch(String name, Consumer<String> progress) {
        DataFetch fetch = of(name);
        return fetch.into(DataSets.cache(name), progress);
    }

    /** The known source of a data set; checksums are of the unpacked files as their authors published them. */
    static DataFetch of(String name) {
        DataSets.checkName(name);
        return switch (name) {
            case "mnist" -> new DataFetch(URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/"), Map.of(
                    IdxFile.TRAINING_IMAGES, "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
                    IdxFile.TRAINING_LABELS, "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
                    IdxFile.TEST_IMAGES, "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
                    IdxFile.TEST_LABELS, "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"));
            case "fashion-mnist" -> new DataFetch(
                    URI.create("https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/"),
                    Map.of(
                    IdxFile.TRAINING_IMAGES, "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
                    IdxFile.TRAINING_LABELS, "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
                    IdxFile.TEST_IMAGES, "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
                    IdxFile.TEST_LABELS, "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"));
            case Cifar.NAME -> throw new DataException("data set \"" + name + "\" is not fetched: unpack " + Cifar.PUBLISHED
                    + " and name its directory with --data-dir");
            default -> throw new DataException("data set \"" + name + "\" is generated, there is nothing to fetch");
        };
    }

    /** The same files from another place, for example a mirror. */
    DataFetch from(URI other) {
        return new DataFetch(other, sha256);
    }

    Path into(Path directory, Consumer<String> progress) {
        try (HttpClient client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(PATIENCE).build()) {
            for (IdxFile file : IdxFile.values()) {
                URI address = source.resolve(file.archive());
                byte[] archive = download(client, address);
                check(address, archive, sha256.get(file));
                AtomicFile.write(directory.resolve(file.archive()), out -> out.write(archive));
                progress.accept(file.archive() + ": " + archive.length + " bytes, SHA-256 of its content is right");
            }
        }
        return directory;
    }

    private static byte[] download(HttpClient client, URI address) {
        try {
            HttpResponse<InputStream> response = client.send(HttpRequest.newBuilder(address).timeout(PATIENCE).build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() != 200) {
                    throw new DataException(address + ": HTTP status " + response.statusCode() + ", expected 200");
                }
                byte[] bytes = body.readNBytes(LARGEST_ARCHIVE + 1);
                if (bytes.length > LARGEST_ARCHIVE) {
                    throw new DataException(address + ": more than " + LARGEST_ARCHIVE + " bytes, expected fewer");
                }
                return bytes;
            }
        } catch (IOException e) {
            throw new DataException(address + ": cannot be downloaded: "
                    + (e.getMessage() == null ? "no connection (" + e.getClass().getSimpleName() + ")" : e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DataException(address + ": download interrupted", e);
        }
    }

    private static void check(URI address, byte[] archive, String expected) {
        String found;
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(archive), 1 << 16)) {
            found = HexFormat.of().formatHex(digest(in));
        } catch (IOException e) {
            throw new DataException(address + ": not a whole gzip file: " + e.getMessage(), e);
        }
        if (!found.equals(expected)) {
            throw new DataException(
                    address + ": SHA-256 of the unpacked content is " + found + ", expected " + expected + "; not kept");
        }
    }

    private static byte[] digest(InputStream in) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
        byte[] buffer = new byte[1 << 16];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            digest.update(buffer, 0, n);
        }
        return digest.digest();
    }
}
