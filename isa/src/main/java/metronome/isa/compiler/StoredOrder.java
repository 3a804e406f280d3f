package metronome.isa.compiler;

import java.util.HashSet;
import java.util.Set;
import metronome.core.spiking.Wiring;

/**
 * Which layers say that their spikes are in DRAM, and which wait for it. Layers are stored in their order, so that one
 * who knows that a layer is stored knows it of all before it; only who reads a later one than anybody before waits.
 *
 * @param signalling layers after whose last list the store engine signals
 * @param waiting layers before whose first list the load engine waits
 */
record StoredOrder(Set<Integer> signalling, Set<Integer> waiting) {
    static StoredOrder of(SpikePlan plan) {
        Set<Integer> signalling = new HashSet<>();
        Set<Integer> waiting = new HashSet<>();
        int known = Wiring.INPUT;
        for (int l = 0; l < plan.network().layers().size(); l++) {
            int needed = plan.read(l).lastSource();
            if (!plan.readsChip(l) && needed > known) {
                signalling.add(needed);
                waiting.add(l);
                known = needed;
            }
        }
        return new StoredOrder(signalling, waiting);
    }
}
