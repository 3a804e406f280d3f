package metronome.core.rival;

/** Passes on the first spike of each window, which is that of the largest activation. */
final class EarliestPool implements Part {
    private final Pooling pooling;
    private final Part source;
    private final Tally tally;
    private final boolean[] fired;
    /** Inputs of each window that are expected to fire. */
    private final int[] waiting;
    private final boolean[] announced;
    private final Emission emission;

    EarliestPool(Pooling pooling, Part source, Tally tally) {
        this.pooling = pooling;
        this.source = source;
        this.tally = tally;
        int n = pooling.output().size();
        this.fired = new boolean[n];
        this.waiting = new int[n];
        this.announced = new boolean[n];
        this.emission = Emission.of(n);
    }

    @Override
    public void step(int step) {
        spikes().clear();
        for (int i = 0; i < source.spikes().count(); i++) {
            pooling.visit(source.spikes().get(i), pooled -> {
                tally.both(0, 0, 1);
                if (!fired[pooled]) {
                    fired[pooled] = true;
                    spikes().add(pooled);
                }
            });
        }
        expect();
    }

    private void expect() {
        expected().clear();
        Spikes changes = source.expected();
        for (int i = 0; i < changes.count(); i++) {
            int change = changes.get(i);
            pooling.visit(change < 0 ? -1 - change : change, pooled -> waiting[pooled] += change < 0 ? -1 : 1);
            tally.both(0, 1, 0);
        }
        for (int i = 0; i < fired.length; i++) {
            boolean now = !fired[i] && waiting[i] > 0;
            if (now != announced[i]) {
                announced[i] = now;
                expected().add(now ? i : -1 - i);
            }
        }
    }

    @Override
    public Emission emission() {
        return emission;
    }
}
