package metronome.traces.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/** Which share of its time a thread spends within some classes, from samples of its stack (JDK Flight Recorder). */
final class SampledShare {
    private static final String SAMPLE = "jdk.ExecutionSample";
    private static final Duration PERIOD = Duration.ofMillis(2);

    private SampledShare() {
    }

    /**
     * {@return the share of the samples taken while some work is done by this thread in whose stack there is a method of such a class, in [0, 1]}
     *
     * @param work takes many times the 2 ms from one sample to the next
     * @param within told the name of a class
     * @throws IllegalStateException if there was no sample
     */
    static double of(Runnable work, Predicate<String> within) {
        List<RecordedEvent> samples = samples(work);
        if (samples.isEmpty()) {
            throw new IllegalStateException("the flight recorder of this virtual machine takes no samples");
        }
        long inside = samples.stream().filter(sample -> sample.getStackTrace().getFrames().stream()
                .anyMatch(frame -> within.test(frame.getMethod().getType().getName()))).count();
        return (double) inside / samples.size();
    }

    private static List<RecordedEvent> samples(Runnable work) {
        try (Recording recording = new Recording()) {
            recording.enable(SAMPLE).withPeriod(PERIOD).withStackTrace();
            recording.start();
            Instant begin = Instant.now();
            work.run();
            Instant end = Instant.now();
            recording.stop();
            Path file = Files.createTempFile("metronome", ".jfr");
            try {
                recording.dump(file);
                return RecordingFile.readAllEvents(file).stream().filter(SampledShare::ofThisThread)
                        .filter(sample -> !sample.getStartTime().isBefore(begin) && sample.getStartTime().isBefore(end)).toList();
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a recording of the flight recorder", e);
        }
    }

    private static boolean ofThisThread(RecordedEvent event) {
        RecordedThread thread = event.getThread("sampledThread");
        return event.getEventType().getName().equals(SAMPLE) && thread != null && event.getStackTrace() != null
                && thread.getJavaThreadId() == Thread.currentThread().threadId();
    }
}
