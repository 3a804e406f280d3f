package metronome.isa.compiler;

import java.util.List;
import java.util.OptionalInt;

/** What one core does of a network, and how it comes to the spikes of others. */
sealed interface CoreShare permits ExchangeShare, DealtShare {
    /** The number of the core. */
    int core();

    /** By which it works. */
    SpikePlan plan();

    /** What it does of a layer, in order; nothing if it has no part in it. */
    List<Cut.Tile> tiles(int l);

    /** Which layers say that their spikes are in DRAM, and which wait for it. */
    StoredOrder order();

    /** Whether the store engine itself says so: there is no other core that would have to know. */
    boolean storesAlone();

    /** The next layer that the core works on and finds its spikes without the mesh unit. */
    OptionalInt next(int l);

    /** Whether the spikes of the last layer are on the core in the end. */
    boolean hasResult();

    /** Whether the core has some part in a layer. */
    default boolean takesPart(int l) {
        return !tiles(l).isEmpty();
    }
}
