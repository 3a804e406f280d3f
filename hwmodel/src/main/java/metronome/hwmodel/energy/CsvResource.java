package metronome.hwmodel.energy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import metronome.core.io.DataException;

/**
 * A table that ships with this package: a header, then one line a row; the last column may hold commas.
 *
 * @param name the resource
 * @param header names of the columns
 * @param rows as text
 */
record CsvResource(String name, List<String> header, List<List<String>> rows) {
    static CsvResource read(String name) {
        try (InputStream in = CsvResource.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new DataException(name + ": no such table in the program");
            }
            return parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static CsvResource parse(String name, String text) {
        List<String> lines = text.lines().toList();
        if (lines.isEmpty()) {
            throw new DataException(name + ":1: expected a header, found nothing");
        }
        List<String> header = List.of(lines.getFirst().split(","));
        List<List<String>> rows = new java.util.ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            List<String> row = Arrays.asList(lines.get(i).split(",", header.size()));
            if (row.size() != header.size()) {
                throw new DataException(name + ":" + (i + 1) + ": expected " + header.size() + " columns, found "
                        + row.size());
            }
            rows.add(row);
        }
        return new CsvResource(name, header, List.copyOf(rows));
    }

    String text(int row, String column) {
        int index = header.indexOf(column);
        if (index < 0) {
            throw new DataException(name + ":1: has no column " + column);
        }
        return rows.get(row).get(index);
    }

    double number(int row, String column) {
        try {
            return Double.parseDouble(text(row, column));
        } catch (NumberFormatException e) {
            throw new DataException(name + ":" + (row + 2) + ": " + column + " must be a number: " + text(row, column), e);
        }
    }

    int size() {
        return rows.size();
    }
}
