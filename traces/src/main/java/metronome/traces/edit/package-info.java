/**
 * Traces made of traces: {@link metronome.traces.edit.TraceCutter} takes a part out of one,
 * {@link metronome.traces.edit.TraceMerger} puts several together, {@link metronome.traces.edit.TraceComparison} tells how two differ. Which part is meant a
 * {@link metronome.traces.trace.TraceSelection} says. Blocks are read one after the other, those outside of the part not at all, so that
 * traces may be larger than the memory. Nothing is null; cycles, images and layers count from 0.
 */
package metronome.traces.edit;
