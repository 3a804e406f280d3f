package metronome.hwmodel.unit;

/** The leak in a form that compilers turn into vectors (rule DATA-2). */
final class LeakKernel {
    private LeakKernel() {
    }

    /** Lets the potentials from one to another leak. */
    static void leak(int[] potentials, int from, int to, int leak) {
        for (int i = from; i < to; i++) {
            potentials[i] = leaked(potentials[i], leak);
        }
    }

    /** Without 64 bits: the upper and the lower half of a potential times lambda, each of which fits into 32. */
    static int leaked(int v, int leak) {
        return (v >> 16) * leak + ((v & 0xffff) * leak + (1 << 15) >>> 16);
    }
}
