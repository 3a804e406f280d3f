package metronome.isa.compiler;

import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.isa.instruction.LifOperation;
import metronome.isa.instruction.Operation;
import metronome.isa.instruction.PoolOperation;
import metronome.isa.instruction.TensorOperation;

/** The instructions that carry a geometry, made from the same shapes. */
final class Shapes {
    private Shapes() {
    }

    static Operation lif(Shape in, Shape out, Window window) {
        return new LifOperation.LifShape(in.channels(), window.height(), window.width(), in.height(), in.width(),
                out.height(), out.width(), window.stride(), window.padding());
    }

    /** Groups and dilation, which a plain window does not need. */
    static Operation lifGroups(Shape in, Shape out, Window window) {
        return new LifOperation.LifGroups(in.channels() / window.groups(), out.channels() / window.groups(),
                window.dilation());
    }

    /** Groups and dilation, which a plain window does not need. */
    static Operation tensorGroups(Shape in, Shape out, Window window) {
        return new TensorOperation.TensorGroups(in.channels() / window.groups(), out.channels() / window.groups(),
                window.dilation());
    }

    static Operation pool(Shape in, Shape out, Window window) {
        return new PoolOperation.PoolShape(in.channels(), window.height(), window.width(), in.height(), in.width(),
                out.height(), out.width(), window.stride(), window.padding());
    }

    static Operation tensor(Shape in, Shape out, Window window) {
        return new TensorOperation.TensorShape(in.channels(), window.height(), window.width(), in.height(), in.width(),
                out.height(), out.width(), window.stride(), window.padding(), out.channels() - 1);
    }
}
