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
        for (ExportSource.Image image : source.images()) {
            long begin = start;
            axis.require(image.number(), begin + image.length());
            sink.begin(image, begin);
            if (source.drawn().first() < image.length()) {
                source.inTimeOrder(image.number(), event -> tell(source, sink, event, begin + clock.applyAsLong(event)));
            }
            start += image.length();
            sink.end(begin + Math.min(source.drawn().last(), image.length() - 1) + 1);
        }
        sink.finish(start);
    }

    private static void tell(ExportSource source, EventSink sink, ChipEvent event, long time) {
        if (event instanceof ChipEvent.Progress progress && !source.selects(progress)) {
            sink.aside(progress, time);
        } else {
            sink.accept(event, time);
        }
    }
}
