package metronome.core.spiking;

/**
 * Potentials with the step up to which each has leaked. The table has {@code P(1) = lambda} and
 * {@code P(e) = (P(e - 1) lambda + 2^15) >> 16}; a gap of more steps than it has entries is taken in pieces as long as it,
 * the rest last. Each piece rounds: {@code V <- (V P(e) + 2^15) >> 16}.
 */
final class LazyPotentials {
    private final int[] powers;
    private final int[] potentials;
    private final int[] reached;

    LazyPotentials(int leak, int entries, int[] potentials) {
        this.powers = new int[entries + 1];
        this.potentials = potentials;
        this.reached = new int[potentials.length];
        powers[1] = leak;
        for (int e = 2; e <= entries; e++) {
            powers[e] = FixedLif.decayed(powers[e - 1], leak);
        }
    }

    /** Lets a run of potentials leak up to a step. */
    void touch(int first, int length, int step) {
        for (int i = first; i < first + length; i++) {
            for (int gap = step - reached[i]; gap > 0; gap -= powers.length - 1) {
                potentials[i] = FixedLif.decayed(potentials[i], powers[Math.min(gap, powers.length - 1)]);
            }
            reached[i] = step;
        }
    }
}
