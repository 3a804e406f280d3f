package metronome.traces.report;

import java.util.Locale;

/**
 * A linear axis from zero.
 *
 * @param most its right end, positive
 * @param step between ticks
 */
record Axis(double most, double step) {
    /** Of the plot on a phone, in pixels. */
    private static final double NARROW = 330;
    private static final double OF_A_CHARACTER = 7.2;

    /** {@return the axis with the fewest round ticks that reaches a value} */
    static Axis reaching(double value) {
        double most = value > 0 ? value : 1;
        double power = Math.pow(10, Math.floor(Math.log10(most / 4)));
        double step = power;
        for (double factor : new double[] {1, 2, 2.5, 5, 10}) {
            step = factor * power;
            if (most / step <= 5) {
                break;
            }
        }
        return new Axis(Math.ceil(most / step - 1e-9) * step, step);
    }

    /** {@return a place on the axis as SVG has it: {@code 12.34%}} */
    String at(double value) {
        return String.format(Locale.ROOT, "%.3f%%", 100 * value / most);
    }

    /**
     * {@return grid lines and labels}
     *
     * @param bottom where the lines end, in pixels
     */
    String svg(double bottom) {
        StringBuilder out = new StringBuilder();
        int ticks = (int) Math.round(most / step);
        for (int i = 0; i <= ticks; i++) {
            String x = at(i * step);
            out.append("<line class=\"grid-line\" x1=\"").append(x).append("\" x2=\"").append(x)
                    .append("\" y1=\"18\" y2=\"").append(Math.round(bottom)).append("\"/>");
            if (i == 0 || (ticks - i) % labelled(ticks) == 0) {
                out.append("<text class=\"tick\" x=\"").append(x).append("\" y=\"").append(Math.round(bottom) + 15)
                        .append("\" text-anchor=\"").append(i == 0 ? "start" : i == ticks ? "end" : "middle").append("\">")
                        .append(label(i * step)).append("</text>");
            }
            out.append('\n');
        }
        return out.toString();
    }

    /** Every how many ticks there is room for a label: the last one ends at its tick, the one before has its middle there. */
    private int labelled(int ticks) {
        return (int) Math.ceil(1.5 * OF_A_CHARACTER * label(most).length() * ticks / NARROW);
    }

    private static String label(double value) {
        return value == 0 ? "0" : value >= 1000 ? Numbers.count(value)
                : Numbers.figure(value).replaceAll("(\\.\\d*?)0+$", "$1").replaceAll("\\.$", "");
    }
}
