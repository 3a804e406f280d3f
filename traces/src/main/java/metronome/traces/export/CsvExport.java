package metronome.traces.export;

import java.io.OutputStream;
import metronome.core.json.ObjectReader;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.probe.ChipEvent;

/** One table of all events, in the order of the file; columns that an event does not have are empty. */
final class CsvExport {
    private static final String HEADINGS = "image,stream,cycle,cycles,layer,core,unit,event,number,step,neuron,channel,bank,row,count\n";

    private final AsciiOut out;

    private CsvExport(AsciiOut out) {
        this.out = out;
    }

    static void write(ExportSource source, OutputStream to) {
        CsvExport csv = new CsvExport(new AsciiOut(to));
        csv.out.put(HEADINGS);
        source.inFileOrder(csv::row);
        csv.out.flush();
    }

    private void row(int image, ChipEvent event) {
        out.put(image).put(',').put(event.stream().label()).put(',').put(event.cycle()).put(',');
        switch (event) {
            case ChipEvent.Spike e -> out.put(',').put(e.layer()).put(",,,,,").put(e.step()).put(',').put(e.neuron()).put(",,,,");
            case ChipEvent.Progress e -> unit(e.layer(), e.core(), e.unit(), e.phase().label()).put(e.number()).put(",,,,,,");
            case ChipEvent.StallRun e -> {
                out.put(e.cycles());
                unit(e.layer(), e.core(), e.unit(), e.cause().label()).put(",,,,,,");
            }
            case ChipEvent.DramCommand e -> out.put(',').put(e.layer()).put(",,,").put(ObjectReader.spelling(e.command()))
                    .put(",,,,").put(e.channel()).put(',').put(e.bank()).put(',').put(e.row()).put(',');
            case ChipEvent.Actions e -> out.put(e.cycles()).put(',').put(e.layer()).put(",,,").put(e.counter().label())
                    .put(",,,,,,,").put(e.count());
            case ChipEvent.LayerTime e -> out.put(e.cycles()).put(',').put(e.layer()).put(",,,,,,,,,,");
        }
        out.put('\n');
    }

    private AsciiOut unit(int layer, int core, Component unit, String what) {
        return out.put(',').put(layer).put(',').put(core).put(',').put(unit.label()).put(',').put(what).put(',');
    }
}
