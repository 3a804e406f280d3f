package metronome.traces.trace;

import java.util.Optional;
import metronome.core.io.DataException;
import metronome.core.json.Json;
import metronome.core.json.JsonParser;
import metronome.core.json.JsonWriter;
import metronome.isa.program.Program;
import metronome.isa.program.ProgramFile;
import metronome.isa.target.Target;
import metronome.isa.target.TargetReader;
import metronome.isa.target.TargetWriter;
import metronome.traces.run.Hashes;

/**
 * A program and the target that it ran on, by their hashes and as texts.
 *
 * @param programHash SHA-256 of the program's container
 * @param targetHash by which programs name the target
 * @param targetText the target file, as JSON
 * @param code of the program, packed; empty of a trace without instructions or of an earlier version, and of very long code
 */
public record TracedHardware(String programHash, String targetHash, String targetText, Optional<String> code) {
    /**
     * The same without the program's code.
     *
     * @param programHash as above
     * @param targetHash as above
     * @param targetText as above
     */
    public TracedHardware(String programHash, String targetHash, String targetText) {
        this(programHash, targetHash, targetText, Optional.empty());
    }

    /**
     * {@return a program on its target}
     *
     * @param program compiled for the target
     * @param target the chip
     */
    public static TracedHardware of(Program program, Target target) {
        return new TracedHardware(Hashes.of(ProgramFile.encode(program)), TargetWriter.hash(target),
                JsonWriter.compact(TargetWriter.json(target)), PackedCode.of(program));
    }

    /** {@return what the target file calls the target; "unnamed" if it does not} */
    public String targetName() {
        return JsonParser.parse(targetText) instanceof Json.Obj target && target.get("name").orElse(target) instanceof Json.Str name ? name.value()
                : "unnamed";
    }

    TracedHardware withoutCode() {
        return new TracedHardware(programHash, targetHash, targetText);
    }

    /**
     * {@return the target}
     *
     * @throws DataException if this version knows no such targets
     */
    public Target target() {
        return TargetReader.parse(targetText, "the target in the trace");
    }
}
