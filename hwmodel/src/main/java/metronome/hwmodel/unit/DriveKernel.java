package metronome.hwmodel.unit;

import jdk.incubator.vector.IntVector;

/** Adds slopes to potentials, saturating, with vectors (rule DATA-9); its scalar twin is in ComputedNeurons. */
final class DriveKernel {
    private static final int LANES = Lanes.INTS.length();

    private DriveKernel() {
    }

    /** Adds to the potentials of a tile what lies at the same places from the first slope on; both have 30 bits at most. */
    static void add(int[] potentials, Tile tile, int firstSlope, int most) {
        int at = tile.base();
        int slope = firstSlope;
        for (int end = firstSlope + tile.size(); slope + LANES <= end; slope += LANES, at += LANES) {
            IntVector.fromArray(Lanes.INTS, potentials, at).add(IntVector.fromArray(Lanes.INTS, potentials, slope)).max(-most - 1)
                    .min(most).intoArray(potentials, at);
        }
        for (; slope < firstSlope + tile.size(); slope++, at++) {
            potentials[at] = Math.min(Math.max(potentials[at] + potentials[slope], -most - 1), most);
        }
    }
}
