package metronome.hwmodel.machine;

import java.util.EnumSet;
import java.util.Set;
import metronome.hwmodel.memory.Storage;
import metronome.hwmodel.unit.ComputedNeurons;
import metronome.hwmodel.unit.Neurons;
import metronome.hwmodel.unit.Sharing;
import metronome.hwmodel.unit.VectorNeurons;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import metronome.isa.target.TargetRules;

/** How the parts of a chip are moved. Both engines give the same run: cycles, counts, stalls, spikes and memory. */
public enum Engine {
    /** Every part, one cycle at a time; written to be read. */
    REFERENCE {
        @Override
        DataPath dataPath(Sharing sharing) {
            return new DataPath((target, weights) -> new ComputedNeurons(target.count(TargetField.POTENTIALS),
                    target.count(TargetField.POTENTIAL_BITS), weights, TargetRules.weightBytes(target)), false);
        }

        @Override
        Mover mover(Chip chip) {
            return new ReferenceEngine(chip);
        }
    },
    /** Leaves out what cannot change. */
    FAST {
        @Override
        DataPath dataPath(Sharing sharing) {
            return new DataPath((target, weights) -> fastNeurons(target, weights, sharing), true);
        }

        @Override
        Mover mover(Chip chip) {
            return new FastEngine(chip);
        }
    };

    /** {@return all engines} */
    public static Set<Engine> all() {
        return EnumSet.allOf(Engine.class);
    }

    /**
     * {@return whether methods of a class compute potentials, for who looks at stacks}
     *
     * @param name of the class, as {@link Class#getName} has it
     */
    public static boolean computesPotentials(String name) {
        return name.equals(VectorNeurons.class.getName()) || name.equals(ComputedNeurons.class.getName());
    }

    /** How the LIF array computes; arithmetic that can be shared out is. */
    abstract DataPath dataPath(Sharing sharing);

    /** Vectors have room for weights of a byte and for sums that stay well below 32 bits. */
    private static Neurons fastNeurons(Target target, Storage weights, Sharing sharing) {
        int bits = target.count(TargetField.POTENTIAL_BITS);
        return TargetRules.weightBytes(target) == 1 && bits <= 30
                ? new VectorNeurons(target.count(TargetField.POTENTIALS), bits, weights, sharing)
                : REFERENCE.dataPath(sharing).neurons(target, weights);
    }

    /** What moves a chip that is at rest. */
    abstract Mover mover(Chip chip);
}
