package metronome.core.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/** Collects the members of an object in order. */
public final class ObjectBuilder {
    private final SequencedMap<String, Json> members = new LinkedHashMap<>();

    ObjectBuilder() {
    }

    /**
     * Adds a member.
     *
     * @param name its key
     * @param value its value
     * @return this
     */
    public ObjectBuilder put(String name, Json value) {
        members.put(name, value);
        return this;
    }

    /**
     * Adds a string.
     *
     * @param name its key
     * @param value its value
     * @return this
     */
    public ObjectBuilder put(String name, String value) {
        return put(name, Json.of(value));
    }

    /**
     * Adds a whole number.
     *
     * @param name its key
     * @param value its value
     * @return this
     */
    public ObjectBuilder put(String name, long value) {
        return put(name, Json.of(value));
    }

    /**
     * Adds a number.
     *
     * @param name its key
     * @param value its value
     * @return this
     */
    public ObjectBuilder put(String name, double value) {
        return put(name, Json.of(value));
    }

    /**
     * Adds a truth value.
     *
     * @param name its key
     * @param value its value
     * @return this
     */
    public ObjectBuilder put(String name, boolean value) {
        return put(name, Json.of(value));
    }

    /** {@return the object} */
    public Json.Obj build() {
        return new Json.Obj(Collections.unmodifiableSequencedMap(new LinkedHashMap<>(members)), Map.of(),
                Json.Position.NONE);
    }
}
