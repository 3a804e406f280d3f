package metronome.core.rival;

import java.util.Arrays;

/** Passes on the spikes of that input of a window that has spiked most often so far; among equals, of the one that was first. */
final class GatedPool implements Part {
    private static final int NONE = -1;

    private final Pooling pooling;
    private final Part source;
    private final Tally tally;
    private final int[] counts;
    private final int[] winners;
    private final Emission emission;

    GatedPool(Pooling pooling, Part source, Tally tally) {
        this.pooling = pooling;
        this.source = source;
        this.tally = tally;
        this.counts = new int[pooling.input().size()];
        this.winners = new int[pooling.output().size()];
        Arrays.fill(winners, NONE);
        this.emission = new Emission(winners.length, new Spikes(winners.length), source.expected());
    }

    @Override
    public void step(int step) {
        Spikes arriving = source.spikes();
        for (int i = 0; i < arriving.count(); i++) {
            counts[arriving.get(i)]++;
        }
        tally.both(0, arriving.count(), 0);
        for (int i = 0; i < arriving.count(); i++) {
            contend(arriving.get(i));
        }
        spikes().clear();
        for (int i = 0; i < arriving.count(); i++) {
            int input = arriving.get(i);
            pooling.visit(input, pooled -> {
                if (winners[pooled] == input) {
                    spikes().add(pooled);
                }
            });
        }
    }

    private void contend(int input) {
        pooling.visit(input, pooled -> {
            tally.both(0, 0, 1);
            if (winners[pooled] == NONE || counts[input] > counts[winners[pooled]]) {
                winners[pooled] = input;
            }
        });
    }

    @Override
    public Emission emission() {
        return emission;
    }
}
