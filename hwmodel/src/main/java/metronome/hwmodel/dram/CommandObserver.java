package metronome.hwmodel.dram;

/** Who watches the command buses, for traces and tests. */
@FunctionalInterface
public interface CommandObserver {
    /** Watches nothing. */
    CommandObserver NONE = (channel, command, bank, row, layer, picoseconds) -> { };

    /**
     * A command was sent; calls for one channel come in order of time.
     *
     * @param channel from 0
     * @param command which
     * @param bank to which; 0 for commands to all banks
     * @param row that it opens, reads, writes or closes; 0 for commands to all banks
     * @param layer to which it is counted; of what is not counted, the one under way
     * @param picoseconds when, exactly; it lies in the core cycle that is being ticked or in none before
     */
    void sent(int channel, Command command, int bank, int row, int layer, long picoseconds);
}
