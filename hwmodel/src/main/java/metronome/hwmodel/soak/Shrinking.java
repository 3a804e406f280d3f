package metronome.hwmodel.soak;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import metronome.core.code.TemporalCode;
import metronome.core.code.ZeroPolicy;
import metronome.core.network.Shape;
import metronome.core.spiking.FixedLayer;
import metronome.core.spiking.FixedNetwork;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;

/** Takes a case apart: leaves out layers, spikes and peculiarities of the chip while something still holds. */
final class Shrinking {
    private final Predicate<RandomCase> holds;

    Shrinking(Predicate<RandomCase> holds) {
        this.holds = holds;
    }

    /** A case of which nothing can be left out without losing what holds of it. */
    RandomCase smallest(RandomCase of) {
        RandomCase smallest = of;
        Optional<RandomCase> smaller = Optional.of(of);
        while (smaller.isPresent()) {
            smallest = smaller.orElseThrow();
            smaller = Stream.of(layers(smallest), fields(smallest), spikes(smallest)).flatMap(s -> s).filter(holds)
                    .findFirst();
        }
        return smallest;
    }

    private static Stream<RandomCase> layers(RandomCase c) {
        FixedNetwork network = c.network();
        List<FixedLayer> layers = network.layers();
        if (layers.size() == 1 || !network.wiring().isChain()) {
            return Stream.empty();
        }
        Stream<RandomCase> withoutLast = layers.get(layers.size() - 2) instanceof FixedLayer.Synapses
                ? Stream.of(of(c, network.input(), layers.subList(0, layers.size() - 1), c.input())) : Stream.empty();
        Shape second = layers.getFirst().output();
        return Stream.concat(withoutLast,
                Stream.of(of(c, second, layers.subList(1, layers.size()), new int[second.size()])));
    }

    private static RandomCase of(RandomCase c, Shape input, List<FixedLayer> layers, int[] spikes) {
        FixedNetwork n = c.network();
        return new RandomCase(new FixedNetwork(n.name(), n.code(), n.readout(), n.weightBits(), n.potentialBits(),
                n.leak(), input, layers), c.target(), spikes);
    }

    private static Stream<RandomCase> fields(RandomCase c) {
        Target preset = Target.preset();
        return Arrays.stream(TargetField.values()).filter(f -> !c.target().text(f).equals(preset.text(f)))
                .map(f -> new RandomCase(c.network(), c.target().with(f, preset.text(f)), c.input()));
    }

    /** Under the policy that lets zeros be silent, without half, a quarter, ... of the spikes. */
    private static Stream<RandomCase> spikes(RandomCase c) {
        int[] spiking = IntStream.range(0, c.input().length).filter(i -> c.input()[i] != TemporalCode.SILENT).toArray();
        if (c.network().code().zeros() != ZeroPolicy.SILENT || spiking.length == 0) {
            return Stream.empty();
        }
        return IntStream.iterate(spiking.length, part -> part > 0, part -> part / 2).boxed()
                .flatMap(part -> IntStream.range(0, Math.ceilDiv(spiking.length, part))
                        .mapToObj(n -> without(c, spiking, n * part, Math.min(spiking.length, (n + 1) * part))));
    }

    private static RandomCase without(RandomCase c, int[] spiking, int from, int to) {
        int[] input = c.input().clone();
        for (int i = from; i < to; i++) {
            input[spiking[i]] = TemporalCode.SILENT;
        }
        return new RandomCase(c.network(), c.target(), input);
    }
}
