package metronome.core.data;

import java.util.Random;

/** Independent generators for the parts of a task, so that who does which part does not matter. */
public final class Seeds {
    private Seeds() {
    }

    /**
     * {@return a generator for one part; {@link Random} is specified to the bit}
     *
     * @param seed of the whole
     * @param part numbers that name the part
     */
    public static Random random(long seed, long... part) {
        long mixed = mix(seed);
        for (long number : part) {
            mixed = mix(mixed ^ mix(number));
        }
        return new Random(mixed);
    }

    /** The finalizer of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): neighbouring seeds become unrelated ones. */
    static long mix(long z) {
        long a = z + 0x9e3779b97f4a7c15L;
        a = (a ^ a >>> 30) * 0xbf58476d1ce4e5b9L;
        a = (a ^ a >>> 27) * 0x94d049bb133111ebL;
        return a ^ a >>> 31;
    }
}
