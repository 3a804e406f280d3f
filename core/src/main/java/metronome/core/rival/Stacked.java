package metronome.core.rival;

import java.util.List;

/** The spikes of several parts, one's channels after the other's. */
final class Stacked implements Part {
    private final List<Part> sources;
    private final Spikes spikes;
    private final Spikes expected;

    Stacked(List<Part> sources) {
        this.sources = sources;
        this.spikes = new Spikes(neurons());
        this.expected = new Spikes(neurons());
    }

    @Override
    public void step(int step) {
        spikes.clear();
        expected.clear();
        int offset = 0;
        for (Part source : sources) {
            spikes.addAll(source.spikes(), offset);
            for (int i = 0; i < source.expected().count(); i++) {
                int change = source.expected().get(i);
                expected.add(change < 0 ? change - offset : change + offset);
            }
            offset += source.neurons();
        }
    }

    @Override
    public Spikes spikes() {
        return spikes;
    }

    @Override
    public Spikes expected() {
        return expected;
    }

    @Override
    public int neurons() {
        return sources.stream().mapToInt(Part::neurons).sum();
    }
}
