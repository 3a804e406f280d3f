package metronome.hwmodel.machine;

import metronome.hwmodel.memory.Storage;
import metronome.hwmodel.unit.Neurons;
import metronome.isa.target.Target;

/**
 * How a chip's LIF array computes.
 *
 * @param maker of its neurons
 * @param remembering whether the costs of events are measured once for each shape of a fan-out
 */
record DataPath(Maker maker, boolean remembering) {
    /** Makes neurons. */
    @FunctionalInterface
    interface Maker {
        /** The neurons of a chip of that kind, whose weight scratchpad is given. */
        Neurons neurons(Target target, Storage weights);
    }

    Neurons neurons(Target target, Storage weights) {
        return maker.neurons(target, weights);
    }

    /** The same with other neurons. */
    DataPath with(Maker other) {
        return new DataPath(other, remembering);
    }
}
