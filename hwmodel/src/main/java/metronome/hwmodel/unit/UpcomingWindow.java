package metronome.hwmodel.unit;

import java.util.List;

/**
 * A window of steps that will be integrated, at once or when what comes before it is done.
 *
 * @param tile into whose potentials
 * @param steps all of them, in order
 * @param releases how often the events' region of the spike buffer was released before they came into it
 * @param leak lambda in Q0.16
 * @param inputs channels of the input, beyond which no event lies
 * @param firstWeight where the weights begin
 * @param shift left shift of a weight
 */
record UpcomingWindow(Tile tile, List<CellEvents.Step> steps, int releases, int leak, int inputs, int firstWeight, int shift) {
}
