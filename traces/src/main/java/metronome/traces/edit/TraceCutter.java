package metronome.traces.edit;

import java.nio.file.Path;
import metronome.core.io.DataException;
import metronome.traces.trace.TraceBlock;
import metronome.traces.trace.TraceHeader;
import metronome.traces.trace.TracePart;
import metronome.traces.trace.TraceReader;
import metronome.traces.trace.TraceSelection;
import metronome.traces.trace.TraceWriter;

/** Takes parts out of traces. */
public final class TraceCutter {
    private TraceCutter() {
    }

    /**
     * Writes the selected events of a trace, as they are, to a trace of their own, whose header says that it is cut. Blocks without such
     * events are not read, blocks of nothing else are copied and not unpacked.
     *
     * @param in a trace
     * @param selection what is wanted of it
     * @param out the destination
     * @return the header of the new trace
     * @throws DataException if the trace does not have what is wanted, is damaged there, or the new one cannot be written
     */
    public static TraceHeader cut(TraceReader in, TraceSelection selection, Path out) {
        TracePart part = TracePart.of(in, selection).whole();
        TraceHeader header = part.header();
        try (TraceWriter writer = TraceWriter.create(out, header)) {
            for (int number = header.firstImage(); number <= header.lastImage(); number++) {
                try (TraceWriter.Image image = writer.image(number)) {
                    for (TraceBlock block : part.blocks(number)) {
                        part.copy(block, image);
                    }
                    image.end();
                }
            }
            writer.finish();
        }
        return header;
    }
}
