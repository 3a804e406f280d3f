package metronome.traces.cli;

import java.util.Set;
import metronome.hwmodel.machine.Engine;

/** Which engines a command runs. */
enum Engines {
    /** The one that goes through every cycle. */
    REFERENCE(Set.of(Engine.REFERENCE)),
    /** The one that leaves out what cannot change. */
    FAST(Set.of(Engine.FAST)),
    /** Both, whose results are compared. */
    BOTH(Engine.all());

    private final Set<Engine> engines;

    Engines(Set<Engine> engines) {
        this.engines = engines;
    }

    Set<Engine> engines() {
        return engines;
    }
}
