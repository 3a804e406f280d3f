package metronome.hwmodel.energy;

import metronome.core.json.Json;

/**
 * A figure with its band. Bands add and multiply end by end, as if all errors went the same way: they are wide on purpose.
 *
 * @param low the least it may plausibly be, at least 0
 * @param nominal what to calculate with
 * @param high the most it may plausibly be
 */
public record Quantity(double low, double nominal, double high) {
    /** Nothing, surely. */
    public static final Quantity ZERO = new Quantity(0, 0, 0);

    /** Checks the order. */
    public Quantity {
        if (!(0 <= low && low <= nominal && nominal <= high && high < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("must be 0 <= low <= nominal <= high: " + low + ", " + nominal + ", " + high);
        }
    }

    /**
     * {@return the sum}
     *
     * @param other of the same unit
     */
    public Quantity plus(Quantity other) {
        return new Quantity(low + other.low, nominal + other.nominal, high + other.high);
    }

    /**
     * {@return this so many times}
     *
     * @param factor at least 0
     */
    public Quantity times(double factor) {
        return new Quantity(low * factor, nominal * factor, high * factor);
    }

    /**
     * {@return the product}
     *
     * @param factor a figure with a band
     */
    public Quantity times(Quantity factor) {
        return new Quantity(low * factor.low, nominal * factor.nominal, high * factor.high);
    }

    /** {@return an object with {@code low}, {@code nominal} and {@code high}} */
    public Json toJson() {
        return Json.object().put("low", low).put("nominal", nominal).put("high", high).build();
    }

    /** {@return the three figures for a line of CSV} */
    public String toCsv() {
        return low + "," + nominal + "," + high;
    }
}
