package metronome.traces.analysis;

/**
 * When the units that compute work for a layer.
 *
 * @param layer which
 * @param from the first cycle in which one of them has an instruction of it under way
 * @param to the cycle after the last
 */
public record LayerSpan(int layer, long from, long to) {
    LayerSpan with(LayerSpan other) {
        return new LayerSpan(layer, Math.min(from, other.from), Math.max(to, other.to));
    }
}
