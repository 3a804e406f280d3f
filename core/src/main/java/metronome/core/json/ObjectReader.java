package metronome.core.json;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import metronome.core.io.DataException;

/**
 * Takes the members out of an object one by one, each with its kind and range checked; a missing, unknown or unfit
 * member is a {@link DataException} that names it and its place.
 */
public final class ObjectReader {
    private final Json.Obj object;
    private final String path;
    private final Set<String> taken = new HashSet<>();

    private ObjectReader(Json.Obj object, String path) {
        this.object = object;
        this.path = path;
    }

    /**
     * {@return a reader of an object}
     *
     * @param json must be an object
     * @param path what messages call it, for example {@code layers[2]}; empty for the whole document
     * @throws DataException if it is something else
     */
    public static ObjectReader of(Json json, String path) {
        if (json instanceof Json.Obj object) {
            return new ObjectReader(object, path);
        }
        throw unfit(json, path.isEmpty() ? "the document" : path, "an object");
    }

    /** {@return the keys in their order} */
    public List<String> names() {
        return List.copyOf(object.members().keySet());
    }

    /**
     * {@return the member, if it is there}
     *
     * @param name its key
     */
    public Optional<Json> optional(String name) {
        taken.add(name);
        return object.get(name);
    }

    /**
     * {@return the member}
     *
     * @param name its key
     * @throws DataException if it is missing
     */
    public Json member(String name) {
        return optional(name).orElseThrow(
                () -> new DataException("missing " + pathOf(name) + " in the object at " + object.at()));
    }

    /**
     * {@return a string}
     *
     * @param name its key
     */
    public String string(String name) {
        Json json = member(name);
        if (json instanceof Json.Str(String value, _)) {
            return value;
        }
        throw unfit(json, pathOf(name), "a string");
    }

    /**
     * {@return a number}
     *
     * @param name its key
     */
    public double number(String name) {
        Json json = member(name);
        if (json instanceof Json.Num number) {
            return number.value();
        }
        throw unfit(json, pathOf(name), "a number");
    }

    /**
     * {@return true or false}
     *
     * @param name its key
     */
    public boolean bool(String name) {
        Json json = member(name);
        if (json instanceof Json.Bool(boolean value, _)) {
            return value;
        }
        throw unfit(json, pathOf(name), "true or false");
    }

    /**
     * {@return a whole number}
     *
     * @param name its key
     * @param low its least value
     * @param high its greatest value
     */
    public long integer(String name, long low, long high) {
        return integer(member(name), pathOf(name), low, high);
    }

    /**
     * {@return whole numbers}
     *
     * @param name its key
     * @param low the least value of each
     * @param high the greatest value of each
     */
    public long[] integers(String name, long low, long high) {
        return integers(member(name), pathOf(name), low, high);
    }

    /**
     * {@return rows of whole numbers}
     *
     * @param name its key
     * @param length of each row
     * @param low the least value of each number
     * @param high the greatest value of each number
     */
    public List<long[]> rows(String name, int length, long low, long high) {
        List<long[]> rows = new ArrayList<>();
        for (Json item : items(name)) {
            String path = pathOf(name) + "[" + rows.size() + "]";
            long[] row = integers(item, path, low, high);
            if (row.length != length) {
                throw new DataException(path + " must have " + length + " numbers, has " + row.length + " (" + item.at() + ")");
            }
            rows.add(row);
        }
        return rows;
    }

    /**
     * {@return the constant of that name, written in lower case with hyphens}
     *
     * @param name its key
     * @param type of the constants
     * @param <E> of the constants
     */
    public <E extends Enum<E>> E constant(String name, Class<E> type) {
        String written = string(name);
        List<String> names = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            String each = spelling(constant);
            if (each.equals(written)) {
                return constant;
            }
            names.add(each);
        }
        throw new DataException(
                pathOf(name) + " must be one of " + names + ": \"" + written + "\" (" + member(name).at() + ")");
    }

    /**
     * {@return how a constant is written: in lower case with hyphens}
     *
     * @param constant of any enumeration
     */
    public static String spelling(Enum<?> constant) {
        return constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /**
     * {@return a reader of an object within this one}
     *
     * @param name its key
     */
    public ObjectReader object(String name) {
        return of(member(name), pathOf(name));
    }

    /**
     * {@return readers of the objects in an array}
     *
     * @param name its key
     */
    public List<ObjectReader> objects(String name) {
        List<ObjectReader> readers = new ArrayList<>();
        for (Json item : items(name)) {
            readers.add(of(item, pathOf(name) + "[" + readers.size() + "]"));
        }
        return readers;
    }

    /**
     * {@return the items of an array}
     *
     * @param name its key
     */
    public List<Json> items(String name) {
        return items(member(name), pathOf(name));
    }

    /**
     * Demands that every member has been taken.
     *
     * @throws DataException naming one that nobody asked for
     */
    public void end() {
        for (String key : object.members().keySet()) {
            if (!taken.contains(key)) {
                throw new DataException("unknown key " + pathOf(key) + " ("
                        + object.keys().getOrDefault(key, Json.Position.NONE) + "), expected one of "
                        + taken.stream().sorted().toList());
            }
        }
    }

    private String pathOf(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static List<Json> items(Json json, String path) {
        if (json instanceof Json.Arr array) {
            return array.items();
        }
        throw unfit(json, path, "an array");
    }

    private static long[] integers(Json json, String path, long low, long high) {
        List<Json> items = items(json, path);
        return IntStream.range(0, items.size()).mapToLong(i -> integer(items.get(i), path + "[" + i + "]", low, high)).toArray();
    }

    private static long integer(Json json, String path, long low, long high) {
        if (json instanceof Json.Num number) {
            try {
                long value = new java.math.BigDecimal(number.text()).longValueExact();
                if (value >= low && value <= high) {
                    return value;
                }
            } catch (ArithmeticException | NumberFormatException _) {
                // The message below says what a whole number in range would have been.
            }
            throw new DataException(path + " must be " + (low == high ? low : "a whole number in [" + low + ", " + high + "]") + ": "
                    + number.text() + " (" + json.at() + ")");
        }
        throw unfit(json, path, "a whole number");
    }

    private static DataException unfit(Json json, String path, String expected) {
        return new DataException(path + " must be " + expected + ", is " + json.kind() + " (" + json.at() + ")");
    }
}
