package metronome.core.network;

import java.util.List;
import metronome.core.io.DataException;
import metronome.core.json.Json;

/** Takes JSON values for what they must be, or says which one is not. */
final class Strict {
    private Strict() {
    }

    static Json.Obj object(Json value, String what) {
        return value instanceof Json.Obj o ? o : fail(value, what, "an object");
    }

    static List<Json> array(Json value, String what) {
        return value instanceof Json.Arr a ? a.items() : fail(value, what, "an array");
    }

    static String string(Json value, String what) {
        return value instanceof Json.Str s ? s.value() : fail(value, what, "a string");
    }

    static double number(Json value, String what) {
        return value instanceof Json.Num n ? n.value() : fail(value, what, "a number");
    }

    static boolean truth(Json value, String what) {
        return value instanceof Json.Bool b ? b.value() : fail(value, what, "true or false");
    }

    static int integer(Json value, String what, int from, int to) {
        double number = number(value, what);
        if (number != Math.rint(number) || number < from || number > to) {
            throw new DataException("%s: %s, expected a whole number in [%d, %d] (%s)"
                    .formatted(what, ((Json.Num) value).text(), from, to, value.at()));
        }
        return (int) number;
    }

    static Json member(Json.Obj object, String what, String key) {
        return object.get(key).orElseThrow(() ->
                new DataException(what + ": no \"" + key + "\", expected one (" + object.at() + ")"));
    }

    static void keys(Json.Obj object, String what, String... known) {
        for (String key : object.members().keySet()) {
            if (!List.of(known).contains(key)) {
                throw new DataException(what + ": unknown key \"" + key + "\", expected one of "
                        + String.join(", ", known) + " (" + object.keys().getOrDefault(key, object.at()) + ")");
            }
        }
    }

    private static <T> T fail(Json value, String what, String expected) {
        throw new DataException(what + ": " + value.kind() + ", expected " + expected + " (" + value.at() + ")");
    }
}
