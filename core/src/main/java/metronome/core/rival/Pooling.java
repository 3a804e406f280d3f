package metronome.core.rival;

import java.util.function.IntConsumer;
import metronome.core.network.Shape;
import metronome.core.network.Window;

/** Which windows of a max-pool an input lies in; immutable. */
record Pooling(Shape input, Shape output, Window window) {
    /** Every window of an input. */
    void visit(int spike, IntConsumer pooled) {
        int pixels = input.height() * input.width();
        int channel = spike / pixels * output.height() * output.width();
        int y = spike % pixels / input.width() + window.padding();
        int x = spike % input.width() + window.padding();
        for (int row = first(y, window.height()); row < output.height() && row * window.stride() <= y; row++) {
            for (int column = first(x, window.width()); column < output.width() && column * window.stride() <= x; column++) {
                pooled.accept(channel + row * output.width() + column);
            }
        }
    }

    private int first(int place, int size) {
        return Math.max(0, Math.ceilDiv(place - size + 1, window.stride()));
    }
}
