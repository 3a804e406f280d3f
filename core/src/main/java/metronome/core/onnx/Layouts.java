package metronome.core.onnx;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/** Lowers what changes the layout only: of activations the view, of constants the constant. */
final class Layouts {
    private static final int MOST_AXES = 8;

    private Layouts() {
    }

    /** Identity, and Dropout, which does nothing once a network is trained. */
    static Value same(Site site) {
        site.ignore("ratio", "seed", "is_test");
        site.require(!site.given(2) || site.constant(2).integers()[0] == 0, "is in training mode; export the model for inference");
        return site.value(0);
    }

    static Value transpose(Site site) {
        int rank = rank(site);
        int[] reversed = IntStream.range(0, rank).map(i -> rank - 1 - i).toArray();
        int[] order = site.has("perm") ? site.integers("perm", rank, 0, 0, rank - 1) : reversed;
        site.require(Arrays.stream(order).distinct().count() == rank, "perm " + Arrays.toString(order) + " names an axis twice");
        return switch (site.value(0)) {
            case Constant constant -> {
                site.budget().take(constant.size());
                yield constant.transposed(order);
            }
            case Activation activation -> {
                site.require(rank > 0 && order[0] == 0, "perm " + Arrays.toString(order) + " moves the batch");
                yield activation.seen(activation.view().transposed(Arrays.stream(order).skip(1).map(a -> a - 1).toArray()));
            }
        };
    }

    private static int rank(Site site) {
        return switch (site.value(0)) {
            case Constant constant -> constant.rank();
            case Activation activation -> activation.view().axes().size() + 1;
        };
    }

    /** The extents of a value, that of the batch taken for 1. */
    private static int[] extents(Site site) {
        return switch (site.value(0)) {
            case Constant constant -> constant.shape();
            case Activation activation -> IntStream.concat(IntStream.of(1), Arrays.stream(activation.view().extents())).toArray();
        };
    }

    static Value reshape(Site site) {
        long[] wanted = site.constant(1).integers();
        site.require(wanted.length <= MOST_AXES, "a shape of " + wanted.length + " axes, expected at most " + MOST_AXES);
        boolean zeros = site.flag("allowzero");
        int[] old = extents(site);
        boolean computed = site.value(0) instanceof Activation;
        int[] extents = new int[wanted.length];
        for (int i = 0; i < extents.length; i++) {
            boolean copied = wanted[i] == 0 && !zeros && i < old.length;
            site.require(copied || wanted[i] == -1 || wanted[i] > 0 && wanted[i] < Integer.MAX_VALUE, "shape "
                    + Arrays.toString(wanted) + " has an extent of " + wanted[i]);
            extents[i] = copied ? old[i] : (int) wanted[i];
        }
        if (computed && extents.length > 0 && extents[0] == -1) {
            extents[0] = 1;
        }
        return shaped(site, inferred(site, extents, old));
    }

    private static int[] inferred(Site site, int[] extents, int[] old) {
        site.require(Arrays.stream(extents).filter(e -> e == -1).count() <= 1, "shape " + Arrays.toString(extents)
                + " leaves several extents open");
        long known = Arrays.stream(extents).filter(e -> e != -1).asLongStream().reduce(1, Layouts::product);
        long all = Arrays.stream(old).asLongStream().reduce(1, Layouts::product);
        return Arrays.stream(extents).map(e -> e == -1 && known > 0 ? (int) (all / known) : e).toArray();
    }

    /** A product that stays what it is once it has passed all that can be an extent. */
    private static long product(long a, long b) {
        return a > Integer.MAX_VALUE ? a : a * b;
    }

    private static Value shaped(Site site, int[] extents) {
        String words = "cannot become " + Arrays.toString(extents);
        long size = Arrays.stream(extents).asLongStream().reduce(1, Layouts::product);
        return switch (site.value(0)) {
            case Constant constant -> {
                site.require(size == constant.size(), constant + " " + words);
                yield constant.reshaped(extents);
            }
            case Activation activation -> {
                site.require(extents.length > 1 && extents[0] == 1, activation.view() + " " + words
                        + ": the batch must stay an axis of its own, the first");
                yield activation(site, activation, Arrays.copyOfRange(extents, 1, extents.length), words);
            }
        };
    }

    private static Activation activation(Site site, Activation activation, int[] extents, String words) {
        site.require(activation.border().equals(Border.NONE), "follows a Pad");
        return activation.seen(activation.view().reshaped(extents).orElseThrow(() -> site.refusal(activation.view() + " " + words
                + " without cutting channels, rows or columns apart; if this is the network's input, say the images' shape "
                + "(--input)")));
    }

