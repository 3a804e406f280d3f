package metronome.hwmodel.dram;

/** Who watches the command buses, for traces and tests. */
@FunctionalInterface
public interface CommandObserver {
    /** Watches nothing. */
    CommandObserver NONE = (channel, command, bank, picoseconds) -> { };

    /**
     * A command was sent; calls for one channel come in order of time.
     *
     * @param channel from 0
     * @param command which
     * @param bank to which; 0 for commands to all banks
     * @param picoseconds when, exactly; it lies in the core cycle that is being ticked or in none before
     */
    void sent(int channel, Command command, int bank, long picoseconds);
}
