/**
 * Traces as people look at them: {@link metronome.traces.view.TraceStats} tells what one amounts to as tables or JSON,
 * {@link metronome.traces.view.TracePage} draws one or several as a page that needs nothing beside it.
 *
 * <p>Costs are means over images, spikes sums, unless it is said. What a trace has no stream for is said to be missing. Nothing is
 * null; the same traces give the same bytes.
 */
package metronome.traces.view;
