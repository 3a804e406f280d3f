package metronome.traces.export;

import java.util.Optional;
import metronome.hwmodel.probe.ChipEvent;

/** The variables of a unit: whether it has an instruction and which, and why it stalls. */
final class VcdUnit {
    private final Agenda agenda;
    private final Optional<Work> work;
    private final Optional<VcdWriter.Variable> stall;

    private record Work(VcdWriter.Variable busy, VcdWriter.Variable instruction, VcdWriter.Variable layer) {
        private void begin(ChipEvent.Progress e) {
            busy.set(1);
            instruction.set(e.number());
            layer.set(e.layer());
        }

        private void end() {
            busy.set(0);
            instruction.unset();
            layer.unset();
        }
    }

    VcdUnit(VcdWriter out, Agenda agenda, boolean instructions, boolean stalls) {
        this.agenda = agenda;
        this.work = instructions ? Optional.of(new Work(out.flag("busy"), out.number("instruction"), out.number("layer")))
                : Optional.empty();
        this.stall = stalls ? Optional.of(out.number("stall")) : Optional.empty();
    }

    void clear() {
        work.ifPresent(Work::end);
        stall.ifPresent(cause -> cause.set(0));
    }

    void progress(ChipEvent.Progress e, long time) {
        Work mine = work.orElseThrow();
        switch (e.phase()) {
            case DISPATCHED -> {
                mine.begin(e);
                agenda.at(time + 1, mine::end);
            }
            case ISSUED -> mine.begin(e);
            case RETIRED -> agenda.at(time + 1, mine::end);
        }
    }

    void stall(ChipEvent.StallRun e, long time) {
        VcdWriter.Variable cause = stall.orElseThrow();
        cause.set(e.cause().ordinal() + 1);
        agenda.at(time + e.cycles(), () -> cause.set(0));
    }
}
