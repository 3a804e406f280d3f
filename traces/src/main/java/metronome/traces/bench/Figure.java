package metronome.traces.bench;

import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * A figure of speed.
 *
 * @param name by which it is asked for
 * @param unit of its values
 * @param meaning what is measured, in a sentence
 * @param goal what it should reach, in words
 * @param trial prepares what is not measured, once, and then gives a value each time it is called
 */
public record Figure(String name, String unit, String meaning, String goal, Supplier<DoubleSupplier> trial) {
    /** Nanoseconds in a second. */
    static final double NANOS = 1e9;

    /** Seconds that some work takes. */
    static double seconds(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / NANOS;
    }
}
