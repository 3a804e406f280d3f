package metronome.core.train;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import metronome.core.io.DataException;
import metronome.core.safetensors.Safetensors;

/** Where a training leaves its state after each epoch, one file for each phase, so that it can go on after an interruption. */
public final class Checkpoints {
    private final Optional<Path> directory;
    private final String name;

    private Checkpoints(Optional<Path> directory, String name) {
        this.directory = directory;
        this.name = name;
    }

    /** {@return keeps nothing} */
    public static Checkpoints none() {
        return new Checkpoints(Optional.empty(), "");
    }

    /**
     * {@return keeps files NAME-PHASE.checkpoint}
     *
     * @param directory of the files; made where missing
     * @param name what they begin with
     */
    public static Checkpoints in(Path directory, String name) {
        return new Checkpoints(Optional.of(directory), name);
    }

    /** The state that a phase was left in; one of another training is an error, not a loss. */
    Optional<Checkpoint> find(String phase, String identity) {
        return file(phase).filter(Files::exists).map(file -> {
            try {
                Checkpoint checkpoint = Checkpoint.of(Safetensors.read(file));
                if (!checkpoint.identity().equals(identity)) {
                    throw new DataException("the checkpoint is of another training (other settings, samples or first "
                            + "weights); delete it to begin anew, or name another directory");
                }
                return checkpoint;
            } catch (IllegalArgumentException e) {
                throw new DataException(file + ": " + e.getMessage(), e);
            } catch (DataException e) {
                throw e.getMessage().startsWith(file.toString()) ? e : e.in(file.toString());
            }
        });
    }

    /** Keeps the state of a phase in place of the one before; the file is always a whole one. */
    void keep(String phase, Checkpoint checkpoint) {
        file(phase).ifPresent(file -> checkpoint.container().write(file));
    }

    private Optional<Path> file(String phase) {
        return directory.map(d -> d.resolve(name + "-" + phase + ".checkpoint"));
    }
}
