package metronome.traces.export;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import metronome.core.io.AtomicFile;
import metronome.core.io.DataException;
import metronome.isa.program.Program;
import metronome.isa.program.ProgramFile;
import metronome.traces.run.Hashes;
import metronome.traces.trace.TraceReader;
import metronome.traces.trace.TraceSelection;

/** Writes traces in other formats. */
public final class TraceExport {
    private TraceExport() {
    }

    /**
     * Writes what is wanted of a trace. The file is there whole or not at all.
     *
     * @param trace any
     * @param selection what is wanted
     * @param program that ran, from which instructions have their names and spikes their flows if the trace does not have its code
     * @param format of the file
     * @param file to be written
     * @throws DataException if the trace is damaged or of another target or program, does not have what is wanted, or the file cannot be written
     */
    public static void write(TraceReader trace, TraceSelection selection, Optional<Program> program, ExportFormat format, Path file) {
        program.ifPresent(p -> require(trace, p));
        ExportSource source = new ExportSource(trace, selection);
        AtomicFile.write(file, out -> {
            try {
                format.write(source, program, out);
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        });
    }

    private static void require(TraceReader trace, Program program) {
        try {
            trace.header().requireTarget(program.targetHash());
            trace.header().requireProgram(Hashes.of(ProgramFile.encode(program)));
        } catch (DataException e) {
            throw e.in(trace.name());
        }
    }
}
