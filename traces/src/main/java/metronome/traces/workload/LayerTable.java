package metronome.traces.workload;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import metronome.core.io.AtomicFile;
import metronome.core.io.DataException;
import metronome.core.io.Nearest;
import metronome.core.io.WholeNumber;
import metronome.core.network.Shape;
import metronome.core.network.Window;

/**
 * Tables of layers as CSV (docs/formats.md): a line of headings that has {@link #COLUMNS}, in any order and among others, then a
 * row a layer, those of a network one after the other.
 */
public final class LayerTable {
    /** The columns that are read. */
    public static final List<String> COLUMNS = List.of("net", "layer", "type", "in_c", "in_h", "in_w", "kernel", "stride", "pad",
            "groups", "out_c", "out_h", "out_w");
    /** The networks that {@link #shipped} knows. */
    public static final List<String> SHIPPED = List.of("lenet5_mnist", "vgg9_cifar10");
    private static final long MOST_BYTES = 1 << 20;
    private static final int MOST_EXTENT = 1 << 24;

    private final String source;
    private final SequencedSet<String> networks = new LinkedHashSet<>();
    private List<String> headings = List.of();
    private int line;

    private LayerTable(String source) {
        this.source = source;
    }

    /**
     * {@return the layers of a network of a file}
     *
     * @param file at most 1 MiB
     * @param net the network's name
     * @throws DataException naming file, line, value and expectation of the first fault; rows of other networks may hold what is
     *     not understood here
     */
    public static List<LayerRow> read(Path file, String net) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new DataException(file + ": " + Files.size(file) + " bytes are no table of layers: expected at most " + MOST_BYTES);
            }
            return parse(Files.readString(file), file.toString(), net);
        } catch (CharacterCodingException e) {
            throw new DataException(file + ": no table of layers: expected text in UTF-8", e);
        } catch (IOException e) {
            throw AtomicFile.unreadable(file, e);
        }
    }

    /**
     * {@return the layers of a network whose published spikes are known and whose layers are in no other table}
     *
     * @param net the network's name, one of {@link #SHIPPED}
     * @throws DataException if it is none
     */
    public static List<LayerRow> shipped(String net) {
        try (InputStream in = LayerTable.class.getResourceAsStream("layers.csv")) {
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), "the layers that ship", net);
        } catch (IOException e) {
            throw new UncheckedIOException("resources do not fail", e);
        }
    }

    /**
     * {@return the layers of a network of a text}
     *
     * @param text a line of headings, then a row a layer
     * @param source what messages call it
     * @param net the network's name
     * @throws DataException as {@link #read}
     */
    public static List<LayerRow> parse(String text, String source, String net) {
        LayerTable table = new LayerTable(source);
        List<LayerRow> rows = new ArrayList<>();
        for (String each : text.lines().toList()) {
            table.line++;
            List<String> cells = Arrays.stream(each.split(",", -1)).map(String::strip).toList();
            if (table.line == 1) {
                table.headings(cells);
            } else if (!each.isBlank() && table.network(cells).equals(net)) {
                rows.add(table.row(cells));
            }
        }
        if (rows.isEmpty()) {
            throw new DataException(source + ": no network \"" + net + "\", expected one of " + String.join(", ", table.networks)
                    + Nearest.hint(net, table.networks));
        }
        return rows;
    }

    private void headings(List<String> cells) {
        COLUMNS.stream().filter(column -> cells.indexOf(column) < 0 || cells.indexOf(column) != cells.lastIndexOf(column)).findFirst()
                .ifPresent(column -> {
                    throw fault("expected one column \"" + column + "\" among the headings");
                });
        headings = cells;
    }

    private String network(List<String> cells) {
        if (cells.size() != headings.size()) {
            throw fault(cells.size() + " cells, expected " + headings.size());
        }
        String net = cells.get(headings.indexOf("net"));
        if (!networks.add(net) && !net.equals(networks.getLast())) {
            throw fault("network \"" + shown(net) + "\" again, expected its layers one after the other");
        }
        return net;
    }

    private LayerRow row(List<String> cells) {
        try {
            return layer(cells);
        } catch (IllegalArgumentException e) {
            throw fault(e.getMessage());
        }
    }

    private LayerRow layer(List<String> cells) {
        Shape input = new Shape(number(cells, "in_c", 1), number(cells, "in_h", 1), number(cells, "in_w", 1));
        Shape output = new Shape(number(cells, "out_c", 1), number(cells, "out_h", 1), number(cells, "out_w", 1));
        String type = cells.get(headings.indexOf("type"));
        Window window = switch (type) {
            case "fc" -> Window.covering(input);
            case "conv" -> new Window(number(cells, "kernel", 1), number(cells, "kernel", 1), number(cells, "stride", 1),
                    number(cells, "pad", 0)).grouped(number(cells, "groups", 1));
            default -> throw fault("type must be conv or fc: " + shown(type));
        };
        return new LayerRow(cells.get(headings.indexOf("layer")), input, window, output);
    }

    private int number(List<String> cells, String column, int least) {
        String text = cells.get(headings.indexOf(column));
        return (int) WholeNumber.of(text, least, MOST_EXTENT).orElseThrow(
                () -> fault(column + " must be a whole number in [" + least + ", " + MOST_EXTENT + "]: " + shown(text)));
    }

    private static String shown(String text) {
        return text.length() > 40 ? text.substring(0, 37) + "..." : text;
    }

    private DataException fault(String message) {
        return new DataException(source + ":" + line + ": " + message);
    }
}
