package metronome.hwmodel.energy;

/**
 * A figure that was looked up, as its table has it.
 *
 * @param name part and property: {@code adder_32.energy}
 * @param value figure and band
 * @param unit its unit; {@code 1} for a ratio
 * @param node technology node in nanometres; 0 where that says nothing
 * @param voltage supply in volts; 0 where that says nothing
 * @param how how it was got
 * @param source where it is from, and where the ends of its band are from
 */
public record Constant(String name, Quantity value, String unit, int node, double voltage, Provenance how,
        String source) {
}
