package metronome.traces.report;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import metronome.core.io.DataException;
import metronome.core.io.Nearest;
import metronome.core.json.Json;
import metronome.core.json.ObjectBuilder;

/**
 * Writes this package's records as JSON objects and reads them back, strictly: the record is the one declaration of the
 * format. Components are {@code int}, {@code long}, {@code double}, strings, records, lists of these, and maps from
 * strings to them.
 */
final class RecordJson {
    private final String source;

    private RecordJson(String source) {
        this.source = source;
    }

    /**
     * {@return the value as JSON, members in the order of declaration}
     *
     * @param value a record or what may be a component of one
     */
    static Json write(Object value) {
        return switch (value) {
            case Integer i -> Json.of(i.longValue());
            case Long l -> Json.of(l.longValue());
            case Double d -> Json.of(d.doubleValue());
            case String s -> Json.of(s);
            case List<?> list -> Json.array(list.stream().map(RecordJson::write).toList());
            case Map<?, ?> map -> {
                ObjectBuilder object = Json.object();
                map.forEach((key, item) -> object.put((String) key, write(item)));
                yield object.build();
            }
            case Record r -> {
                ObjectBuilder object = Json.object();
                for (RecordComponent component : r.getClass().getRecordComponents()) {
                    object.put(key(component), write(component(component, r)));
                }
                yield object.build();
            }
            default -> throw new IllegalArgumentException("no JSON for " + value.getClass());
        };
    }

    /**
     * {@return the record that an object describes}
     *
     * @param json the object
     * @param type the record's class
     * @param source what messages call the file
     * @param <R> the record
     * @throws DataException for a key that is unknown or missing and for a value of the wrong kind
     */
    static <R extends Record> R read(Json json, Class<R> type, String source) {
        return type.cast(new RecordJson(source).value(json, type, ""));
    }

    private Object value(Json json, Type type, String path) {
        if (type instanceof ParameterizedType generic) {
            return collection(json, generic, path);
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isRecord()) {
            return object(expect(json, Json.Obj.class, "an object", path), plain, path);
        }
        if (plain == String.class) {
            return expect(json, Json.Str.class, "a string", path).value();
        }
        return number(expect(json, Json.Num.class, "a number", path), plain, path);
    }

    private Object collection(Json json, ParameterizedType type, String path) {
        Type[] arguments = type.getActualTypeArguments();
        if (type.getRawType() == List.class) {
            List<Object> items = new ArrayList<>();
            for (Json item : expect(json, Json.Arr.class, "an array", path).items()) {
                items.add(value(item, arguments[0], path + "[" + items.size() + "]"));
            }
            return List.copyOf(items);
        }
        Map<String, Object> members = new LinkedHashMap<>();
        expect(json, Json.Obj.class, "an object", path).members()
                .forEach((key, item) -> members.put(key, value(item, arguments[1], join(path, key))));
        return java.util.Collections.unmodifiableMap(members);
    }

    private Object object(Json.Obj json, Class<?> type, String path) {
        RecordComponent[] components = type.getRecordComponents();
        List<String> keys = Arrays.stream(components).map(RecordJson::key).toList();
        json.members().keySet().stream().filter(k -> !keys.contains(k)).findFirst().ifPresent(k -> {
            throw fault("unknown key \"" + join(path, k) + "\"" + Nearest.hint(k, keys), json.keys().get(k));
        });
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            String key = keys.get(i);
            Json member = json.get(key).orElseThrow(() -> fault("missing key \"" + join(path, key) + "\"", json.at()));
            values[i] = value(member, components[i].getGenericType(), join(path, key));
        }
        return construct(type, components, values, json, path);
    }

    private Object construct(Class<?> type, RecordComponent[] components, Object[] values, Json.Obj json, String path) {
        try {
            return type.getDeclaredConstructor(Arrays.stream(components).map(RecordComponent::getType)
                    .toArray(Class<?>[]::new)).newInstance(values);
        } catch (InvocationTargetException e) {
            throw fault(path + " " + e.getCause().getMessage(), json.at());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " must have its canonical constructor", e);
        }
    }

    private Object number(Json.Num json, Class<?> type, String path) {
        try {
            if (type == int.class) {
                return Integer.parseInt(json.text());
            }
            if (type == long.class) {
                return Long.parseLong(json.text());
            }
        } catch (NumberFormatException e) {
            throw fault("must be a whole number: " + path + "=" + json.text(), json.at());
        }
        if (!Double.isFinite(json.value())) {
            throw fault("must be a finite number: " + path + "=" + json.text(), json.at());
        }
        return json.value();
    }

    private <J extends Json> J expect(Json json, Class<J> type, String kind, String path) {
        if (!type.isInstance(json)) {
            throw fault("must be " + kind + ": " + (path.isEmpty() ? "the file" : path) + " is " + json.kind(), json.at());
        }
        return type.cast(json);
    }

    private DataException fault(String message, Json.Position at) {
        return new DataException(message + " (" + source + ":" + at + ")");
    }

    private static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static Object component(RecordComponent component, Record of) {
        try {
            return component.getAccessor().invoke(of);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component + " must be readable in its own package", e);
        }
    }

    private static String key(RecordComponent component) {
        Key key = component.getAnnotation(Key.class);
        return key != null ? key.value()
                : component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
