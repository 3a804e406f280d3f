package metronome.core.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import metronome.core.network.Operator;
import metronome.core.network.Shape;

/** Lowers what reads several activations: Add, Sum and Concat. */
final class Joins {
    private Joins() {
    }

    private static List<Activation> activations(Site site) {
        List<Activation> activations = IntStream.range(0, site.node().inputs().size()).mapToObj(site::activation).toList();
        site.require(activations.size() >= 2, "needs two inputs or more");
        return activations;
    }

    static Value add(Site site) {
        List<Activation> inputs = activations(site);
        View view = inputs.getFirst().view();
        for (Activation input : inputs) {
            site.require(input.view().equals(view), "adds " + view + " and " + input.view()
                    + ", expected activations of one shape and order");
        }
        return site.emit(new Operator.Add(), inputs.stream().map(Activation::node).toList(), view,
                inputs.stream().allMatch(Activation::nonNegative));
    }

    static Value concat(Site site) {
        List<Activation> inputs = activations(site);
        View first = inputs.getFirst().view();
        int axis = site.integer("axis", 1, -first.axes().size(), first.axes().size());
        int at = (axis < 0 ? axis + first.axes().size() + 1 : axis) - 1;
        site.require(at >= 0, "joins along the batch");
        List<View.Direction> within = behindChannels(site, first, at);
        for (Activation input : inputs) {
            View view = input.view();
            site.require(view.axes().size() == first.axes().size() && behindChannels(site, view, at).equals(within)
                    && others(view, at).equals(others(first, at)), "joins " + first + " and " + view
                    + " along axis " + axis + ", expected activations that differ in their channels only");
        }
        List<List<View.Direction>> axes = new ArrayList<>(first.axes());
        List<View.Direction> joined = new ArrayList<>(within);
        joined.addFirst(View.Direction.CHANNEL);
        axes.set(at, joined);
        Shape shape = stacked(site, inputs);
        return site.emit(new Operator.Concat(), inputs.stream().map(Activation::node).toList(), new View(shape, axes),
                inputs.stream().allMatch(Activation::nonNegative));
    }

    private static Shape stacked(Site site, List<Activation> inputs) {
        try {
            return Shape.stacked(inputs.stream().map(i -> i.view().shape()).toList());
        } catch (IllegalArgumentException e) {
            throw site.refusal(e.getMessage());
        }
    }

    /** The directions through which the joined axis runs inside of a channel, which comes first. */
    private static List<View.Direction> behindChannels(Site site, View view, int at) {
        List<View.Direction> axis = view.axes().get(at);
        boolean one = view.shape().channels() == 1;
        site.require(one || !axis.isEmpty() && axis.getFirst() == View.Direction.CHANNEL,
                "joins " + view + " along another axis than that of the channels");
        return one ? axis : axis.subList(1, axis.size());
    }

    private static List<List<View.Direction>> others(View view, int at) {
        List<List<View.Direction>> others = new ArrayList<>(view.axes());
        others.remove(at);
        return others;
    }
}
