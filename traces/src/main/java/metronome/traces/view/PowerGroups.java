package metronome.traces.view;

import java.util.List;
import java.util.stream.IntStream;
import metronome.traces.analysis.SpikeTally;

/**
 * Numbers from 0 in groups whose bounds are powers of two: 0, 1, 2-3, 4-7 and so on, neighbours together where a table has
 * too few columns.
 *
 * @param powers how many there are, from the first on
 * @param together how many of them share a column
 */
record PowerGroups(int powers, int together) {
    /** Those in which some layer has intervals. */
    static PowerGroups of(SpikeTally spikes, int layers, int most) {
        int powers = 1 + IntStream.range(0, layers).flatMap(l -> {
            long[] gaps = spikes.gaps(l);
            return IntStream.range(0, gaps.length).filter(i -> gaps[i] > 0);
        }).max().orElse(0);
        return new PowerGroups(powers, Math.ceilDiv(powers, most));
    }

    List<String> names() {
        return IntStream.range(0, Math.ceilDiv(powers, together)).mapToObj(this::name).toList();
    }

    private String name(int column) {
        long first = bound(column * together);
        long last = bound(Math.min((column + 1) * together, powers)) - 1;
        return first == last ? Long.toString(first) : first + "-" + last;
    }

    private static long bound(int power) {
        return power == 0 ? 0 : 1L << (power - 1);
    }

    long[] sums(long[] values) {
        return new StepGroups(powers - 1, together).sums(values);
    }
}
