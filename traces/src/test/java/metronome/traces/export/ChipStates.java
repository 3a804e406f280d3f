package metronome.traces.export;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.energy.EnergyTable;
import metronome.hwmodel.probe.ChipEvent;
import metronome.hwmodel.probe.Phase;
import metronome.isa.target.Target;

/** What every variable of a dump has to be in every cycle of an image, found the slow way: cycle by cycle, event by event. */
final class ChipStates {
    private static final double NANOSECONDS = 2;

    private final Map<String, String[]> states = new TreeMap<>();
    private final List<ChipEvent> events;
    private final int length;

    private ChipStates(List<ChipEvent> events, int length) {
        this.events = events;
        this.length = length;
    }

    static Map<String, String[]> of(int image, List<ChipEvent> events, int length, Target target) {
        ChipStates chip = new ChipStates(events, length);
        chip.fill("chip/image", Integer.toBinaryString(image));
        chip.spikes();
        chip.units();
        chip.dram();
        chip.power(target);
        return chip.states;
    }

    private String[] fill(String path, String value) {
        return states.computeIfAbsent(path, _ -> IntStream.range(0, length).mapToObj(_ -> value).toArray(String[]::new));
    }

    private void spikes() {
        String[] names = {"input", "conv__1_", "fc"};
        for (int layer = 0; layer < names.length; layer++) {
            String[] counts = fill("chip/spikes/" + names[layer], "");
            for (int cycle = 0; cycle < length; cycle++) {
                int ofLayer = layer;
                int now = cycle;
                counts[cycle] = Long.toBinaryString(events.stream().filter(e -> e instanceof ChipEvent.Spike && e.layer() == ofLayer
                        && e.cycle() <= now).count());
            }
        }
    }

    private void units() {
        for (int core = 0; core < 2; core++) {
            for (Component unit : Component.values()) {
                if (unit.unit()) {
                    String path = "chip/core" + core + "/" + unit.label() + "/";
                    fill(path + "busy", "0");
                    fill(path + "instruction", "z");
                    fill(path + "layer", "z");
                    fill(path + "stall", "0");
                }
            }
        }
        for (ChipEvent event : events) {
            if (event instanceof ChipEvent.Progress e && e.phase() != Phase.RETIRED) {
                boolean dispatched = e.phase() == Phase.DISPATCHED;
                long last = dispatched ? e.cycle() : events.stream().filter(r -> r instanceof ChipEvent.Progress p && p.phase() == Phase.RETIRED
                        && p.core() == e.core() && p.unit() == e.unit() && p.number() == e.number()).findFirst().orElseThrow().cycle();
                String path = "chip/core" + e.core() + "/" + (dispatched ? Component.SEQUENCER : e.unit()).label() + "/";
                put(path + "busy", e.cycle(), last, "1");
                put(path + "instruction", e.cycle(), last, Integer.toBinaryString(e.number()));
                put(path + "layer", e.cycle(), last, Integer.toBinaryString(e.layer()));
            } else if (event instanceof ChipEvent.StallRun e) {
                put("chip/core" + e.core() + "/" + e.unit().label() + "/stall", e.cycle(), e.cycle() + e.cycles() - 1,
                        Integer.toBinaryString(1 + e.cause().ordinal()));
            }
        }
    }

    private void put(String path, long from, long to, String value) {
        for (long cycle = from; cycle <= to; cycle++) {
            states.get(path)[(int) cycle] = value;
        }
    }

    private void dram() {
        for (int channel = 0; channel < 2; channel++) {
            String path = "chip/dram/channel" + channel + "/";
            fill(path + "command", "0");
            for (int bank = 0; bank < 8; bank++) {
                fill(path + "bank" + bank + "/command", "0");
                fill(path + "bank" + bank + "/row", "z");
            }
        }
        for (ChipEvent event : events) {
            if (event instanceof ChipEvent.DramCommand e) {
                String path = "chip/dram/channel" + e.channel() + "/";
                String word = Integer.toBinaryString(1 + e.command().ordinal());
                switch (e.command()) {
                    case ACTIVATE, READ, WRITE, PRECHARGE -> {
                        put(path + "bank" + e.bank() + "/command", e.cycle(), e.cycle(), word);
                        put(path + "bank" + e.bank() + "/row", e.cycle(), length - 1, e.command().name().equals("PRECHARGE") ? "z"
                                : Integer.toBinaryString(e.row()));
                    }
                    case PRECHARGE_ALL, REFRESH -> {
                        put(path + "command", e.cycle(), e.cycle(), word);
                        IntStream.range(0, 8).forEach(bank -> put(path + "bank" + bank + "/row", e.cycle(), length - 1, "z"));
                    }
                }
            }
        }
    }

    private void power(Target target) {
        EnergyTable table = EnergyTable.of(target);
        for (Component component : Component.values()) {
            double[] milliwatts = new double[length];
            for (ChipEvent event : events) {
                if (event instanceof ChipEvent.Actions e && e.counter().component() == component) {
                    for (long cycle = e.cycle(); cycle < e.cycle() + e.cycles(); cycle++) {
                        milliwatts[(int) cycle] += table.action(e.counter()).value().nominal() * e.count() / (NANOSECONDS * e.cycles());
                    }
                }
            }
            states.put("chip/dynamic_mW/" + component.label(), IntStream.range(0, length).mapToObj(c -> Double.toString(milliwatts[c]))
                    .toArray(String[]::new));
        }
    }
}
