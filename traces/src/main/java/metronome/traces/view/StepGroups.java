package metronome.traces.view;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Steps, or other numbers from 0, in groups of which there are few enough for the columns of a table.
 *
 * @param last the last number
 * @param width of a group
 */
record StepGroups(int last, int width) {
    static StepGroups of(int last, int most) {
        return new StepGroups(last, Math.ceilDiv(last + 1, most));
    }

    List<String> names() {
        return IntStream.rangeClosed(0, last / width).mapToObj(this::name).toList();
    }

    private String name(int group) {
        int first = group * width;
        int end = Math.min(first + width - 1, last);
        return first == end ? Integer.toString(first) : first + "-" + end;
    }

    /** The sums of the groups, with 0 for what is not there. */
    long[] sums(long[] values) {
        long[] sums = new long[last / width + 1];
        for (int i = 0; i <= Math.min(last, values.length - 1); i++) {
            sums[i / width] += values[i];
        }
        return sums;
    }
}
