package metronome.hwmodel.dram;

import java.util.Arrays;
import java.util.List;

/** May it go now: the earliest time of every command in one channel, from the constraints and what was sent so far. */
final class ReadyTimes {
    private static final int COMMANDS = Command.values().length;

    private final Constraint[][] following = new Constraint[COMMANDS][];
    private final long[] channel = new long[COMMANDS];
    /** By bank, and within a bank by command. */
    private final long[] bank;
    private final History[] sent = new History[COMMANDS];

    ReadyTimes(List<Constraint> constraints, int banks) {
        bank = new long[banks * COMMANDS];
        for (Command command : Command.values()) {
            following[command.ordinal()] =
                    constraints.stream().filter(c -> c.before() == command && constraints.stream()
                            .noneMatch(d -> implies(d, c))).toArray(Constraint[]::new);
            sent[command.ordinal()] = new History(Arrays.stream(following[command.ordinal()])
                    .filter(c -> c.scope() == Constraint.Scope.CHANNEL).mapToInt(Constraint::window).max().orElse(1));
        }
        if (constraints.stream().anyMatch(c -> c.scope() == Constraint.Scope.BANK && c.window() != 1)) {
            throw new IllegalArgumentException("a window over several commands is kept for channels only");
        }
    }

    /** Whether one that is not the other makes it superfluous. */
    private static boolean implies(Constraint d, Constraint c) {
        return d.before() == c.before() && d.after() == c.after() && d.scope() == Constraint.Scope.CHANNEL
                && d.window() == 1 && c.window() == 1 && d.picoseconds() > c.picoseconds();
    }

    long earliest(Command command, int inBank) {
        return Math.max(channel[command.ordinal()], bank[inBank * COMMANDS + command.ordinal()]);
    }

    long earliest(Command command) {
        return channel[command.ordinal()];
    }

    void send(Command command, int inBank, long at) {
        History history = sent[command.ordinal()];
        history.add(at);
        for (Constraint c : following[command.ordinal()]) {
            if (c.window() == 1) {
                raise(c, inBank, at);
            } else if (history.count() >= c.window()) {
                raise(c, inBank, history.back(c.window()));
            }
        }
    }

    private void raise(Constraint c, int inBank, long from) {
        int after = c.after().ordinal();
        if (c.scope() == Constraint.Scope.CHANNEL) {
            channel[after] = Math.max(channel[after], from + c.picoseconds());
        } else {
            bank[inBank * COMMANDS + after] = Math.max(bank[inBank * COMMANDS + after], from + c.picoseconds());
        }
    }

    /** The latest times at which one command was sent. */
    private static final class History {
        private final long[] times;
        private long count;

        History(int length) {
            times = new long[length];
        }

        void add(long at) {
            times[(int) (count++ % times.length)] = at;
        }

        long count() {
            return count;
        }

        long back(int window) {
            return times[(int) ((count - window) % times.length)];
        }
    }
}
