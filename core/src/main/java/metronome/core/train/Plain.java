package metronome.core.train;

import java.util.List;
import java.util.function.Supplier;
import metronome.core.network.Stage;

/** A layer that computes each sample by itself, forward as it does at inference. */
final class Plain implements Layer {
    private final Stage stage;
    private final Supplier<Gradient> zeros;
    private final Backward backward;

    @FunctionalInterface
    interface Backward {
        void compute(Pass pass, Gradient gradient);
    }

    Plain(Stage stage, Supplier<Gradient> zeros, Backward backward) {
        this.stage = stage;
        this.zeros = zeros;
        this.backward = backward;
    }

    @Override
    public Gradient gradient() {
        return zeros.get();
    }

    @Override
    public void forward(List<float[]> in, float[] out, Batch batch) {
        stage.compute(in, out);
    }

    @Override
    public void backward(Pass pass, Batch batch) {
        backward.compute(pass, batch.gradient());
    }
}
