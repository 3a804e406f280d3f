package metronome.hwmodel.unit;

import java.util.List;

/**
 * A window of steps that is about to be integrated.
 *
 * @param steps all of them, in order
 * @param inputs channels of the input, beyond which no event lies
 * @param firstWeight where the weights begin
 * @param shift left shift of a weight
 */
record UpcomingWindow(List<CellEvents.Step> steps, int inputs, int firstWeight, int shift) {
}
