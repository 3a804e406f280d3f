package metronome.traces.export;

import java.util.ArrayList;
import java.util.List;
import metronome.core.io.DataException;
import metronome.hwmodel.dram.Command;
import metronome.hwmodel.probe.ChipEvent;

/** The variables of a DRAM channel: the command to all its banks in a cycle, and of each bank the command and the open row. */
final class VcdChannel {
    private final Agenda agenda;
    private final VcdWriter.Variable toAll;
    private final List<Bank> banks = new ArrayList<>();

    private record Bank(VcdWriter.Variable command, VcdWriter.Variable row) {
    }

    VcdChannel(VcdWriter out, Agenda agenda, int count) {
        this.agenda = agenda;
        this.toAll = out.number("command");
        for (int bank = 0; bank < count; bank++) {
            out.scope("bank" + bank, () -> banks.add(new Bank(out.number("command"), out.number("row"))));
        }
    }

    void clear() {
        toAll.set(0);
        banks.forEach(bank -> bank.command.set(0));
        banks.forEach(bank -> bank.row.unset());
    }

    void accept(ChipEvent.DramCommand e, long time) {
        switch (e.command()) {
            case ACTIVATE, READ, WRITE -> {
                pulse(bank(e).command, e.command(), time);
                bank(e).row.set(e.row());
            }
            case PRECHARGE -> {
                pulse(bank(e).command, e.command(), time);
                bank(e).row.unset();
            }
            case PRECHARGE_ALL, REFRESH -> {
                pulse(toAll, e.command(), time);
                banks.forEach(bank -> bank.row.unset());
            }
        }
    }

    private Bank bank(ChipEvent.DramCommand e) {
        if (e.bank() < 0 || e.bank() >= banks.size()) {
            throw new DataException("a command is of bank " + e.bank() + " of " + banks.size());
        }
        return banks.get(e.bank());
    }

    private void pulse(VcdWriter.Variable command, Command which, long time) {
        command.set(which.ordinal() + 1);
        agenda.at(time + 1, () -> command.set(0));
    }
}
