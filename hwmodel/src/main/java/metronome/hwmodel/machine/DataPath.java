package metronome.hwmodel.machine;

import java.util.Optional;
import metronome.hwmodel.memory.Storage;
import metronome.hwmodel.unit.FiringRecord;
import metronome.hwmodel.unit.Neurons;
import metronome.isa.target.Target;

/**
 * How a chip's LIF array computes.
 *
 * @param maker of its neurons
 * @param remembering whether the costs of events are measured once for each shape of a fan-out
 * @param known when neurons fire, if that is known before; then nobody reads their weights
 */
record DataPath(Maker maker, boolean remembering, Optional<Known> known) {
    /** One whose neurons' firing steps are not known. */
    DataPath(Maker maker, boolean remembering) {
        this(maker, remembering, Optional.empty());
    }

    /**
     * When neurons fire that fire once.
     *
     * @param steps by layer and neuron
     * @param record the same, turned
     */
    record Known(int[][] steps, FiringRecord record) {
    }

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

    /** The same with other neurons, whose firing steps are known. */
    DataPath with(Maker other, Known when) {
        return new DataPath(other, remembering, Optional.of(when));
    }
}
