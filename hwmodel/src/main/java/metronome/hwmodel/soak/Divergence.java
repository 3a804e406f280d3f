package metronome.hwmodel.soak;

import metronome.isa.target.Target;
import metronome.isa.target.TargetField;

/**
 * Where two engines differ.
 *
 * @param seed of the case as it was drawn
 * @param smallest the smallest case found in which they do
 * @param cycle the first cycle after which they do
 * @param difference in words that begin with the component: the expected value, then the other
 */
public record Divergence(long seed, SoakCase smallest, long cycle, String difference) {
    /** {@return all that is needed to see it again} */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("seed " + seed + ": after cycle " + cycle + ", " + difference + "\n");
        smallest.description().lines().forEach(line -> text.append("  ").append(line).append('\n'));
        Target preset = Target.preset();
        for (TargetField field : TargetField.values()) {
            if (!smallest.target().text(field).equals(preset.text(field))) {
                text.append("  ").append(field.key()).append(" = ").append(smallest.target().text(field)).append('\n');
            }
        }
        return text.toString();
    }
}
