package metronome.hwmodel.soak;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import metronome.core.io.DataException;
import metronome.hwmodel.machine.ChipState;
import metronome.hwmodel.probe.ChipEvent;
import metronome.hwmodel.probe.EventStream;
import metronome.hwmodel.probe.Probe;
import metronome.isa.program.Program;

/**
 * Compares two ways to run random cases, to the bit: counts, stalls, spikes and memories, at the end and on the way, and all
 * events that a probe is told.
 */
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
        if (difference(program, c, onTheWay).isPresent()) {
            return OptionalLong.of(onTheWay);
        }
        return eventDifference(program, c).isPresent() ? OptionalLong.of(end) : OptionalLong.empty();
    }

    /** The first event in which the two differ; windows are as long as chance has it, from the size of the program. */
    private Optional<EventDifference> eventDifference(Program program, SoakCase c) {
        int window = 1 + new SplittableRandom(program.instructions()).nextInt(3000);
        List<ChipEvent> here = events(expected, program, c, window);
        List<ChipEvent> there = events(actual, program, c, window);
        int at = 0;
        while (at < Math.min(here.size(), there.size()) && here.get(at).equals(there.get(at))) {
            at++;
        }
        return at == here.size() && at == there.size() ? Optional.empty()
                : Optional.of(new EventDifference(at < here.size() ? Optional.of(here.get(at)) : Optional.empty(),
                        at < there.size() ? Optional.of(there.get(at)) : Optional.empty()));
    }

    private static List<ChipEvent> events(Runner runner, Program program, SoakCase c, int window) {
        List<ChipEvent> events = new ArrayList<>();
        Probe probe = new Probe(EnumSet.allOf(EventStream.class), window, events::add);
        try {
            c.stateAfter(runner.machine(program, c).withProbe(probe), Long.MAX_VALUE);
        } catch (DataException e) {
            return events;
        }
        return events;
    }

    /** What was told where the two differ; nothing if one of them has come to its end. */
    private record EventDifference(Optional<ChipEvent> here, Optional<ChipEvent> there) {
        long cycle() {
            return here.or(() -> there).orElseThrow().cycle();
        }

        @Override
        public String toString() {
            return here.or(() -> there).orElseThrow().stream().label() + " of a probe: " + words(here) + " against " + words(there);
        }

        private static String words(Optional<ChipEvent> event) {
            return event.map(Object::toString).orElse("no event");
        }
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
        if (difference(program, c, differs).isEmpty()) {
            EventDifference events = eventDifference(program, c).orElseThrow();
            return new Divergence(seed, c, events.cycle(), events.toString());
        }
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
                return new Outcome(Optional.of(c.stateAfter(runner.machine(program, c), cycles)), "");
            } catch (DataException e) {
                return new Outcome(Optional.empty(), e.getMessage());
            }
        }
    }
}
