package metronome.isa.compiler;

import java.util.HashSet;
import java.util.Set;
import java.util.function.IntPredicate;
import metronome.core.spiking.Wiring;

/**
 * Which layers say that their spikes are in DRAM, and which wait for it. Layers are stored in their order, so that one
 * who knows that a layer is stored knows it of all before it; only who reads a later one than anybody before waits.
 *
 * @param signalling layers behind which it is said that they are stored
 * @param waiting layers before whose first list the load engine waits
 */
record StoredOrder(Set<Integer> signalling, Set<Integer> waiting) {
    /** Of layers that all stay on the chip. */
    static final StoredOrder NONE = new StoredOrder(Set.of(), Set.of());

    /** The order for a core that takes part in some layers. */
    static StoredOrder of(SpikePlan plan, IntPredicate takesPart) {
        Set<Integer> signalling = new HashSet<>();
        Set<Integer> waiting = new HashSet<>();
        int known = Wiring.INPUT;
        for (int l = 0; l < plan.network().layers().size(); l++) {
            int needed = plan.read(l).lastSource();
            if (takesPart.test(l) && !plan.readsChip(l) && needed > known) {
                signalling.add(needed);
                waiting.add(l);
                known = needed;
            }
        }
        return new StoredOrder(signalling, waiting);
    }
}
