package metronome.traces.record;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import metronome.core.code.TemporalCode;
import metronome.core.io.AtomicFile;
import metronome.core.io.DataException;
import metronome.core.network.Shape;
import metronome.core.spiking.LeakPolicy;
import metronome.isa.target.TargetField;

/** Reads records strictly, a line at a time. */
final class SpikeCsvReader {
    private static final String LAZY = "# leak lazy ";
    private static final int LONGEST_LINE = 100_000;
    private static final int MAX_NEURONS_PER_IMAGE = 1 << 24;
    /** Every image has spikes, each at least eight characters long: no file rightly announces more than its size allows. */
    private static final int LEAST_IMAGE_BYTES = 8;
    /** Neurons of all images, whose steps lie in arrays: so many in any case, and so many for each byte of the file. */
    private static final int FREE_NEURONS = MAX_NEURONS_PER_IMAGE;
    private static final int NEURONS_PER_BYTE = 1024;

    private final String source;
    private final long bytes;
    private final BufferedReader in;
    private int line;
    private List<SpikeRecord.Layer> layers = List.of();
    private int steps;
    private final List<int[][]> images = new ArrayList<>();
    private long spikes;
    private long last = -1;

    private SpikeCsvReader(String source, long bytes, BufferedReader in) {
        this.source = source;
        this.bytes = bytes;
        this.in = in;
    }

    static SpikeRecord read(Path file) {
        try (BufferedReader in = Files.newBufferedReader(file)) {
            return new SpikeCsvReader(file.toString(), Files.size(file), in).record();
        } catch (CharacterCodingException e) {
            throw new DataException(file + ": not a spike record: expected text in UTF-8", e);
        } catch (IOException e) {
            throw new DataException(file + ": cannot be read: " + AtomicFile.reason(e), e);
        }
    }

    private SpikeRecord record() throws IOException {
        String first = next("the line \"" + SpikeCsv.MAGIC + "\"");
        if (!first.equals(SpikeCsv.MAGIC)) {
            throw fault("not a spike record: expected \"" + SpikeCsv.MAGIC + "\", found \"" + shown(first) + "\"");
        }
        String network = header("network");
        String hash = header("network-sha256");
        if (!hash.matches("[0-9a-f]{64}")) {
            throw fault("network-sha256 must be 64 hexadecimal digits: " + shown(hash));
        }
        String dataset = header("dataset");
        steps = whole("steps", header("steps"), 1, 1000);
        double timeConstant = timeConstant(header("time-constant-steps"));
        String text = next("\"# leak lazy N\" or \"# layers ...\"");
        LeakPolicy leak = LeakPolicy.EAGER;
        if (text.startsWith(LAZY)) {
            leak = new LeakPolicy(whole("leak lazy", text.substring(LAZY.length()), 1, (int) TargetField.POWER_ENTRIES.most()));
            text = next("\"# layers ...\"");
        }
        layers = layers(header("layers", text));
        int count = whole("images", header("images"), 1, 
                Math.clamp(bytes / LEAST_IMAGE_BYTES, 1, Integer.MAX_VALUE));
        long neurons = count * layers.stream().mapToLong(l -> l.shape().size()).sum();
        if (neurons > FREE_NEURONS + bytes * NEURONS_PER_BYTE) {
            throw fault("images " + count + " have " + neurons + " neurons, far more than the spikes for which there is room in the "
                    + "file's " + bytes + " bytes");
        }
        if (!next("the line \"" + SpikeCsv.COLUMNS + "\"").equals(SpikeCsv.COLUMNS)) {
            throw fault("expected the line \"" + SpikeCsv.COLUMNS + "\"");
        }
        rows(count);
        return new SpikeRecord(new SpikeRecord.Header(network, hash, dataset, steps, timeConstant, leak, layers), images);
    }

