package metronome.hwmodel.unit;

/**
 * What an event costs the LIF array (rules LIF-4 and LIF-5).
 *
 * @param cycles that it occupies the array, at least 1
 * @param updates synaptic additions
 * @param words weight words read
 * @param potentialStalls how many of the cycles are due to potentials that share a bank
 * @param weightStalls how many more are due to weight words that share a bank
 */
record FanOutCost(int cycles, int updates, int words, int potentialStalls, int weightStalls) {
    /** The same fan-out twice; what reaches nothing takes its one cycle. */
    FanOutCost twice() {
        return updates == 0 ? this : new FanOutCost(2 * cycles, 2 * updates, 2 * words, 2 * potentialStalls, 2 * weightStalls);
    }
}
