package metronome.traces.view;

/** Numbers as text in which runs are short: {@code 7*3 0} for 7, 7, 7, 0. */
final class RunLengths {
    private RunLengths() {
    }

    static String of(long[] values) {
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (int i = 1; i <= values.length; i++) {
            if (i == values.length || values[i] != values[from]) {
                out.append(out.isEmpty() ? "" : " ").append(values[from]).append(i - from > 1 ? "*" + (i - from) : "");
                from = i;
            }
        }
        return out.toString();
    }
}
