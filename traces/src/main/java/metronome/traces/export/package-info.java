/**
 * Traces in the formats of tools that engineers already have (docs/formats.md): a table of comma-separated values, trace-event
 * JSON for the Perfetto UI, and value change dumps for GTKWave.
 *
 * <p>{@link metronome.traces.export.TraceExport} writes a {@link metronome.traces.trace.TraceSelection} of a trace in an
 * {@link metronome.traces.export.ExportFormat}.
 *
 * <pre>{@code
 * try (TraceReader in = TraceReader.open(file)) {
 *     TraceExport.write(in, TraceSelection.ALL, Optional.empty(), ExportFormat.VCD, Path.of("run.vcd"));
 * }
 * }</pre>
 *
 * <p>Memory does not grow with the trace: a block of each stream, of spikes of each layer, is held at a time. Images stand one
 * behind the other on the axis of time, which counts in cycles, or in steps where no hardware was modelled. The selection takes events as
 * they are; timelines draw no more of them than the cycles that are wanted. Nothing is null.
 */
package metronome.traces.export;
