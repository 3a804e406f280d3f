package metronome.traces.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * A strict reader of value change dumps (IEEE 1364-2005, clause 18.2), which fails at the first fault: codes or names that are declared
 * twice, scopes that are not closed, variables without a first value, values that are wider than their variable or not in their
 * shortest form, times that do not rise, changes to the same value, two changes of a variable at one time.
 */
public final class VcdFile {
    /** Of the types that we use. */
    private static final Map<String, Integer> WIDTHS = Map.of("wire", 1, "integer", 32, "real", 64);

    private final Map<String, Variable> variables = new HashMap<>();
    private final Map<String, NavigableMap<Long, String>> values = new TreeMap<>();
    private final Set<String> names = new HashSet<>();
    private final Deque<String> scopes = new ArrayDeque<>();
    private final List<String> comments = new ArrayList<>();
    private final Iterator<String> lines;
    private String timescale = "";
    private long now = -1;

    private record Variable(String path, String type, int width) {
    }

    private VcdFile(String text) {
        assertTrue(text.endsWith("\n"));
        lines = text.lines().iterator();
    }

    /** Reads a file. */
    public static VcdFile parse(String text) {
        VcdFile file = new VcdFile(text);
        file.declarations();
        file.first();
        while (file.lines.hasNext()) {
            file.line(file.lines.next());
        }
        return file;
    }

    /** The values of each variable from their times on, in the unit of {@link #timescale}; z is none. */
    public Map<String, NavigableMap<Long, String>> values() {
        return values;
    }

    /** What a unit of time is. */
    public String timescale() {
        return timescale;
    }

    /** The comments. */
    public List<String> comments() {
        return comments;
    }

    /** The last time. */
    public long end() {
        return now;
    }

    private void declarations() {
        while (true) {
            String line = lines.next();
            if (line.equals("$enddefinitions $end")) {
                assertTrue(scopes.isEmpty(), "scopes left open: " + scopes);
                assertFalse(timescale.isEmpty());
                return;
            }
            assertTrue(line.endsWith(" $end"), line);
            declare(line.substring(0, line.length() - " $end".length()).split(" ", 2));
        }
    }

    private void declare(String[] words) {
        switch (words[0]) {
            case "$version" -> assertFalse(words[1].isBlank());
            case "$comment" -> comments.add(words[1]);
            case "$timescale" -> {
                assertEquals("", timescale);
                assertTrue(words[1].matches("(1|10|100) (s|ms|us|ns|ps|fs)"), words[1]);
                timescale = words[1];
            }
            case "$scope" -> {
                assertTrue(words[1].matches("module [A-Za-z_][A-Za-z0-9_]*"), words[1]);
                scopes.addLast(words[1].substring("module ".length()));
                assertTrue(names.add(String.join("/", scopes)), "twice: " + scopes);
            }
            case "$upscope" -> scopes.removeLast();
            case "$var" -> variable(words[1].split(" "));
            default -> throw new AssertionError(words[0]);
        }
        assertFalse(words.length > 1 && words[1].contains("$end"));
    }

    private void variable(String[] words) {
        int width = Integer.parseInt(words[1]);
        assertEquals(WIDTHS.get(words[0]), width, words[0]);
        assertTrue(words[2].chars().allMatch(c -> c >= '!' && c <= '~'), words[2]);
        assertTrue(words[3].matches("[A-Za-z_][A-Za-z0-9_]*"), words[3]);
        assertEquals(4, words.length);
        String path = String.join("/", scopes) + "/" + words[3];
        assertTrue(names.add(path), "twice: " + path);
        assertEquals(null, variables.put(words[2], new Variable(path, words[0], width)), "a code twice: " + words[2]);
        values.put(path, new TreeMap<>());
    }

    private void first() {
        line(lines.next());
        assertEquals(0, now);
        assertEquals("$dumpvars", lines.next());
        for (int i = 0; i < variables.size(); i++) {
            line(lines.next());
        }
        assertTrue(values.values().stream().allMatch(v -> v.size() == 1), "not all variables have a first value");
        assertEquals("$end", lines.next());
    }

    private void line(String line) {
        switch (line.charAt(0)) {
            case '#' -> {
                long time = Long.parseLong(line.substring(1));
                assertTrue(time > now, "time " + time + " comes after " + now);
                now = time;
            }
            case '0', '1', 'z' -> change(line.substring(0, 1), line.substring(1), "wire", 1);
            case 'b' -> {
                String[] words = line.substring(1).split(" ");
                assertTrue(words[0].matches("z|0|1[01]*"), line);
                change(words[0], words[1], "integer", words[0].length());
            }
            case 'r' -> {
                String[] words = line.substring(1).split(" ");
                assertTrue(Double.isFinite(Double.parseDouble(words[0])));
                change(words[0], words[1], "real", 64);
            }
            default -> throw new AssertionError(line);
        }
    }

    private void change(String value, String code, String type, int width) {
        Variable variable = variables.get(code);
        assertTrue(variable != null, "no variable " + code);
        assertEquals(variable.type, type, variable.path);
        assertTrue(variable.width >= width, () -> variable.path + " is not so wide: " + value);
        NavigableMap<Long, String> history = values.get(variable.path);
        if (!history.isEmpty()) {
            assertNotEquals(history.lastEntry().getValue(), value, () -> variable.path + " does not change at " + now);
        }
        assertEquals(null, history.put(now, value), () -> variable.path + " changes twice at " + now);
    }
}
