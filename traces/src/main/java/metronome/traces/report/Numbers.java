package metronome.traces.report;

import java.util.Locale;

/** How reports write numbers: the same everywhere, whatever the machine's language. */
public final class Numbers {
    private Numbers() {
    }

    /**
     * {@return a count, rounded to a whole, with thousands apart: {@code 1,234,567}}
     *
     * @param value any
     */
    public static String count(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    /**
     * {@return how many of something, in words: {@code 1 image}, {@code 1,234 images}}
     *
     * @param value how many
     * @param noun for one of them, whose plural ends in s
     */
    public static String counted(long value, String noun) {
        return count(value) + " " + noun + (value == 1 ? "" : "s");
    }

    /**
     * {@return a figure with four significant digits: {@code 12.35}, {@code 0.001235}, {@code 123,457}}
     *
     * @param value any
     */
    public static String figure(double value) {
        double size = Math.abs(value);
        if (size == 0) {
            return "0";
        }
        int digits = Math.clamp(3 - (int) Math.floor(Math.log10(size)), 0, 9);
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }

    /**
     * {@return a share of one as a percentage: {@code 98.76 %}}
     *
     * @param share of one
     */
    public static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }

    /**
     * {@return an energy given in picojoules, in the unit that suits it: {@code 1.234 uJ}}
     *
     * @param picojoules the energy
     */
    public static String energy(double picojoules) {
        double size = Math.abs(picojoules);
        if (size < 1e3) {
            return figure(picojoules) + " pJ";
        }
        return size < 1e6 ? figure(picojoules / 1e3) + " nJ" : figure(picojoules / 1e6) + " µJ";
    }
}
