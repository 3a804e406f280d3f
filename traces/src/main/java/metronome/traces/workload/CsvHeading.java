package metronome.traces.workload;

import java.io.BufferedReader;
import java.io.IOException;

/** The line of headings with which spikes as text begin. */
final class CsvHeading {
    private static final String BYTE_ORDER_MARK = "\ufeff";
    private static final int LONGEST = 60;

    private CsvHeading() {
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

    private static String shown(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST - 3) + "..." : text;
    }
}