    static Value flatten(Site site) {
        int[] old = extents(site);
        int axis = site.integer("axis", 1, -old.length, old.length);
        int at = axis < 0 ? axis + old.length : axis;
        long before = Arrays.stream(old).limit(at).asLongStream().reduce(1, Layouts::product);
        long behind = Arrays.stream(old).skip(at).asLongStream().reduce(1, Layouts::product);
        site.require(at > 0 || site.value(0) instanceof Constant, "axis 0 would join the batch to the elements");
        return shaped(site, new int[] {(int) Math.min(before, Integer.MAX_VALUE), (int) Math.min(behind, Integer.MAX_VALUE)});
    }

    static Value squeeze(Site site) {
        int[] old = extents(site);
        boolean computed = site.value(0) instanceof Activation;
        boolean[] gone = new boolean[old.length];
        Optional<int[]> axes = axes(site, old.length);
        for (int i = computed ? 1 : 0; i < old.length && axes.isEmpty(); i++) {
            gone[i] = old[i] == 1;
        }
        for (int axis : axes.orElse(new int[0])) {
            site.require(old[axis] == 1 && !(computed && axis == 0), "axis " + axis + " is not of extent 1, or is the batch");
            gone[axis] = true;
        }
        return shaped(site, IntStream.range(0, old.length).filter(i -> !gone[i]).map(i -> old[i]).toArray());
    }

    static Value unsqueeze(Site site) {
        int[] old = extents(site);
        int added = (site.opset() < 13 ? site.integers("axes") : site.optional(1).map(Constant::integers)).orElse(new long[0]).length;
        site.require(old.length + added <= MOST_AXES, old.length + added + " axes, expected at most " + MOST_AXES);
        boolean[] fresh = new boolean[old.length + added];
        for (int axis : axes(site, fresh.length).orElseThrow(() -> site.refusal("axes are missing"))) {
            site.require(!fresh[axis], "axis " + axis + " is named twice");
            fresh[axis] = true;
        }
        int[] extents = new int[fresh.length];
        int next = 0;
        for (int i = 0; i < extents.length; i++) {
            extents[i] = fresh[i] ? 1 : old[next++];
        }
        return shaped(site, extents);
    }

    /** Axes of Squeeze and Unsqueeze: an attribute before opset 13, an input since. */
    private static Optional<int[]> axes(Site site, int rank) {
        Optional<long[]> axes = site.opset() < 13 ? site.integers("axes") : site.optional(1).map(Constant::integers);
        return axes.map(numbers -> Arrays.stream(numbers).mapToInt(axis -> {
            site.require(axis >= -rank && axis < rank, "axis " + axis + ", expected one in [" + -rank + ", " + (rank - 1) + "]");
            return (int) (axis < 0 ? axis + rank : axis);
        }).toArray());
    }

    /** Zeros around an image, which the next convolution or pool takes over. */
    static Value pad(Site site) {
        Activation input = site.bordered(0);
        String mode = site.text("mode", "constant");
        site.require(mode.equals("constant"), "mode \"" + mode + "\", expected constant");
        float value = site.opset() < 11 ? site.decimal("value", 0) : site.optional(2).map(Constant::single).orElse(0f);
        site.require(!site.given(3), "pads of some axes only are not supported");
        long[] pads = site.opset() < 11 ? site.integers("pads").orElse(new long[0]) : site.constant(1).integers();
        if (Arrays.stream(pads).allMatch(p -> p == 0)) {
            return input;
        }
        site.require(value == 0, "pads with " + value + ", expected 0");
        site.require(input.view().isImage() && pads.length == 8 && pads[0] + pads[1] + pads[4] + pads[5] == 0
                && Arrays.stream(pads).allMatch(p -> p >= 0 && p <= Geometry.MOST), "pads " + Arrays.toString(pads)
                + ", expected zeros for batch and channels and [0, " + Geometry.MOST + "] around images [batch, channels, "
                + "height, width]");
        Border border = new Border((int) pads[2], (int) pads[3], (int) pads[6], (int) pads[7]).plus(input.border());
        site.require(Math.max(border.top() + border.bottom(), border.left() + border.right()) <= 2 * Geometry.MOST,
                "pads beyond " + Geometry.MOST);
        return input.within(border);
    }

    /** Softmax and LogSoftmax at the end, which leave the ranking of the classes as it is. */
    static Value softmax(Site site) {
        Activation input = site.activation(0);
        int rank = input.view().axes().size() + 1;
        int axis = site.integer("axis", site.opset() < 13 ? 1 : -1, -rank, rank - 1);
        int at = axis < 0 ? axis + rank : axis;
        boolean all = input.view().isFlat() && at > 0
                && (site.opset() < 13 || !input.view().axes().get(at - 1).isEmpty() || input.view().shape().size() == 1);
        site.require(all, "goes along axis " + axis + " of " + input.view() + ", expected one over all classes");
        site.requireLast();
        site.remark(site.node().operator() + " at the end is left out: it does not change which class is the largest");
        return input;
    }
}