    private void rows(int count) throws IOException {
        String text = next("a spike or the line \"" + SpikeCsv.END + "N\"");
        while (!text.startsWith(SpikeCsv.END)) {
            row(text, count);
            text = next("a spike or the line \"" + SpikeCsv.END + "N\": the file is cut short");
        }
        if (!text.equals(SpikeCsv.END + spikes)) {
            throw fault("expected \"" + SpikeCsv.END + spikes + "\" after " + spikes + " spikes, found \"" + shown(text)
                    + "\"");
        }
        if (in.readLine() != null) {
            throw fault("expected nothing after the line \"" + text + "\"");
        }
        while (images.size() < count) {
            images.add(silent());
        }
    }

    private void row(String text, int count) {
        String[] cells = text.split(",", -1);
        if (cells.length != 4) {
            throw fault("expected four numbers " + SpikeCsv.COLUMNS + ", found \"" + shown(text) + "\"");
        }
        int image = whole("image", cells[0], 0, count - 1);
        int layer = whole("layer", cells[1], 0, layers.size() - 1);
        int neuron = whole("neuron", cells[2], 0, layers.get(layer).shape().size() - 1);
        int step = whole("step", cells[3], 0, steps);
        long place = ((long) image * layers.size() + layer) * MAX_NEURONS_PER_IMAGE + neuron;
        if (place <= last) {
            throw fault("spikes must come ordered by image, layer and neuron, each once: " + shown(text));
        }
        last = place;
        while (images.size() <= image) {
            images.add(silent());
        }
        images.get(image)[layer][neuron] = step;
        spikes++;
    }

    private int[][] silent() {
        int[][] image = new int[layers.size()][];
        for (int layer = 0; layer < image.length; layer++) {
            image[layer] = new int[layers.get(layer).shape().size()];
            Arrays.fill(image[layer], TemporalCode.SILENT);
        }
        return image;
    }

    private String header(String key) throws IOException {
        return header(key, next("\"# " + key + " ...\""));
    }

    private String header(String key, String text) {
        String start = "# " + key + " ";
        if (!text.startsWith(start) || text.length() == start.length()) {
            throw fault("expected \"" + start + "...\", found \"" + shown(text) + "\"");
        }
        return text.substring(start.length());
    }

    private List<SpikeRecord.Layer> layers(String text) {
        List<SpikeRecord.Layer> found = new ArrayList<>();
        long neurons = 0;
        for (String word : text.split(" ", -1)) {
            SpikeRecord.Layer layer = layer(word).orElseThrow(() -> fault(
                    "layers must be NAME:CHANNELSxHEIGHTxWIDTH, apart by spaces: \"" + shown(word) + "\""));
            neurons += layer.shape().size();
            found.add(layer);
        }
        if (neurons > MAX_NEURONS_PER_IMAGE) {
            throw fault("layers have " + neurons + " neurons, expected at most " + MAX_NEURONS_PER_IMAGE);
        }
        return List.copyOf(found);
    }

    private static Optional<SpikeRecord.Layer> layer(String word) {
        int colon = word.lastIndexOf(':');
        try {
            Shape shape = SpikeCsv.shape(word.substring(colon + 1));
            return colon < 1 ? Optional.empty() : Optional.of(new SpikeRecord.Layer(word.substring(0, colon), shape));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private double timeConstant(String text) {
        try {
            double value = Double.parseDouble(text);
            if (value > 0 && value <= 1000) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw fault("time-constant-steps must be a number in (0, 1000]: " + shown(text));
    }

    private int whole(String what, String text, int least, int most) {
        try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw fault(what + " must be a whole number in [" + least + ", " + most + "]: " + shown(text));
    }

    private String next(String expected) throws IOException {
        String text = in.readLine();
        line++;
        if (text == null) {
            throw fault("expected " + expected + ", found the end of the file");
        }
        if (text.length() > LONGEST_LINE) {
            throw fault("a line of " + text.length() + " characters, expected at most " + LONGEST_LINE);
        }
        return text;
    }

    private static String shown(String text) {
        return text.length() > 60 ? text.substring(0, 57) + "..." : text;
    }

    private DataException fault(String message) {
        return new DataException(source + ":" + line + ": " + message);
    }
}
