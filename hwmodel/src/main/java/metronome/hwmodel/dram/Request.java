package metronome.hwmodel.dram;

/** A burst that waits in a channel's queue. One that was served is used again for a later burst. */
final class Request {
    private long number;
    private int row;
    private boolean write;
    private int layer;
    private long token;
    private long arrival;

    /**
     * Becomes another burst.
     *
     * @param inOrder how many requests the channel had got before
     * @param ofBank the row in its bank where it lies
     * @param writes whether data go to the DRAM
     * @param countedTo the layer to which its commands are counted
     * @param name by which the caller knows it
     * @param time of its arrival, in picoseconds
     */
    Request become(long inOrder, int ofBank, boolean writes, int countedTo, long name, long time) {
        number = inOrder;
        row = ofBank;
        write = writes;
        layer = countedTo;
        token = name;
        arrival = time;
        return this;
    }

    Command column() {
        return write ? Command.WRITE : Command.READ;
    }

    long number() {
        return number;
    }

    int row() {
        return row;
    }

    int layer() {
        return layer;
    }

    long token() {
        return token;
    }

    long arrival() {
        return arrival;
    }
}
