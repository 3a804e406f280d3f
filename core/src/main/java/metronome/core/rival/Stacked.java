package metronome.core.rival;

import java.util.List;

/** The spikes of several parts, one's channels after the other's. */
final class Stacked implements Part {
    private final List<Part> sources;
    private final Emission emission;

    Stacked(List<Part> sources) {
        this.sources = sources;
        this.emission = Emission.of(sources.stream().mapToInt(Part::neurons).sum());
    }

    @Override
    public void step(int step) {
        spikes().clear();
        expected().clear();
        int offset = 0;
        for (Part source : sources) {
            spikes().addAll(source.spikes(), offset);
            for (int i = 0; i < source.expected().count(); i++) {
                int change = source.expected().get(i);
                expected().add(change < 0 ? change - offset : change + offset);
            }
            offset += source.neurons();
        }
    }

    @Override
    public Emission emission() {
        return emission;
    }
}
