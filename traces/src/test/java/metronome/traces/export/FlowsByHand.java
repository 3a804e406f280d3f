package metronome.traces.export;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import metronome.hwmodel.probe.ChipEvent;
import metronome.hwmodel.probe.EventStream;
import metronome.hwmodel.probe.Phase;
import metronome.isa.instruction.Codec;
import metronome.isa.instruction.Instruction;
import metronome.isa.program.Program;
import metronome.traces.trace.TraceReader;

/** Which flows a timeline has to have, found by going back from each reader; by mnemonics and the text of fields alone. */
public final class FlowsByHand {
    private static final Set<String> READERS = Set.of("lif.integrate", "lif.run", "pool.spikes", "store.spikes", "send.spikes");
    private static final Set<String> WRITERS = Set.of("lif.fire", "fire.sweep", "lif.readout", "lif.run", "pool.spikes", "load.spikes",
            "receive.spikes");

    private record Use(ChipEvent.Progress event, String mnemonic, String text, long retired, OptionalInt reads, OptionalInt writes) {
        private String at(long cycle) {
            return "core " + event.core() + "/" + event.unit().label() + " " + cycle;
        }

        private boolean is(String other) {
            return mnemonic.equals(other);
        }

        private int field(String name) {
            return FlowsByHand.field(text, name).orElseThrow();
        }

        private String to(Use reader) {
            return at(Math.min(retired, reader.event.cycle())) + " > " + reader.at(reader.event.cycle());
        }

        private boolean same(Use other, OptionalInt mine, OptionalInt others) {
            return event.core() == other.event.core() && mine.isPresent() && mine.equals(others);
        }
    }

    private FlowsByHand() {
    }

    /** Lines TRACK CYCLE > TRACK CYCLE of an image, sorted; of a mesh of so many columns. */
    public static List<String> of(TraceReader trace, Program program, int image, int columns) {
        List<ChipEvent.Progress> events = new ArrayList<>();
        trace.blocks(EventStream.INSTRUCTIONS).filter(b -> b.image() == image).forEach(b -> trace.read(b, e -> events.add((ChipEvent.Progress) e)));
        List<Use> uses = new ArrayList<>();
        for (ChipEvent.Progress e : events) {
            if (e.phase() == Phase.ISSUED) {
                uses.add(use(e, program, events));
            }
        }
        List<String> flows = new ArrayList<>();
        for (int i = 0; i < uses.size(); i++) {
            from(uses, i, flows);
            followed(uses, i, flows);
            loaded(uses, i, flows);
            received(uses, i, columns, flows);
        }
        return flows.stream().sorted().toList();
    }

    private static Use use(ChipEvent.Progress e, Program program, List<ChipEvent.Progress> events) {
        Instruction instruction = program.cores().get(e.core()).get(e.number());
        String mnemonic = Codec.form(instruction.operation().getClass()).mnemonic();
        long retired = events.stream().filter(r -> r.phase() == Phase.RETIRED && r.core() == e.core() && r.number() == e.number()).findFirst()
                .orElseThrow().cycle();
        String text = instruction.operation().toString();
        boolean both = text.contains("source=");
        return new Use(e, mnemonic, text, retired, READERS.contains(mnemonic) ? field(text, both ? "source" : "region") : OptionalInt.empty(),
                WRITERS.contains(mnemonic) ? field(text, both ? "destination" : "region") : OptionalInt.empty());
    }

    private static OptionalInt field(String text, String name) {
        return OptionalInt.of(Integer.parseInt(text.replaceAll(".*[\\[ ]" + name + "=(\\d+).*", "$1")));
    }

    /** From the writers of what it reads: those between the last two runs of readers, the last sixteen. */
    private static void from(List<Use> uses, int reader, List<String> flows) {
        Use to = uses.get(reader);
        int writers = 0;
        for (int i = reader - 1; i >= 0 && writers < 16; i--) {
            Use use = uses.get(i);
            if (to.same(use, to.reads, use.reads) && writers > 0) {
                return;
            }
            if (to.same(use, to.reads, use.writes)) {
                writers++;
                flows.add(use.to(to));
            }
        }
    }

    /** To those who are reading already what it writes. */
    private static void followed(List<Use> uses, int writer, List<String> flows) {
        Use from = uses.get(writer);
        uses.subList(0, writer).stream().filter(reader -> from.same(reader, from.writes, reader.reads) && reader.retired >= from.event.cycle())
                .forEach(reader -> flows.add(from.at(from.event.cycle()) + " > " + reader.at(from.event.cycle())));
    }

    /** From who has stored a list last before it is loaded, on any core. */
    private static void loaded(List<Use> uses, int reader, List<String> flows) {
        Use load = uses.get(reader);
        if (load.is("load.spikes")) {
            uses.subList(0, reader).stream().filter(use -> use.is("store.spikes") && use.field("dram") == load.field("dram"))
                    .reduce((_, last) -> last).ifPresent(store -> flows.add(store.to(load)));
        }
    }

    /** From those whose turn it is among all that are ever sent to the region: the ones before it have been for earlier receivers. */
    private static void received(List<Use> uses, int reader, int columns, List<String> flows) {
        Use receive = uses.get(reader);
        if (!receive.is("receive.spikes")) {
            return;
        }
        int before = uses.subList(0, reader).stream().filter(use -> use.is("receive.spikes") && use.event.core() == receive.event.core()
                && use.field("region") == receive.field("region")).mapToInt(use -> use.field("senders")).sum();
        List<Use> mine = uses.stream().filter(use -> use.is("send.spikes") && use.field("destination") == receive.field("region")
                && reaches(use, receive.event.core() % columns, receive.event.core() / columns)).skip(before)
                .limit(receive.field("senders")).toList();
        mine.forEach(send -> flows.add(uses.indexOf(send) < reader ? send.to(receive)
                : send.at(send.event.cycle()) + " > " + receive.at(send.event.cycle())));
    }

    private static boolean reaches(Use send, int column, int row) {
        return column >= send.field("firstColumn") && column < send.field("firstColumn") + send.field("columns")
                && row >= send.field("firstRow") && row < send.field("firstRow") + send.field("rows");
    }
}
