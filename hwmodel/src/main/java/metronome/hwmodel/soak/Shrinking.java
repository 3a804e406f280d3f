package metronome.hwmodel.soak;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;

/** Takes a case apart: leaves out layers, spikes and peculiarities of the chip while something still holds. */
final class Shrinking {
    private final Predicate<SoakCase> holds;

    Shrinking(Predicate<SoakCase> holds) {
        this.holds = holds;
    }

    /** A case of which nothing can be left out without losing what holds of it. */
    SoakCase smallest(SoakCase of) {
        SoakCase smallest = of;
        Optional<SoakCase> smaller = Optional.of(of);
        while (smaller.isPresent()) {
            smallest = smaller.orElseThrow();
            smaller = Stream.concat(smallest.smaller(), fields(smallest)).filter(holds).findFirst();
        }
        return smallest;
    }

    private static Stream<SoakCase> fields(SoakCase c) {
        Target preset = Target.preset();
        return Arrays.stream(TargetField.values()).filter(f -> !c.target().text(f).equals(preset.text(f)))
                .map(f -> c.on(c.target().with(f, preset.text(f))));
    }

    /** Without all of some things, without each half of them, each quarter, ...; the things are numbered from 0. */
    static <T> Stream<T> without(int things, IntFunction<IntFunction<T>> fromTo) {
        return IntStream.iterate(things, part -> part > 0, part -> part / 2).boxed()
                .flatMap(part -> IntStream.range(0, Math.ceilDiv(things, part))
                        .mapToObj(n -> fromTo.apply(n * part).apply(Math.min(things, (n + 1) * part))));
    }
}
