/**
 * Readers of files under damaged input: whatever the bytes are, a reader gives a result or a
 * {@link metronome.core.io.DataException}, and allocates within bounds.
 *
 * <p>Start at {@link metronome.traces.soak.ReaderSoak}; {@link metronome.traces.soak.SoakReaders} lists the readers.
 */
package metronome.traces.soak;
