package metronome.traces.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import metronome.core.io.AtomicFile;
import metronome.core.io.DataException;
import metronome.traces.bench.ThreadUse;
import metronome.traces.run.Parallel;
import metronome.traces.run.Watcher;

/**
 * Gives damaged files to a reader. It fails if anything but a {@link DataException} comes out, or if it allocates more than
 * its bounds say.
 */
public final class ReaderSoak {
    private static final int PIECE = 1000;

    private final SoakReader reader;
    private final List<byte[]> samples;

    /**
     * Makes the valid files and reads them.
     *
     * @param reader what is soaked
     * @throws IllegalStateException if it refuses one of them
     */
    public ReaderSoak(SoakReader reader) {
        this.reader = reader;
        samples = reader.samples().get();
        Tally tally = new Tally();
        List<String> failures = inScratch(scratch -> samples.stream()
                .flatMap(sample -> failure(sample, scratch, tally).stream()).toList());
        if (tally.accepted < samples.size()) {
            throw new IllegalStateException(reader.name() + ": refuses a valid file " + failures);
        }
    }

    /**
     * What came out.
     *
     * @param inputs how many files were read
     * @param accepted how many of them had no fault in spite of the damage
     * @param refused how many ended in a {@link DataException}
     * @param failures of the others, a line each that names the seed
     * @param mostAllocated for one file, in bytes
     */
    public record Result(long inputs, long accepted, long refused, List<String> failures, long mostAllocated) {
        /** {@return the two together}
         *
         * @param other of more inputs
         */
        Result plus(Result other) {
            List<String> all = new ArrayList<>(failures);
            all.addAll(other.failures);
            return new Result(inputs + other.inputs, accepted + other.accepted, refused + other.refused, all,
                    Math.max(mostAllocated, other.mostAllocated));
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%,d inputs, %,d accepted, %,d refused, %,d failed", inputs, accepted, refused,
                    failures.size());
        }
    }

    private static final class Tally {
        private long accepted;
        private long refused;
        private long mostAllocated;
    }

    /**
     * {@return what becomes of damaged files}
     *
     * @param count how many
     * @param seed of the first; each has a seed of its own, one more than the one before
     * @param threads at least 1
     * @param watcher is told of each thousand
     */
    public Result run(int count, long seed, int threads, Watcher watcher) {
        int pieces = Math.ceilDiv(count, PIECE);
        return Parallel.map("damaged files for " + reader.name(), pieces, threads, watcher,
                piece -> piece(seed + (long) piece * PIECE, Math.min(PIECE, count - piece * PIECE)))
                .stream().reduce(new Result(0, 0, 0, List.of(), 0), Result::plus);
    }

    private Result piece(long seed, int count) {
        return inScratch(scratch -> {
            Tally tally = new Tally();
            List<String> failures = new ArrayList<>();
            for (long s = seed; s < seed + count; s++) {
                long current = s;
                failure(file(s), scratch, tally).ifPresent(message -> failures.add(reader.name() + ", seed " + current + ": " + message));
            }
            return new Result(count, tally.accepted, tally.refused, failures, tally.mostAllocated);
        });
    }

    /**
     * {@return the damaged file of a seed}
     *
     * @param seed any
     */
    byte[] file(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return Mutation.any(samples.get(random.nextInt(samples.size())), random);
    }

    private Optional<String> failure(byte[] file, Path scratch, Tally tally) {
        long before = ThreadUse.bytes();
        boolean accepted = false;
        try {
            reader.reads().read(file, scratch);
            accepted = true;
        } catch (DataException e) {
            tally.refused++;
        } catch (Exception | StackOverflowError | OutOfMemoryError e) {
            StackTraceElement[] trace = e.getStackTrace();
            return Optional.of(e + (trace.length > 0 ? " at " + trace[0] : ""));
        }
        long allocated = ThreadUse.bytes() - before;
        tally.mostAllocated = Math.max(tally.mostAllocated, allocated);
        if (allocated > (long) file.length * reader.bytesPerByte() + reader.freeBytes()) {
            tally.refused -= accepted ? 0 : 1;
            return Optional.of("allocates " + allocated + " bytes for a file of " + file.length);
        }
        tally.accepted += accepted ? 1 : 0;
        return Optional.empty();
    }

    @FunctionalInterface
    private interface Work<R> {
        R in(Path scratch);
    }

    private static <R> R inScratch(Work<R> work) {
        try {
            Path directory = Files.createTempDirectory("metronome-soak");
            try {
                return work.in(directory.resolve("file"));
            } finally {
                try (var files = Files.list(directory)) {
                    for (Path file : files.toList()) {
                        Files.delete(file);
                    }
                }
                Files.delete(directory);
            }
        } catch (IOException e) {
            throw new DataException("the temporary directory cannot be used: " + AtomicFile.reason(e), e);
        }
    }
}
