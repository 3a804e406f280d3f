package metronome.traces.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import metronome.core.io.DataException;
import metronome.core.io.Nearest;
import metronome.isa.target.Presets;
import metronome.isa.target.Target;
import metronome.isa.target.TargetReader;

/** Finds the target that a command line names. */
final class Targets {
    private Targets() {
    }

    /**
     * {@return the preset of that name, or else what the file of that name describes}
     *
     * @param name a preset or a path
     * @throws DataException if it is neither, or the file has faults
     */
    static Target named(String name) {
        return Presets.named(name).orElseGet(() -> fromFile(name));
    }

    private static Target fromFile(String name) {
        if (!Files.exists(Path.of(name))) {
            throw new DataException("no preset and no file: " + name + "; presets are "
                    + String.join(", ", Presets.names()) + Nearest.hint(name, Presets.names()));
        }
        return TargetReader.read(Path.of(name));
    }
}
