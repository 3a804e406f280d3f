package metronome.core.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import metronome.core.network.Operator;
import metronome.core.network.Shape;
import metronome.core.tensor.Tensor;

/** Lowers Gemm and MatMul to dense layers, whose weights are put into the order of our activations. */
final class Products {
    private Products() {
    }

    static Value gemm(Site site) {
        Activation input = site.activation(0);
        site.require(input.view().axes().size() == 1, "needs [batch, elements], reads " + input.view());
        site.require(!site.flag("transA"), "transA 1 would swap batch and elements");
        Constant matrix = site.constant(1);
        boolean transposed = site.flag("transB");
        requireMatrix(site, matrix, input, transposed ? 1 : 0);
        int outputs = matrix.shape()[transposed ? 0 : 1];
        Tensor weights = weights(site, matrix, input.view(), transposed, site.decimal("alpha", 1));
        float beta = site.decimal("beta", 1);
        float[] bias = site.optional(2).map(c -> bias(site, c, outputs, beta)).orElseGet(() -> new float[outputs]);
        return dense(site, input, weights, bias);
    }

    static Value matMul(Site site) {
        Activation input = site.activation(0);
        List<View.Direction> last = input.view().axes().isEmpty() ? List.of() : input.view().axes().getLast();
        site.require(input.view().extents().length > 0 && input.view().isFlat()
                && (!last.isEmpty() || input.view().shape().size() == 1),
                "needs [batch, elements], reads " + input.view());
        Constant matrix = site.constant(1);
        requireMatrix(site, matrix, input, 0);
        return dense(site, input, weights(site, matrix, input.view(), false, 1), new float[matrix.shape()[1]]);
    }

    private static void requireMatrix(Site site, Constant matrix, Activation input, int axis) {
        int size = input.view().shape().size();
        site.require(matrix.rank() == 2 && matrix.shape()[axis] == size && matrix.size() > 0, "weights " + matrix
                + " do not match " + size + " elements");
    }

    /** [out, in] in our order of the inputs. */
    private static Tensor weights(Site site, Constant matrix, View view, boolean transposed, float factor) {
        site.budget().take(matrix.size());
        int[] places = view.positions();
        int outputs = matrix.size() / places.length;
        float[] from = matrix.floats();
        Tensor weights = Tensor.zeros(outputs, places.length);
        for (int o = 0; o < outputs; o++) {
            for (int i = 0; i < places.length; i++) {
                weights.data()[o * places.length + places[i]] = factor * from[transposed ? o * places.length + i : i * outputs + o];
            }
        }
        return weights;
    }

    private static float[] bias(Site site, Constant c, int outputs, float factor) {
        boolean row = c.rank() > 0 && c.shape()[c.rank() - 1] == outputs && c.size() == outputs;
        site.require(c.rank() <= 2 && (row || c.size() == 1), "bias " + c + " does not match " + outputs + " outputs");
        site.budget().take(outputs);
        float[] values = c.floats();
        float[] bias = new float[outputs];
        for (int o = 0; o < outputs; o++) {
            bias[o] = factor * values[row ? o : 0];
        }
        return bias;
    }

    private static Value dense(Site site, Activation input, Tensor weights, float[] bias) {
        List<List<View.Direction>> axes = new ArrayList<>(Collections.nCopies(input.view().axes().size(), List.of()));
        axes.set(axes.size() - 1, List.of(View.Direction.CHANNEL));
        return site.emit(new Operator.Dense(weights, Tensor.of(bias, bias.length)), List.of(input.node()),
                new View(Shape.vector(bias.length), axes), false);
    }
}
