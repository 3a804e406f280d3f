package metronome.hwmodel.energy;

/** Lines of the tables that this package writes. */
final class Csv {
    private Csv() {
    }

    static String line(String component, String action, String unit, Estimate e) {
        return String.join(",", component, action, unit, e.value().toCsv(),
                e.how().name().toLowerCase(java.util.Locale.ROOT), quoted(e.formula()),
                quoted(String.join("; ", e.sources()))) + "\n";
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
