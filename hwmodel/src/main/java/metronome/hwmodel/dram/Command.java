package metronome.hwmodel.dram;

/** What the controller may send over the command bus of a channel (rule DRAM-5). */
public enum Command {
    /** Opens a row of one bank. */
    ACTIVATE,
    /** Closes the open row of one bank. */
    PRECHARGE,
    /** Closes the open rows of all banks of the channel. */
    PRECHARGE_ALL,
    /** Reads one burst from the open row of one bank. */
    READ,
    /** Writes one burst to the open row of one bank. */
    WRITE,
    /** Refreshes all banks of the channel. */
    REFRESH;

    /** {@return whether it moves data} */
    public boolean column() {
        return this == READ || this == WRITE;
    }
}
