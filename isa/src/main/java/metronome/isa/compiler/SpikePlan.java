package metronome.isa.compiler;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import metronome.core.spiking.FixedNetwork;

/**
 * Where the spikes of each layer wait for their readers, and how each layer is cut.
 *
 * @param network that is compiled
 * @param placement of its layers on cores
 * @param views of its layers' spikes
 * @param chip views that are kept on the chip, each in a region of its own; the others are in DRAM
 * @param cuts of the layers
 * @param inputRegions how many regions take the spikes of tiles from DRAM in turn
 * @param outputRegions how many regions take the spikes of tiles to DRAM in turn
 */
record SpikePlan(FixedNetwork network, Placement placement, List<View> views, Set<View> chip, List<Cut> cuts,
        int inputRegions, int outputRegions) {
    /** Copies the collections. */
    SpikePlan {
        views = List.copyOf(views);
        chip = Set.copyOf(chip);
        cuts = List.copyOf(cuts);
    }

    /** The same with other cuts. */
    SpikePlan with(List<Cut> other) {
        return new SpikePlan(network, placement, views, chip, other, inputRegions, outputRegions);
    }

    /** The same with other views on the chip. */
    SpikePlan with(Set<View> other) {
        return new SpikePlan(network, placement, views, other, cuts, inputRegions, outputRegions);
    }

    /** What a layer reads. */
    View read(int layer) {
        return views.stream().filter(v -> v.readers().contains(layer)).findFirst().orElseThrow();
    }

    /** Whether a layer reads the chip. */
    boolean readsChip(int layer) {
        return chip.contains(read(layer));
    }

    /** The view on the chip to which a layer's spikes go; none for the output layer and those that go to DRAM. */
    Optional<View> chipView(int layer) {
        return chip.stream().filter(v -> v.sources().contains(layer)).findFirst();
    }

    /** Whether a layer's spikes, or the input's, go to DRAM. */
    boolean spills(int layer) {
        return chipView(layer).isEmpty() && views.stream().anyMatch(v -> v.sources().contains(layer));
    }
}
