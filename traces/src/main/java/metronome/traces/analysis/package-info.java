/**
 * What a trace says on the whole, gathered in one pass and in memory that does not grow with the trace:
 * {@link metronome.traces.analysis.TraceAnalysis} is where to start.
 *
 * <pre>{@code
 * try (TraceReader in = TraceReader.open(file)) {
 *     TraceAnalysis analysis = TraceAnalysis.of(in, TraceAnalysis.USUAL_BINS);
 *     long spikes = analysis.spikes().spikes(1);
 *     long stalled = analysis.counts().stallCycles(Component.LIF, Stall.SEMAPHORE);
 * }
 * }</pre>
 *
 * <p>Counts are sums over the images that were recorded to their end; what is drawn over time is of the first of them. Of a stream that
 * was not recorded everything is zero: ask {@link metronome.traces.analysis.TraceAnalysis#has} first. Nothing is null; times are in cycles,
 * sizes in bytes. What is returned is not to be changed. Not for several threads.
 */
package metronome.traces.analysis;
