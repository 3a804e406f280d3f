package metronome.hwmodel.dram;

import java.util.List;

/** May it go now: the earliest time of every command in one channel, from the constraints and what was sent so far. */
final class ReadyTimes {
    private static final int COMMANDS = Command.values().length;
    /** So long that no command comes so late, however often it is added. */
    private static final long FOREVER = Long.MAX_VALUE / 4;

    private final Following[] following = new Following[COMMANDS];
    /** By the earlier command, and within that by the later one. */
    private final long[] apart = new long[COMMANDS * COMMANDS];
    private final long[] channel = new long[COMMANDS];
    /** By bank, and within a bank by command. */
    private final long[] bank;

    ReadyTimes(List<Constraint> constraints, int banks) {
        bank = new long[banks * COMMANDS];
        for (Command command : Command.values()) {
            List<Constraint> own = constraints.stream().filter(c -> c.before() == command).toList();
            for (Command after : Command.values()) {
                apart[command.ordinal() * COMMANDS + after.ordinal()] = own.stream().filter(c -> c.after() == after)
                        .mapToLong(c -> c.window() == 1 ? c.picoseconds() : FOREVER).max().orElse(0);
            }
            following[command.ordinal()] = new Following(own.stream().filter(c -> own.stream().noneMatch(d -> implies(d, c))).toList());
        }
        if (constraints.stream().anyMatch(c -> c.scope() == Constraint.Scope.BANK && c.window() != 1)) {
            throw new IllegalArgumentException("a window over several commands is kept for channels only");
        }
    }

    /** Whether one after the same command, that is not the other, makes it superfluous. */
    private static boolean implies(Constraint d, Constraint c) {
        return d.after() == c.after() && d.scope() == Constraint.Scope.CHANNEL
                && d.window() == 1 && c.window() == 1 && d.picoseconds() > c.picoseconds();
    }

    /** How far two commands to one bank must be apart; a very long time if more than the latest of the first kind counts. */
    long apart(Command before, Command after) {
        return apart[before.ordinal() * COMMANDS + after.ordinal()];
    }

    long earliest(Command command, int inBank) {
        return Math.max(channel[command.ordinal()], bank[inBank * COMMANDS + command.ordinal()]);
    }

    long earliest(Command command) {
        return channel[command.ordinal()];
    }

    void send(Command command, int inBank, long at) {
        following[command.ordinal()].send(at, inBank * COMMANDS, channel, bank);
    }

    /** What follows from one command: others must wait, in the channel or in its bank. */
    private static final class Following {
        private final int[] inChannel;
        private final long[] channelDelays;
        private final int[] inBank;
        private final long[] bankDelays;
        private final Window[] windows;

        Following(List<Constraint> constraints) {
            List<Constraint> single = constraints.stream().filter(c -> c.window() == 1).toList();
            inChannel = after(single, Constraint.Scope.CHANNEL);
            channelDelays = delays(single, Constraint.Scope.CHANNEL);
            inBank = after(single, Constraint.Scope.BANK);
            bankDelays = delays(single, Constraint.Scope.BANK);
            windows = constraints.stream().filter(c -> c.window() > 1).map(Window::new).toArray(Window[]::new);
        }

        private static int[] after(List<Constraint> constraints, Constraint.Scope scope) {
            return constraints.stream().filter(c -> c.scope() == scope).mapToInt(c -> c.after().ordinal()).toArray();
        }

        private static long[] delays(List<Constraint> constraints, Constraint.Scope scope) {
            return constraints.stream().filter(c -> c.scope() == scope).mapToLong(Constraint::picoseconds).toArray();
        }

        void send(long at, int firstOfBank, long[] channel, long[] bank) {
            for (int i = 0; i < inChannel.length; i++) {
                channel[inChannel[i]] = Math.max(channel[inChannel[i]], at + channelDelays[i]);
            }
            for (int i = 0; i < inBank.length; i++) {
                int after = firstOfBank + inBank[i];
                bank[after] = Math.max(bank[after], at + bankDelays[i]);
            }
            for (Window window : windows) {
                window.send(at, channel);
            }
        }
    }

    /** A constraint on several commands of a kind: the one after them waits for the first. */
    private static final class Window {
        private final int after;
        private final long delay;
        private final long[] times;
        private int next;
        private boolean full;

        Window(Constraint constraint) {
            after = constraint.after().ordinal();
            delay = constraint.picoseconds();
            times = new long[constraint.window()];
        }

        void send(long at, long[] channel) {
            times[next++] = at;
            if (next == times.length) {
                next = 0;
                full = true;
            }
            if (full) {
                channel[after] = Math.max(channel[after], times[next] + delay);
            }
        }
    }
}
