package metronome.hwmodel.machine;

import metronome.hwmodel.memory.Storage;
import metronome.hwmodel.unit.Neurons;
import metronome.isa.target.Target;

/** Makes the data path of a chip's LIF array. */
@FunctionalInterface
interface DataPath {
    /** The neurons of a chip of that kind, whose weight scratchpad is given. */
    Neurons neurons(Target target, Storage weights);
}
