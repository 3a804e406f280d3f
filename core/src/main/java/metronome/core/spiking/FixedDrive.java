package metronome.core.spiking;

import metronome.core.code.TemporalCode;
import metronome.core.code.Ticking;

/**
 * The drive of an output window in units of the potential.
 *
 * @param threshold theta
 * @param firstTick at step 0
 * @param tick at each later step
 * @param offset R' of the variant: part of the bias, and the potential that stands for z = 0
 */
record FixedDrive(int threshold, int firstTick, int tick, int offset) {
    /** Of a layer that is not ticked. */
    static final FixedDrive NONE = new FixedDrive(0, 0, 0, 0);

    static FixedDrive of(Ticking ticking, TemporalCode code, int leak, double scale) {
        long tick = Math.round(ticking.tick(code) * scale);
        double reached = tick / (1 - leak / 65536.0);
        long fixedPoint = Math.round(reached);
        long threshold = Math.round(reached - code.margin() * scale);
        long firstTick = switch (ticking.variant()) {
            case A -> tick;
            case B -> 0;
            case C -> fixedPoint;
        };
        return new FixedDrive(clamp(threshold), clamp(firstTick), clamp(tick), clamp(fixedPoint - firstTick));
    }

    private static int clamp(long value) {
        return Math.clamp(value, -Integer.MAX_VALUE, Integer.MAX_VALUE);
    }
}
