package metronome.traces.sensor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The lines at the beginning of an AEDAT file, each of which begins with {@code #}.
 *
 * @param version as the first line has it: {@code 2.0} or {@code 3.1}
 * @param lines those behind the first, without their {@code #}
 */
record AedatHeader(String version, List<String> lines) {
    private static final String MAGIC = "#!AER-DAT";
    /** The version whose header need not say where it ends. */
    static final String VERSION_2 = "2.0";
    private static final List<String> VERSIONS = List.of(VERSION_2, "3.1");
    private static final int MOST_LINES = 100_000;

    /** Others than the two versions are refused by the first line, whatever comes behind it. Ends behind a line that says so; in version 2.0, where not all files have one, also before the first other line. */
    static AedatHeader read(ByteSource in) throws IOException {
        String first = in.follows('#') ? in.line() : "";
        if (!first.startsWith(MAGIC)) {
            throw in.fault("no AEDAT file: " + (first.isEmpty() ? "it does not begin with #" : "its first line is \"" + ByteSource.shown(first) + "\"")
                    + ", expected " + MAGIC + " and the version (version 1.0, which has no such line, is not read)");
        }
        String version = first.substring(MAGIC.length());
        if (!VERSIONS.contains(version)) {
            throw in.fault("AEDAT version \"" + ByteSource.shown(version) + "\", expected " + String.join(" or ", VERSIONS));
        }
        List<String> lines = new ArrayList<>();
        while (in.follows('#')) {
            String line = in.line().substring(1);
            if (line.equals("!END-HEADER") || line.strip().equalsIgnoreCase("End Of ASCII Header")) {
                return new AedatHeader(version, lines);
            }
            lines.add(line);
            if (lines.size() > MOST_LINES) {
                throw in.fault("a header of more than " + MOST_LINES + " lines");
            }
        }
        if (!version.equals(VERSION_2)) {
            throw in.fault("the header ends without a line #!END-HEADER");
        }
        return new AedatHeader(version, lines);
    }

    /** What follows a key in the first line that has it. */
    Optional<String> value(String key) {
        return lines.stream().filter(line -> line.strip().startsWith(key)).findFirst()
                .map(line -> line.strip().substring(key.length()).strip());
    }
}
