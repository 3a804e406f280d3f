package metronome.hwmodel.machine;

import metronome.hwmodel.unit.ComputedNeurons;
import metronome.isa.target.TargetField;
import metronome.isa.target.TargetRules;

/** How the parts of a chip are moved. Both engines give the same run: cycles, counts, stalls, spikes and memory. */
public enum Engine {
    /** Every part, one cycle at a time; written to be read. */
    REFERENCE {
        @Override
        DataPath dataPath() {
            return new DataPath((target, weights) -> new ComputedNeurons(target.count(TargetField.POTENTIALS),
                    target.count(TargetField.POTENTIAL_BITS), weights, TargetRules.weightBytes(target)), false);
        }

        @Override
        void run(Chip chip, long cycles) {
            new ReferenceEngine(chip).run(cycles);
        }
    },
    /** Leaves out what cannot change. */
    FAST {
        @Override
        DataPath dataPath() {
            return new DataPath(REFERENCE.dataPath().maker(), true);
        }

        @Override
        void run(Chip chip, long cycles) {
            new FastEngine(chip).run(cycles);
        }
    };

    abstract DataPath dataPath();

    abstract void run(Chip chip, long cycles);
}
