package metronome.core.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** A JSON value and where it stood in its text ({@link Position#NONE} if it was built rather than read). */
public sealed interface Json {
    /** {@return where the value begins} */
    Position at();

    /** {@return what kind of value it is, for messages: "an object", "a number"} */
    String kind();

    /**
     * A place in a text.
     *
     * @param line from 1; 0 for none
     * @param column from 1; 0 for none
     */
    record Position(int line, int column) {
        /** The place of what was never read. */
        public static final Position NONE = new Position(0, 0);

        @Override
        public String toString() {
            return line + ":" + column;
        }
    }

    /**
     * An object; members keep their order.
     *
     * @param members by name
     * @param keys where each name stood
     * @param at where it begins
     */
    record Obj(SequencedMap<String, Json> members, Map<String, Position> keys, Position at) implements Json {
        @Override
        public String kind() {
            return "an object";
        }

        /**
         * {@return the member of that name, if there is one}
         *
         * @param name the key
         */
        public Optional<Json> get(String name) {
            return Optional.ofNullable(members.get(name));
        }
    }

    /**
     * An array.
     *
     * @param items in order
     * @param at where it begins
     */
    record Arr(List<Json> items, Position at) implements Json {
        @Override
        public String kind() {
            return "an array";
        }
    }

    /**
     * A string.
     *
     * @param value unescaped
     * @param at where it begins
     */
    record Str(String value, Position at) implements Json {
        @Override
        public String kind() {
            return "a string";
        }
    }

    /**
     * A number, kept as it was written so that nothing is lost.
     *
     * @param text its literal
     * @param at where it begins
     */
    record Num(String text, Position at) implements Json {
        @Override
        public String kind() {
            return "a number";
        }

        /** {@return the nearest double} */
        public double value() {
            return Double.parseDouble(text);
        }
    }

    /**
     * A truth value.
     *
     * @param value true or false
     * @param at where it begins
     */
    record Bool(boolean value, Position at) implements Json {
        @Override
        public String kind() {
            return "a truth value";
        }
    }

    /**
     * The null literal.
     *
     * @param at where it begins
     */
    record Nil(Position at) implements Json {
        @Override
        public String kind() {
            return "null";
        }
    }

    /**
     * {@return a string}
     *
     * @param value its text
     */
    static Json of(String value) {
        return new Str(value, Position.NONE);
    }

    /**
     * {@return a whole number}
     *
     * @param value the number
     */
    static Json of(long value) {
        return new Num(Long.toString(value), Position.NONE);
    }

    /**
     * {@return a number, written so that it reads back to the same bits}
     *
     * @param value finite
     * @throws IllegalArgumentException if it is infinite or not a number
     */
    static Json of(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("JSON has no number " + value);
        }
        return new Num(value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value) : Double.toString(value), Position.NONE);
    }

    /**
     * {@return a truth value}
     *
     * @param value true or false
     */
    static Json of(boolean value) {
        return new Bool(value, Position.NONE);
    }

    /**
     * {@return an array}
     *
     * @param items its items
     */
    static Json array(List<? extends Json> items) {
        return new Arr(List.copyOf(items), Position.NONE);
    }

    /**
     * {@return an array of whole numbers}
     *
     * @param values its items
     */
    static Json array(int... values) {
        List<Json> items = new ArrayList<>();
        for (int v : values) {
            items.add(of(v));
        }
        return array(items);
    }

    /** {@return a builder of an object} */
    static ObjectBuilder object() {
        return new ObjectBuilder();
    }
}
