package metronome.traces.analysis;

/** Runs of cycles over bins of equal width: how many cycles of each bin lie in what was added. */
final class Spread {
    private final long cycles;
    private final long width;
    /** Of runs that do not fill a bin. */
    private final long[] part;
    /** Of runs that fill bins, how many more begin than end there. */
    private final long[] whole;

    /**
     * Creates one of nothing.
     *
     * @param cycles how many there are
     * @param width of a bin, in cycles, at least 1
     */
    Spread(long cycles, long width) {
        this.cycles = cycles;
        this.width = width;
        this.part = new long[Math.toIntExact(Math.ceilDiv(cycles, width))];
        this.whole = new long[part.length + 1];
    }

    /** Adds a run; what lies outside the cycles there are does not count. */
    void add(long from, long count) {
        long first = Math.max(from, 0);
        long end = first + Math.min(from + count - first, cycles - first);
        if (from >= cycles || end <= first) {
            return;
        }
        int firstBin = (int) (first / width);
        int lastBin = (int) ((end - 1) / width);
        if (firstBin == lastBin) {
            part[firstBin] += end - first;
            return;
        }
        part[firstBin] += (firstBin + 1) * width - first;
        part[lastBin] += end - lastBin * width;
        whole[firstBin + 1]++;
        whole[lastBin]--;
    }

    /** {@return cycles by bin} */
    long[] bins() {
        long[] bins = new long[part.length];
        long open = 0;
        for (int i = 0; i < bins.length; i++) {
            open += whole[i];
            bins[i] = part[i] + open * width;
        }
        return bins;
    }
}
