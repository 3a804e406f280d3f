package metronome.traces.bench;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;

/**
 * How long something is repeated before it counts: until the virtual machine has compiled what it will, which takes longer where
 * others use the same cores.
 *
 * @param least for how long at least
 * @param most for how long at most, but for the end of a repetition
 */
public record WarmUp(Duration least, Duration most) {
    /** Over which the time that is spent on compiling is looked at. */
    private static final Duration WINDOW = Duration.ofSeconds(2);
    /** One in so many milliseconds may be spent on compiling what is no longer waited for. */
    private static final long SELDOM = 50;

    /** Repeats a trial. */
    void repeat(Figure.Trial trial) {
        long start = System.nanoTime();
        boolean compiling = true;
        while (since(start).compareTo(least) < 0 || compiling && since(start).compareTo(most) < 0) {
            long window = System.nanoTime();
            long compiled = compilingMillis();
            do {
                trial.value();
            } while (since(window).compareTo(WINDOW) < 0 && since(start).compareTo(most) < 0);
            compiling = (compilingMillis() - compiled) * SELDOM > since(window).toMillis();
        }
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** All time spent on compiling so far; 0 where the virtual machine does not say. */
    private static long compilingMillis() {
        return Optional.ofNullable(ManagementFactory.getCompilationMXBean())
                .filter(CompilationMXBean::isCompilationTimeMonitoringSupported)
                .map(CompilationMXBean::getTotalCompilationTime).orElse(0L);
    }
}
