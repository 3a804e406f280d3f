/**
 * Results and how they are told: one record, {@link metronome.traces.report.RunResult}, which is written and read as JSON
 * ({@link metronome.traces.report.ResultFile}), printed as tables ({@link metronome.traces.report.TextReport}) and drawn as
 * one self-contained page ({@link metronome.traces.report.HtmlReport}).
 *
 * <p>Units are in the names. Everything is immutable and free of clocks and locales: the same results give the same bytes.
 */
package metronome.traces.report;
