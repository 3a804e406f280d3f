package metronome.isa.compiler;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import metronome.core.network.Shape;
import metronome.core.spiking.FixedNetwork;
import metronome.core.spiking.Wiring;

/**
 * Spikes as layers read them: those of one layer, or of several with their channels stacked.
 *
 * @param sources layers, {@link Wiring#INPUT} for the input, in the order of their channels
 * @param offsets first channel of each source
 * @param shape of all together
 * @param readers layers that read it, in their order
 */
record View(List<Integer> sources, List<Integer> offsets, Shape shape, List<Integer> readers) {
    /** The views of a network, in the order of their first readers. */
    static List<View> of(FixedNetwork network) {
        Map<List<Integer>, List<Integer>> readers = new LinkedHashMap<>();
        for (int l = 0; l < network.layers().size(); l++) {
            readers.computeIfAbsent(network.wiring().sources().get(l), _ -> new ArrayList<>()).add(l);
        }
        return readers.entrySet().stream().map(entry -> of(network, entry.getKey(), entry.getValue())).toList();
    }

    private static View of(FixedNetwork network, List<Integer> sources, List<Integer> readers) {
        List<Integer> offsets = new ArrayList<>();
        int channels = 0;
        for (int source : sources) {
            offsets.add(channels);
            channels += output(network, source).channels();
        }
        return new View(sources, offsets, network.layers().get(readers.getFirst()).input(), readers);
    }

    /** Those with a layer that is in another one too, or in it twice; they cannot be written as one region. */
    static Set<View> shared(List<View> views) {
        return views.stream().filter(view -> view.meets(views)).collect(Collectors.toSet());
    }

    private boolean meets(List<View> views) {
        return sources.stream().distinct().count() < sources.size()
                || views.stream().anyMatch(other -> other != this && other.sources.stream().anyMatch(sources::contains));
    }

    /** The shape of a layer's neurons, or of the input. */
    static Shape output(FixedNetwork network, int layer) {
        return layer == Wiring.INPUT ? network.input() : network.layers().get(layer).output();
    }

    /** Whether it holds spikes while a layer runs: from the first layer that writes it to the last that reads it. */
    boolean livesAt(int layer) {
        return sources.stream().anyMatch(s -> s <= layer) && readers.getLast() >= layer;
    }

    /** The last layer that writes it. */
    int lastSource() {
        return sources.stream().mapToInt(Integer::intValue).max().orElseThrow();
    }
}
