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
}
