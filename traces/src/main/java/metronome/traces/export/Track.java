package metronome.traces.export;

/** A line of the Perfetto UI on which slices stand: a thread of a process. */
final class Track {
    private final String address;
    private long end;

    /** @param address the members {@code pid} and {@code tid}, as JSON */
    Track(String address) {
        this.address = address;
    }

    String address() {
        return address;
    }

    /** Where the last slice ends. */
    long end() {
        return end;
    }

    void end(long time) {
        end = time;
    }
}
