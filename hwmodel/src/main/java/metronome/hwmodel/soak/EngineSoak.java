package metronome.hwmodel.soak;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import metronome.core.io.DataException;
import metronome.hwmodel.machine.ChipState;
import metronome.isa.program.Program;

/** Compares two ways to run random cases, to the bit: counts, stalls, spikes and memories, at the end and on the way. */
public final class EngineSoak {
    private final Runner expected;
    private final Runner actual;
    private final SoakCase.Kind kind;

    /**
     * Takes two ways to run.
     *
     * @param expected the truth
     * @param actual what is to give the same
     * @param kind of the cases
     */
    public EngineSoak(Runner expected, Runner actual, SoakCase.Kind kind) {
        this.expected = expected;
        this.actual = actual;
        this.kind = kind;
    }

    /**
     * {@return where the two differ on the case of a seed, taken apart as far as it goes; empty if they agree}
     *
     * @param seed of the case
     */
    public Optional<Divergence> check(long seed) {
        SoakCase drawn = kind.draw(seed);
        if (differAt(drawn).isEmpty()) {
            return Optional.empty();
        }
        SoakCase smallest = new Shrinking(c -> differAt(c).isPresent()).smallest(drawn);
        return Optional.of(locate(seed, smallest));
    }

    /** A cycle after which the two differ: the end, or one on the way that is picked by chance. */
    private OptionalLong differAt(SoakCase c) {
        Program program;
        try {
            program = c.compile();
        } catch (DataException | IllegalArgumentException e) {
            return OptionalLong.empty();
        }
        Outcome whole = Outcome.of(expected, program, c, Long.MAX_VALUE);
        long end = whole.state().map(s -> s.counts().cycles()).orElse(Long.MAX_VALUE);
        if (difference(program, c, Long.MAX_VALUE).isPresent()) {
            return OptionalLong.of(end);
        }
        long onTheWay = new SplittableRandom(end).nextLong(end);
        return difference(program, c, onTheWay).isPresent() ? OptionalLong.of(onTheWay) : OptionalLong.empty();
    }

    private Optional<String> difference(Program program, SoakCase c, long cycles) {
        Outcome here = Outcome.of(expected, program, c, cycles);
        Outcome there = Outcome.of(actual, program, c, cycles);
        if (here.state().isPresent() && there.state().isPresent()) {
            return here.state().orElseThrow().difference(there.state().orElseThrow());
        }
        return here.error().equals(there.error()) ? Optional.empty()
                : Optional.of("error: '" + here.error() + "' against '" + there.error() + "'");
    }

    /** Halves the stretch in which the first difference lies. */
    private Divergence locate(long seed, SoakCase c) {
        Program program = c.compile();
        long differs = differAt(c).orElseThrow();
        long same = -1;
        while (differs - same > 1) {
            long middle = same + (differs - same) / 2;
            if (difference(program, c, middle).isPresent()) {
                differs = middle;
            } else {
                same = middle;
            }
        }
        return new Divergence(seed, c, differs, difference(program, c, differs).orElseThrow());
    }

    /** What came of a run: a state or an error. */
    private record Outcome(Optional<ChipState> state, String error) {
        static Outcome of(Runner runner, Program program, SoakCase c, long cycles) {
            try {
                return new Outcome(Optional.of(runner.stateAfter(program, c, cycles)), "");
            } catch (DataException e) {
                return new Outcome(Optional.empty(), e.getMessage());
            }
        }
    }
}
