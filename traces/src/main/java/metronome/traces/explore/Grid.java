package metronome.traces.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import metronome.core.io.DataException;
import metronome.core.io.Nearest;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;

/**
 * Values for some fields of a target; a point is one choice for each.
 *
 * @param axes values in their order, by field
 */
public record Grid(SequencedMap<TargetField, List<String>> axes) {
    private static final long MOST_POINTS = 1_000_000;

    /**
     * {@return the grid of some texts}
     *
     * @param texts each {@code field=value,value,...}
     * @throws DataException if a field is unknown, given twice, or has a value that is none of it, or if there are too
     *     many points
     */
    public static Grid of(List<String> texts) {
        SequencedMap<TargetField, List<String>> axes = new LinkedHashMap<>();
        long points = 1;
        for (String text : texts) {
            int equals = text.indexOf('=');
            String key = equals < 0 ? text : text.substring(0, equals);
            TargetField field = TargetField.of(key).orElseThrow(() -> new DataException("unknown field " + key
                    + Nearest.hint(key, Arrays.stream(TargetField.values()).map(TargetField::key).toList())));
            if (equals < 0 || equals == text.length() - 1) {
                throw new DataException("needs values: " + key + "=VALUE,VALUE,...");
            }
            List<String> values = List.of(text.substring(equals + 1).split(",", -1));
            values.forEach(value -> Target.preset().with(field, value));
            if (axes.put(field, values) != null) {
                throw new DataException("field " + key + " is given twice");
            }
            points = Math.min(MOST_POINTS + 1, points * values.size());
        }
        if (points > MOST_POINTS) {
            throw new DataException("the grid has more than " + MOST_POINTS + " points");
        }
        return new Grid(axes);
    }

    /**
     * {@return the points in the order of the grid, the last axis fastest}
     *
     * @param base gives the fields that are no axis
     */
    public List<Target> points(Target base) {
        List<Target> points = List.of(base);
        for (Map.Entry<TargetField, List<String>> axis : axes.entrySet()) {
            List<Target> next = new ArrayList<>();
            for (Target point : points) {
                axis.getValue().forEach(value -> next.add(point.with(axis.getKey(), value)));
            }
            points = next;
        }
        return points;
    }
}
