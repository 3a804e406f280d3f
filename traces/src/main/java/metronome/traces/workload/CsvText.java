package metronome.traces.workload;

import java.io.BufferedReader;
import java.io.IOException;

/** Lines and cells of spikes as text. */
final class CsvText {
    private static final String BYTE_ORDER_MARK = "\ufeff";
    private static final int LONGEST = 60;

    private CsvText() {
    }

    /** The first line of a file, without the mark with which some programs begin a text; as {@link BufferedReader#readLine}. */
    static String firstLine(BufferedReader in) throws IOException {
        String line = in.readLine();
        return line != null && line.startsWith(BYTE_ORDER_MARK) ? line.substring(BYTE_ORDER_MARK.length()) : line;
    }

    /** What is wrong with another line in the place of the headings. */
    static String fault(String expected, String found) {
        return "expected the line \"" + expected + "\", found \"" + shown(found) + "\"";
    }

    /** What is wrong with a line that does not have a cell for each of the headings. */
    static String cells(String count, String expected, String found) {
        return "expected " + count + " numbers " + expected + ", found \"" + shown(found) + "\"";
    }

    /** Whether a line is longer than any of numbers is. */
    static boolean tooLong(String line) {
        return line.length() > LONGEST;
    }

    /** What is wrong with a cell that has none of the numbers from 0 on. */
    static String outside(String what, int most, String cell) {
        return outside(what, most == 0 ? "0, as there is no other" : "a whole number in [0, " + most + "]", cell);
    }

    /** What is wrong with a cell that does not have what it must. */
    static String outside(String what, String expected, String cell) {
        String bare = cell.contains("\"") ? ", without quotes" : cell.equals(cell.strip()) ? "" : ", without blanks";
        return what + " must be " + expected + bare + ": " + (cell.isEmpty() ? "\"\"" : shown(cell));
    }

    private static String shown(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST - 3) + "..." : text;
    }
}
