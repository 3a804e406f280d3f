package metronome.traces.scalesim;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import metronome.core.io.AtomicFile;
import metronome.core.io.DataException;
import metronome.hwmodel.systolic.MatrixProduct;

/**
 * Reads topology files, all faults in one message, a line each, with file, line, column and what was expected. The headings
 * say which of two forms the rows have: {@code name, IFMAP height, IFMAP width, filter height, filter width, channels,
 * filters, stride}, or {@code name, M, N, K}. Blank rows and a comma at the end of a row do not matter.
 */
public final class TopologyReader {
    private static final long MOST_BYTES = 1 << 20;
    private static final int MOST_EXTENT = 1 << 24;
    private static final int MOST_FAULTS = 50;
    private static final String EXPECTED = "expected the headings \"Layer name, IFMAP Height, IFMAP Width, Filter Height, "
            + "Filter Width, Channels, Num Filter, Strides\" or \"Layer, M, N, K\"";

    private final String source;
    private final List<String> faults = new ArrayList<>();
    private final List<Topology.Layer> layers = new ArrayList<>();

    private TopologyReader(String source) {
        this.source = source;
    }

    /**
     * {@return the layers of a file}
     *
     * @param file at most 1 MiB
     * @throws DataException with the faults of the file, or if it cannot be read
     */
    public static Topology read(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new DataException(file + ": " + Files.size(file) + " bytes are no topology: expected at most "
                        + MOST_BYTES);
            }
            return parse(Files.readString(file), file.toString());
        } catch (CharacterCodingException e) {
            throw new DataException(file + ": not a topology: expected text in UTF-8", e);
        } catch (IOException e) {
            throw AtomicFile.unreadable(file, e);
        }
    }

    /**
     * {@return the layers of a text}
     *
     * @param text lines of cells with commas between them
     * @param source what messages call it: a file's name
     * @throws DataException with the faults of the text
     */
    public static Topology parse(String text, String source) {
        return new TopologyReader(source).topology(text);
    }

    private Topology topology(String text) {
        Optional<TopologyRow.Headings> headings = Optional.empty();
        int line = 0;
        for (String each : (text.startsWith("\ufeff") ? text.substring(1) : text).lines().toList()) {
            line++;
            TopologyRow row = TopologyRow.of(line, each);
            if (row.blank()) {
                continue;
            }
            if (headings.isEmpty()) {
                headings = Optional.of(headings(row));
            } else {
                read(row, headings.get());
            }
        }
        if (faults.isEmpty() && layers.isEmpty()) {
            throw new DataException(source + ": no layer: " + EXPECTED + ", and a row for each layer");
        }
        if (!faults.isEmpty()) {
            throw new DataException(String.join("\n", faults.subList(0, Math.min(faults.size(), MOST_FAULTS)))
                    + (faults.size() > MOST_FAULTS ? "\n" + (faults.size() - MOST_FAULTS) + " more faults in " + source
                            : ""));
        }
        return new Topology(layers);
    }

    private TopologyRow.Headings headings(TopologyRow row) {
        return row.headings().orElseThrow(
                () -> new DataException(EXPECTED + ": \"" + row.shown() + "\"" + place(row.line(), 1)));
    }

    private void read(TopologyRow row, TopologyRow.Headings headings) {
        int before = faults.size();
        if (row.text(0).isEmpty()) {
            fault(row, 0, "must be the name of a layer");
        }
        headings.dense().forEach((column, heading) -> {
            if (!row.text(column).matches("|1|1:1")) {
                fault(row, column, heading + " must be 1 or empty, as it has no counterpart here");
            }
        });
        Optional<MatrixProduct> product = headings.products() ? product(row) : convolution(row, headings);
        if (faults.size() == before) {
            layers.add(new Topology.Layer(row.text(0), product.orElseThrow()));
        }
    }

    private Optional<MatrixProduct> product(TopologyRow row) {
        return product(row, number(row, 1, "M"), number(row, 2, "N"), number(row, 3, "K"));
    }

    private Optional<MatrixProduct> convolution(TopologyRow row, TopologyRow.Headings headings) {
        int height = number(row, 1, "IFMAP height");
        int width = number(row, 2, "IFMAP width");
        int filterHeight = number(row, 3, "filter height");
        int filterWidth = number(row, 4, "filter width");
        int channels = number(row, 5, "channels");
        int filters = number(row, 6, "number of filters");
        int stride = number(row, 7, "stride");
        int strideAcross = headings.strides() && !row.text(8).isEmpty() ? number(row, 8, "stride along the width") : stride;
        if (height > 0 && filterHeight > height) {
            fault(row, 3, "filter height must be at most the IFMAP height " + height);
        }
        if (width > 0 && filterWidth > width) {
            fault(row, 4, "filter width must be at most the IFMAP width " + width);
        }
        if (Math.min(stride, strideAcross) == 0) {
            return Optional.empty();
        }
        return product(row, positions(height, filterHeight, stride) * positions(width, filterWidth, strideAcross),
                filters, saturated(saturated(filterHeight, filterWidth), channels));
    }

    /** A product of two counts, or what certainly is too large for a {@link MatrixProduct}. */
    private static long saturated(long a, long b) {
        return a == 0 ? 0 : Math.min(b, MatrixProduct.MOST_MACS * 2 / a) * a;
    }

    /** SCALE-Sim rounds up: a window that hangs over the edge counts. */
    private static long positions(int extent, int filter, int stride) {
        return Math.ceilDiv((long) extent - filter + stride, (long) stride);
    }

    private Optional<MatrixProduct> product(TopologyRow row, long m, long n, long k) {
        if (Math.min(m, Math.min(n, k)) < 1) {
            return Optional.empty();
        }
        if (m > MatrixProduct.MOST_MACS / n || m * n > MatrixProduct.MOST_MACS / k) {
            fault(row, 0, "must come to at most " + MatrixProduct.MOST_MACS + " multiply-accumulates");
            return Optional.empty();
        }
        return Optional.of(new MatrixProduct(m, n, k));
    }

    /** A count; 0 after a fault. */
    private int number(TopologyRow row, int column, String what) {
        String text = row.text(column);
        if (text.matches("[0-9]{1,9}")) {
            int value = Integer.parseInt(text);
            if (value >= 1 && value <= MOST_EXTENT) {
                return value;
            }
        }
        fault(row, column, what + " must be a whole number in [1, " + MOST_EXTENT + "]");
        return 0;
    }

    private void fault(TopologyRow row, int column, String message) {
        String text = row.text(column);
        faults.add(message + ": " + (text.isEmpty() ? "nothing there" : "\"" + TopologyRow.shown(text) + "\"")
                + place(row.line(), row.place(column)));
    }

    private String place(int line, int column) {
        return " (" + source + ":" + line + ":" + column + ")";
    }
}
