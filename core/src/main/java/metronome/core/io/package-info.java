/**
 * Files as the whole project treats them: bad input is a {@link metronome.core.io.DataException}, output appears whole
 * or not at all ({@link metronome.core.io.AtomicFile}).
 */
package metronome.core.io;
