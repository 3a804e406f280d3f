package metronome.isa.compiler;

import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.isa.instruction.Operation;

/** The three instructions that carry a geometry, made from the same shapes. */
final class Shapes {
    private Shapes() {
    }

    static Operation lif(Shape in, Shape out, Window window) {
        return new Operation.LifShape(in.channels(), window.height(), window.width(), in.height(), in.width(),
                out.height(), out.width(), window.stride(), window.padding());
    }

    static Operation pool(Shape in, Shape out, Window window) {
        return new Operation.PoolShape(in.channels(), window.height(), window.width(), in.height(), in.width(),
                out.height(), out.width(), window.stride(), window.padding());
    }

    static Operation tensor(Shape in, Shape out, Window window) {
        return new Operation.TensorShape(in.channels(), window.height(), window.width(), in.height(), in.width(),
                out.height(), out.width(), window.stride(), window.padding(), out.channels() - 1);
    }
}
