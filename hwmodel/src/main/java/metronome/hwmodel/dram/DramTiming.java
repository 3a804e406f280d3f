package metronome.hwmodel.dram;

import java.util.ArrayList;
import java.util.List;
import metronome.hwmodel.dram.Constraint.Scope;

/**
 * The timing parameters of a device, in picoseconds, under their JEDEC names.
 *
 * @param tCK period of the command clock
 * @param burst time that a burst occupies the data bus
 * @param tCCD least distance of column commands of the same direction; where it is below {@code burst}, that counts
 * @param tRCD from activate to column command
 * @param cl from read to its first data
 * @param cwl from write to its first data
 * @param tRP from precharge to activate
 * @param tRAS from activate to precharge
 * @param tRRD between activates of different banks
 * @param tFAW between an activate and the fourth before it
 * @param tRTP from read to precharge
 * @param tWR from the last data written to precharge
 * @param tWTR from the last data written to read
 * @param tRFC from refresh to the next command to any bank
 * @param tREFI between refreshes
 */
public record DramTiming(long tCK, long burst, long tCCD, long tRCD, long cl, long cwl, long tRP, long tRAS, long tRRD,
        long tFAW, long tRTP, long tWR, long tWTR, long tRFC, long tREFI) {
    /** Checks that a device of this timing can work at all. */
    public DramTiming {
        for (long time : new long[] {tCK, burst, tCCD, tRCD, cl, cwl, tRP, tRAS, tRRD, tFAW, tRTP, tWR, tWTR, tRFC}) {
            if (time <= 0 || time >= tREFI) {
                throw new IllegalArgumentException("a DRAM time must be in [1, tREFI=" + tREFI + ") ps: " + time);
            }
        }
    }

    /** {@return from activate to activate in one bank: tRAS + tRP} */
    public long tRC() {
        return tRAS + tRP;
    }

    /** {@return from a read command to the end of its data (rule DRAM-8)} */
    public long readData() {
        return cl + burst;
    }

    /** {@return from a write command to the end of its data (rule DRAM-8)} */
    public long writeData() {
        return cwl + burst;
    }

    /** {@return all that must be waited for, as data: the table of rule DRAM-6} */
    public List<Constraint> constraints() {
        List<Constraint> all = new ArrayList<>();
        for (Command before : Command.values()) {
            for (Command after : Command.values()) {
                all.add(channel("tCK", before, after, tCK));
            }
        }
        all.addAll(rows());
        all.addAll(columns());
        all.addAll(refresh());
        return List.copyOf(all);
    }

    private List<Constraint> rows() {
        return List.of(
                bank("tRCD", Command.ACTIVATE, Command.READ, tRCD),
                bank("tRCD", Command.ACTIVATE, Command.WRITE, tRCD),
                bank("tRAS", Command.ACTIVATE, Command.PRECHARGE, tRAS),
                bank("tRP", Command.PRECHARGE, Command.ACTIVATE, tRP),
                bank("tRTP", Command.READ, Command.PRECHARGE, tRTP),
                bank("CWL+burst+tWR", Command.WRITE, Command.PRECHARGE, writeData() + tWR),
                channel("tRRD", Command.ACTIVATE, Command.ACTIVATE, tRRD),
                new Constraint("tFAW", Scope.CHANNEL, Command.ACTIVATE, Command.ACTIVATE, 4, tFAW));
    }

    private List<Constraint> columns() {
        long apart = Math.max(tCCD, burst);
        long turn = Math.max(apart, cl + burst + 2 * tCK - cwl);
        return List.of(
                channel("tCCD", Command.READ, Command.READ, apart),
                channel("tCCD", Command.WRITE, Command.WRITE, apart),
                channel("CL+burst+2tCK-CWL", Command.READ, Command.WRITE, turn),
                channel("CWL+burst+tWTR", Command.WRITE, Command.READ, writeData() + tWTR));
    }

    private List<Constraint> refresh() {
        return List.of(
                channel("tRAS", Command.ACTIVATE, Command.PRECHARGE_ALL, tRAS),
                channel("tRTP", Command.READ, Command.PRECHARGE_ALL, tRTP),
                channel("CWL+burst+tWR", Command.WRITE, Command.PRECHARGE_ALL, writeData() + tWR),
                channel("tRP", Command.PRECHARGE, Command.REFRESH, tRP),
                channel("tRP", Command.PRECHARGE_ALL, Command.REFRESH, tRP),
                channel("tRFC", Command.REFRESH, Command.ACTIVATE, tRFC),
                channel("tRFC", Command.REFRESH, Command.REFRESH, tRFC));
    }

    private static Constraint bank(String name, Command before, Command after, long picoseconds) {
        return new Constraint(name, Scope.BANK, before, after, 1, picoseconds);
    }

    private static Constraint channel(String name, Command before, Command after, long picoseconds) {
        return new Constraint(name, Scope.CHANNEL, before, after, 1, picoseconds);
    }
}
