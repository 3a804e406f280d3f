package metronome.traces.scalesim;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * A line of a topology file.
 *
 * @param line its number, from 1
 * @param cells what stands between the commas, blanks included
 */
record TopologyRow(int line, List<String> cells) {
    private static final int LONGEST = 60;

    /**
     * What the line of headings says of the rows.
     *
     * @param products whether they are M, N, K; else they are convolutions
     * @param strides whether there is a stride of its own along the width
     * @param dense columns, with their headings, in which only 1 has a meaning here
     */
    record Headings(boolean products, boolean strides, SequencedMap<Integer, String> dense) {
    }

    static TopologyRow of(int line, String text) {
        return new TopologyRow(line, List.of(text.split(",", -1)));
    }

    boolean blank() {
        return cells.stream().allMatch(String::isBlank);
    }

    /** {@return a cell without the blanks around it; empty where the row is too short} */
    String text(int column) {
        return column < cells.size() ? cells.get(column).strip() : "";
    }

    /** {@return the place of a cell's first character in the line, from 1; of a missing cell, of the end} */
    int place(int column) {
        int place = 1;
        for (String cell : cells.subList(0, Math.min(column, cells.size()))) {
            place += cell.length() + 1;
        }
        if (column >= cells.size()) {
            return place - 1;
        }
        String cell = cells.get(column);
        return cell.isBlank() ? place : place + cell.length() - cell.stripLeading().length();
    }

    String shown() {
        return shown(String.join(",", cells));
    }

    /** {@return a text for a message: cut where it is long, control characters replaced} */
    static String shown(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
        return cut.replaceAll("\\p{Cntrl}", "?");
    }

    /** {@return what this row says as the line of headings, if it is one} */
    Optional<Headings> headings() {
        List<String> names = cells.stream().map(c -> c.strip().toLowerCase(Locale.ROOT)).toList();
        boolean products = names.size() >= 4 && names.subList(1, 4).equals(Arrays.asList("m", "n", "k"));
        if (!products && !(names.size() >= 8 && names.get(1).contains("ifmap") && names.get(3).contains("filter"))) {
            return Optional.empty();
        }
        SequencedMap<Integer, String> dense = new TreeMap<>();
        for (int i = products ? 4 : 8; i < names.size(); i++) {
            if (names.get(i).contains("sparsity") || names.get(i).contains("batch")) {
                dense.put(i, names.get(i));
            }
        }
        return Optional.of(new Headings(products, !products && names.size() > 8 && names.get(8).contains("stride"),
                dense));
    }
}
