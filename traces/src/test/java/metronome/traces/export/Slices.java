package metronome.traces.export;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import metronome.core.json.ObjectReader;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.dram.Command;
import metronome.hwmodel.probe.ChipEvent;
import metronome.hwmodel.probe.Phase;

/** The slices that a timeline has to have, as lines TRACK NAME FROM TO CYCLE in cycles, found from the events one by one. */
final class Slices {
    private Slices() {
    }

    static List<String> of(TraceEventFile file, long picoseconds) {
        List<String> lines = new ArrayList<>();
        file.slices().forEach((track, slices) -> slices.forEach(s -> lines.add(track + " " + s.name() + " " + s.begin() / picoseconds + " "
                + s.end() / picoseconds + " " + s.cycle())));
        return lines.stream().sorted().toList();
    }

    static Stream<String> expected(Collection<ChipEvent> events, long start) {
        Map<String, ChipEvent.Progress> issued = new HashMap<>();
        return events.stream().flatMap(event -> switch (event) {
            case ChipEvent.Progress e when e.phase() == Phase.DISPATCHED -> Stream.of(line(unit(e.core(), Component.SEQUENCER), name(e),
                    start, e.cycle(), e.cycle() + 1));
            case ChipEvent.Progress e when e.phase() == Phase.ISSUED -> {
                issued.put(unit(e.core(), e.unit()), e);
                yield Stream.empty();
            }
            case ChipEvent.Progress e -> Stream.of(line(unit(e.core(), e.unit()), name(e), start,
                    issued.get(unit(e.core(), e.unit())).cycle(), e.cycle() + 1));
            case ChipEvent.StallRun e -> Stream.of(line(unit(e.core(), e.unit()) + " stalls", e.cause().label(), start, e.cycle(),
                    e.cycle() + e.cycles()));
            case ChipEvent.DramCommand e -> Stream.of(line("dram/channel " + e.channel() + (e.command() == Command.REFRESH
                    || e.command() == Command.PRECHARGE_ALL ? " all banks" : " bank " + e.bank()), ObjectReader.spelling(e.command()), start,
                    e.cycle(), e.cycle() + 1));
            default -> Stream.empty();
        });
    }

    private static String unit(int core, Component unit) {
        return "core " + core + "/" + unit.label();
    }

    private static String name(ChipEvent.Progress e) {
        return "#" + e.number() + " " + RandomTraces.LAYERS.get(e.layer()).name();
    }

    private static String line(String track, String name, long start, long from, long to) {
        return track + " " + name + " " + (start + from) + " " + (start + to) + " " + from;
    }
}
