package metronome.traces.bench;

import java.util.function.Supplier;

/**
 * A figure of speed.
 *
 * @param name by which it is asked for
 * @param unit of its values
 * @param meaning what is measured, in a sentence
 * @param goal what it should reach, in words
 * @param trial prepares what is not measured, once
 */
public record Figure(String name, String unit, String meaning, String goal, Supplier<? extends Figure.Trial> trial) {
    /** What is repeated. */
    @FunctionalInterface
    public interface Trial {
        /** {@return the value of one repetition} */
        double value();

        /** {@return what a reader of the value must know besides, found out on the way; empty for nothing} */
        default String note() {
            return "";
        }
    }

    /** Nanoseconds in a second. */
    static final double NANOS = 1e9;

    /** Seconds that some work takes. */
    static double seconds(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / NANOS;
    }
}
