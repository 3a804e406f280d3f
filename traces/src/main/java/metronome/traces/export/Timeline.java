package metronome.traces.export;

import java.util.function.ToLongFunction;
import metronome.hwmodel.probe.ChipEvent;

/** Puts the images one behind the other. */
final class Timeline {
    private Timeline() {
    }

    static void tell(ExportSource source, EventSink sink) {
        TimeAxis axis = TimeAxis.of(source.header());
        ToLongFunction<ChipEvent> clock = source.clock();
        long start = 0;
        for (ExportSource.Span image : source.images()) {
            long begin = start;
            axis.require(image.number(), begin + image.length());
            sink.begin(image, begin);
            TraceSelection.Cycles wanted = source.selection().cycles().orElse(new TraceSelection.Cycles(0, Long.MAX_VALUE - 1));
            if (wanted.from() < image.length()) {
                source.inTimeOrder(image.number(), event -> sink.accept(event, begin + clock.applyAsLong(event)));
            }
            start += image.length();
            sink.end(begin + Math.min(wanted.to() + 1, image.length()));
        }
        sink.finish(start);
    }
}
