/**
 * Traces: the events of a run in a binary file (docs/formats.md), compressed, in blocks that are found by stream, image, layer
 * and cycle.
 *
 * <p>{@link metronome.traces.trace.TraceReader} reads, {@link metronome.traces.trace.TraceWriter} writes; a
 * {@link metronome.traces.trace.TraceHeader} says whose events they are; events are those of
 * {@link metronome.hwmodel.probe.ChipEvent}.
 *
 * <pre>{@code
 * try (TraceReader in = TraceReader.open(file)) {
 *     in.missing().ifPresent(console::remark);
 *     in.blocks(EventStream.SPIKES).filter(b -> b.image() == 0 && b.hasLayer(3))
 *             .forEach(b -> in.read(b, event -> count((ChipEvent.Spike) event)));
 * }
 * try (TraceWriter out = TraceWriter.create(file, header)) {
 *     try (TraceWriter.Image image = out.image(0)) {
 *         image.accept(new ChipEvent.Spike(0, 1, 42, 7));
 *         image.accept(new ChipEvent.LayerTime(0, 1, 0));
 *         image.end();
 *     }
 *     out.finish();
 * }
 * }</pre>
 *
 * <p>Within an image and a stream events come window by window, in a window ordered by cycle, so that a block of a stream ends before the next
 * one begins but for spikes, whose blocks are of one layer each. Nothing is null; sizes are in bytes, times in cycles.
 */
package metronome.traces.trace;
