package metronome.core.json;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import metronome.core.io.DataException;
import metronome.core.json.Json.Position;

/** A strict reader of RFC 8259: duplicate keys, trailing text and over-deep nesting are errors, with line and column. */
public final class JsonParser {
    private static final int MAX_DEPTH = 200;

    private final String text;
    private int next;
    private int line = 1;
    private int lineStart;
    private int depth;

    private JsonParser(String text) {
        this.text = text;
    }

    /**
     * {@return the one value that the text holds}
     *
     * @param text a whole JSON document
     * @throws DataException with line and column of the first fault
     */
    public static Json parse(String text) {
        JsonParser parser = new JsonParser(text);
        Json value = parser.value();
        parser.skipSpace();
        if (parser.next < text.length()) {
            throw parser.fault("expected the end of the text");
        }
        return value;
    }

    private Json value() {
        skipSpace();
        Position at = position();
        if (next >= text.length()) {
            throw fault("expected a value, found the end of the text");
        }
        return switch (text.charAt(next)) {
            case '{' -> nested(() -> object(at));
            case '[' -> nested(() -> array(at));
            case '"' -> new Json.Str(string(), at);
            case 't' -> literal("true", new Json.Bool(true, at));
            case 'f' -> literal("false", new Json.Bool(false, at));
            case 'n' -> literal("null", new Json.Nil(at));
            default -> number(at);
        };
    }

    private Json nested(java.util.function.Supplier<Json> body) {
        if (++depth > MAX_DEPTH) {
            throw fault("nested deeper than " + MAX_DEPTH);
        }
        Json value = body.get();
        depth--;
        return value;
    }

    private Json object(Position at) {
        SequencedMap<String, Json> members = new LinkedHashMap<>();
        Map<String, Position> keys = new HashMap<>();
        next++;
        if (!accept('}')) {
            do {
                skipSpace();
                Position keyAt = position();
                if (next >= text.length() || text.charAt(next) != '"') {
                    throw fault("expected a key in double quotes");
                }
                String key = string();
                expect(':');
                if (keys.put(key, keyAt) != null) {
                    throw new DataException("key \"" + key + "\" stands twice in one object (" + keyAt + ")");
                }
                members.put(key, value());
            } while (accept(','));
            expect('}');
        }
        return new Json.Obj(java.util.Collections.unmodifiableSequencedMap(members), Map.copyOf(keys), at);
    }

    private Json array(Position at) {
        List<Json> items = new ArrayList<>();
        next++;
        if (!accept(']')) {
            do {
                items.add(value());
            } while (accept(','));
            expect(']');
        }
        return new Json.Arr(List.copyOf(items), at);
    }

    private Json literal(String word, Json value) {
        if (!text.startsWith(word, next)) {
            throw fault("expected a value");
        }
        next += word.length();
        return value;
    }

    private Json number(Position at) {
        int start = next;
        skip('-');
        int firstDigit = next;
        digits();
        if (text.charAt(firstDigit) == '0' && next > firstDigit + 1) {
            throw fault("a number must not begin with 0");
        }
        if (skip('.')) {
            digits();
        }
        if (skip('e') || skip('E')) {
            if (!skip('+')) {
                skip('-');
            }
            digits();
        }
        return new Json.Num(text.substring(start, next), at);
    }

    private void digits() {
        int start = next;
        while (next < text.length() && text.charAt(next) >= '0' && text.charAt(next) <= '9') {
            next++;
        }
        if (next == start) {
            throw fault("expected a value");
        }
    }

    private String string() {
        StringBuilder out = new StringBuilder();
        next++;
        while (true) {
            if (next >= text.length() || text.charAt(next) < ' ') {
                throw fault("a string must end on its line");
            }
            char c = text.charAt(next++);
            if (c == '"') {
                return out.toString();
            }
            out.append(c == '\\' ? escape() : c);
        }
    }

    private char escape() {
        if (next >= text.length()) {
            throw fault("a string must end on its line");
        }
        return switch (text.charAt(next++)) {
            case '"' -> '"';
            case '\\' -> '\\';
            case '/' -> '/';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw fault("unknown escape in a string");
        };
    }

    private char unicode() {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = next < text.length() ? Character.digit(text.charAt(next), 16) : -1;
            if (digit < 0) {
                throw fault("expected four hexadecimal digits");
            }
            code = code * 16 + digit;
            next++;
        }
        return (char) code;
    }

    private boolean skip(char c) {
        boolean there = next < text.length() && text.charAt(next) == c;
        if (there) {
            next++;
        }
        return there;
    }

    private boolean accept(char c) {
        skipSpace();
        return skip(c);
    }

    private void expect(char c) {
        if (!accept(c)) {
            throw fault("expected '" + c + "'");
        }
    }

    private void skipSpace() {
        while (next < text.length()) {
            char c = text.charAt(next);
            if (c == '\n') {
                line++;
                lineStart = next + 1;
            } else if (c != ' ' && c != '\t' && c != '\r') {
                return;
            }
            next++;
        }
    }

    private Position position() {
        return new Position(line, next - lineStart + 1);
    }

    private DataException fault(String what) {
        return new DataException("not JSON: " + what + " (" + position() + ")");
    }
}
