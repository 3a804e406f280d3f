package metronome.isa.program;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import metronome.core.io.DataException;
import metronome.core.json.Json;

/** The members of an object of the program map, each of which must be there and is asked for once. */
final class Members {
    private final Json.Obj object;
    private final Set<String> left;

    Members(Json json) {
        if (!(json instanceof Json.Obj read)) {
            throw new DataException("program map: expected an object, found " + json.kind() + " (" + json.at() + ")");
        }
        object = read;
        left = new HashSet<>(read.members().keySet());
    }

    private Json member(String name) {
        left.remove(name);
        return object.get(name).orElseThrow(
                () -> new DataException("program map: \"" + name + "\" is missing (" + object.at() + ")"));
    }

    String text(String name) {
        return member(name) instanceof Json.Str s ? s.value() : fail(name, "a string");
    }

    boolean flag(String name) {
        return member(name) instanceof Json.Bool b ? b.value() : fail(name, "a truth value");
    }

    List<Json> array(String name) {
        return member(name) instanceof Json.Arr a ? a.items() : fail(name, "an array");
    }

    int number(String name, int most) {
        return whole(name, member(name), 0, most);
    }

    static int whole(String name, Json json, int least, int most) {
        double value = json instanceof Json.Num n ? n.value() : Double.NaN;
        if (!(value >= least && value <= most && value == Math.rint(value))) {
            throw new DataException("program map: must be a whole number in [" + least + ", " + most + "]: " + name
                    + " (" + json.at() + ")");
        }
        return (int) value;
    }

    void expectNoMore() {
        if (!left.isEmpty()) {
            throw new DataException("program map: unknown members " + left + " (" + object.at() + ")");
        }
    }

    private static <T> T fail(String name, String expected) {
        throw new DataException("program map: must be " + expected + ": " + name);
    }
}
