package metronome.hwmodel.unit;

/** Work that several threads need done: the first does it, the others wait for that. */
final class Once implements Runnable {
    private final Runnable work;
    private boolean done;

    Once(Runnable work) {
        this.work = work;
    }

    @Override
    public synchronized void run() {
        if (!done) {
            work.run();
            done = true;
        }
    }
}
