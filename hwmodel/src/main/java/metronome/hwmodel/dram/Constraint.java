package metronome.hwmodel.dram;

/**
 * A least distance in time between two commands (rule DRAM-6).
 *
 * @param name the datasheet's name for it
 * @param scope whether it holds within a bank or over the whole channel
 * @param before the earlier command
 * @param after the later command
 * @param window counted back from {@code after}, which {@code before} it is: 1 is the latest, 4 the fourth-latest
 * @param picoseconds least distance, at least 0
 */
public record Constraint(String name, Scope scope, Command before, Command after, int window, long picoseconds) {
    /** Where a constraint holds. */
    public enum Scope {
        /** Between commands to the same bank. */
        BANK,
        /** Between commands to the same channel, whatever their banks. */
        CHANNEL
    }

    /** Checks the values. */
    public Constraint {
        if (window < 1 || picoseconds < 0) {
            throw new IllegalArgumentException("constraint " + name + ": window " + window + ", " + picoseconds + " ps");
        }
    }
}
