package metronome.core.json;

import java.util.Iterator;
import java.util.Map;

/** Prints a value: members in their order, numbers as they were written, the same bytes every time. */
public final class JsonWriter {
    private final StringBuilder out = new StringBuilder();
    private final boolean indented;

    private JsonWriter(boolean indented) {
        this.indented = indented;
    }

    /**
     * {@return the value on one line}
     *
     * @param value what to print
     */
    public static String compact(Json value) {
        JsonWriter writer = new JsonWriter(false);
        writer.write(value, 0);
        return writer.out.toString();
    }

    /**
     * {@return the value over several lines, two spaces a level, ending in a line feed}
     *
     * @param value what to print
     */
    public static String pretty(Json value) {
        JsonWriter writer = new JsonWriter(true);
        writer.write(value, 0);
        return writer.out.append('\n').toString();
    }

    private void write(Json value, int level) {
        switch (value) {
            case Json.Obj o -> object(o, level);
            case Json.Arr a -> array(a, level);
            case Json.Str s -> string(s.value());
            case Json.Num n -> out.append(n.text());
            case Json.Bool b -> out.append(b.value());
            case Json.Nil _ -> out.append("null");
        }
    }

    private void object(Json.Obj object, int level) {
        out.append('{');
        Iterator<Map.Entry<String, Json>> members = object.members().entrySet().iterator();
        while (members.hasNext()) {
            Map.Entry<String, Json> member = members.next();
            newLine(level + 1);
            string(member.getKey());
            out.append(indented ? ": " : ":");
            write(member.getValue(), level + 1);
            separate(members.hasNext(), level);
        }
        out.append('}');
    }

    private void array(Json.Arr array, int level) {
        out.append('[');
        Iterator<Json> items = array.items().iterator();
        while (items.hasNext()) {
            newLine(level + 1);
            write(items.next(), level + 1);
            separate(items.hasNext(), level);
        }
        out.append(']');
    }

    private void separate(boolean more, int level) {
        if (more) {
            out.append(',');
        } else {
            newLine(level);
        }
    }

    private void newLine(int level) {
        if (indented) {
            out.append('\n').append("  ".repeat(level));
        }
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '\r' -> out.append("\\r");
                default -> {
                    if (c < ' ' || c == '<' || Character.isSurrogate(c)) {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
