package metronome.core.tensor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the terms of each result of a convolution lie. Results at places of one kind (all inner places, say, or a corner)
 * share the taps relative to their base.
 *
 * @param base of each place, in elements of the array that is gathered from
 * @param kinds kind of each place
 * @param weights for each kind, which weight of a panel each tap takes, times {@link Tile#ROWS}
 * @param offsets for each kind, where each tap lies relative to the base
 */
record Taps(int[] base, int[] kinds, List<int[]> weights, List<int[]> offsets) {
    /** Of the outputs, from an input with its padding in place. */
    static Taps forward(Sliding s) {
        int height = s.height() + 2 * s.padding();
        int width = s.width() + 2 * s.padding();
        int[] weights = new int[s.taps()];
        int[] offsets = new int[s.taps()];
        for (int t = 0; t < weights.length; t++) {
            int kx = t % s.kernelWidth();
            int ky = t / s.kernelWidth() % s.kernelHeight();
            int c = t / s.kernelWidth() / s.kernelHeight();
            weights[t] = t * Tile.ROWS;
            offsets[t] = ((c * height + ky) * width + kx) * Kernels.LANES;
        }
        int[] base = new int[s.places()];
        for (int p = 0; p < base.length; p++) {
            base[p] = (p / s.outWidth() * width + p % s.outWidth()) * s.stride() * Kernels.LANES;
        }
        return new Taps(base, new int[base.length], List.of(weights), List.of(offsets));
    }

    /** One tap of a row or a column: which part of the kernel, and how far from the base. */
    private record Step(int kernel, int distance) {
    }

    /** Of the input's gradients, from the outputs' gradients. */
    static Taps backward(Sliding s) {
        int[] base = new int[s.height() * s.width()];
        int[] kinds = new int[base.length];
        Map<List<List<Step>>, Integer> known = new LinkedHashMap<>();
        for (int p = 0; p < base.length; p++) {
            int y = p / s.width() + s.padding();
            int x = p % s.width() + s.padding();
            base[p] = (y / s.stride() * s.outWidth() + x / s.stride()) * Kernels.LANES;
            List<List<Step>> kind = List.of(steps(y, s.kernelHeight(), s.stride(), s.outHeight()),
                    steps(x, s.kernelWidth(), s.stride(), s.outWidth()));
            known.putIfAbsent(kind, known.size());
            kinds[p] = known.get(kind);
        }
        List<int[]> weights = new ArrayList<>();
        List<int[]> offsets = new ArrayList<>();
        for (List<List<Step>> kind : known.keySet()) {
            addKind(s, kind.get(0), kind.get(1), weights, offsets);
        }
        return new Taps(base, kinds, weights, offsets);
    }

    private static List<Step> steps(int at, int kernel, int stride, int outputs) {
        List<Step> steps = new ArrayList<>();
        for (int k = 0; k < kernel && k <= at; k++) {
            if ((at - k) % stride == 0 && (at - k) / stride < outputs) {
                steps.add(new Step(k, (at - k) / stride - at / stride));
            }
        }
        return steps;
    }

    private static void addKind(Sliding s, List<Step> rows, List<Step> columns, List<int[]> weights,
            List<int[]> offsets) {
        int[] weight = new int[s.outputs() * rows.size() * columns.size()];
        int[] offset = new int[weight.length];
        int t = 0;
        for (int o = 0; o < s.outputs(); o++) {
            for (Step row : rows) {
                for (Step column : columns) {
                    weight[t] = ((o * s.kernelHeight() + row.kernel) * s.kernelWidth() + column.kernel) * Tile.ROWS;
                    offset[t++] = (o * s.places() + row.distance * s.outWidth() + column.distance) * Kernels.LANES;
                }
            }
        }
        weights.add(weight);
        offsets.add(offset);
    }
}
