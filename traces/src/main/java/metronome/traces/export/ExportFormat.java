package metronome.traces.export;

import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import metronome.isa.instruction.Instruction;
import metronome.isa.program.Program;

/** What a trace is exported to; docs/formats.md describes each. */
public enum ExportFormat {
    /** One table of all events. */
    CSV {
        @Override
        void write(ExportSource source, Optional<Program> program, OutputStream to) {
            CsvExport.write(source, to);
        }
    },
    /** Trace-event JSON for the Perfetto UI and chrome://tracing. */
    PERFETTO {
        @Override
        void write(ExportSource source, Optional<Program> program, OutputStream to) {
            Optional<List<List<Instruction>>> code = program.map(Program::cores).or(source.header()::instructions);
            ExportSource followed = code.isPresent() ? source.withInstructionsOfAllLayers() : source;
            Timeline.tell(followed, new PerfettoExport(followed, code, to));
        }
    },
    /** A value change dump (IEEE 1364) for GTKWave and its like. */
    VCD {
        @Override
        void write(ExportSource source, Optional<Program> program, OutputStream to) {
            Timeline.tell(source, new VcdExport(source, to));
        }
    };

    abstract void write(ExportSource source, Optional<Program> program, OutputStream to);
}
