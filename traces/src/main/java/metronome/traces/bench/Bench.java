package metronome.traces.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import metronome.core.json.Json;
import metronome.traces.report.TextTable;
import metronome.traces.run.Watcher;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;

/**
 * Measured figures.
 *
 * @param results in the order in which they were asked for
 */
public record Bench(List<Result> results) {
    /**
     * One figure with all its values.
     *
     * @param figure what was measured
     * @param values one for each repetition, the warm-up left out
     * @param note what a reader must know besides; empty for nothing
     */
    public record Result(Figure figure, List<Double> values, String note) {
        private DescriptiveStatistics statistics() {
            return new DescriptiveStatistics(values.stream().mapToDouble(v -> v).toArray());
        }

        /** {@return the middle value} */
        public double median() {
            return statistics().getPercentile(50);
        }
    }

    /**
     * Measures.
     *
     * @param figures which
     * @param warmUp how long each figure is repeated before what counts
     * @param repetitions that count, at least 1
     * @param watcher is told of each
     * @return the figures with their values
     */
    public static Bench of(List<Figure> figures, WarmUp warmUp, int repetitions, Watcher watcher) {
        List<Result> results = new ArrayList<>();
        for (Figure figure : figures) {
            try (Watcher.Work work = watcher.begin(figure.name(), repetitions)) {
                Figure.Trial trial = figure.trial().get();
                List<Double> values = new ArrayList<>();
                warmUp.repeat(trial);
                for (int i = 0; i < repetitions; i++) {
                    values.add(trial.value());
                    work.step();
                }
                results.add(new Result(figure, List.copyOf(values), trial.note()));
            }
        }
        return new Bench(List.copyOf(results));
    }

    /** {@return the figures as a table} */
    public String text() {
        TextTable table = new TextTable("speed", ">median", ">least", ">most", ">times", "unit", "goal");
        for (Result r : results) {
            DescriptiveStatistics s = r.statistics();
            table.row(r.figure().name(), number(r.median()), number(s.getMin()), number(s.getMax()),
                    Integer.toString(r.values().size()), r.figure().unit(), r.figure().goal());
        }
        StringBuilder text = new StringBuilder(table.toString());
        results.stream().filter(r -> !r.note().isEmpty())
                .forEach(r -> text.append(r.figure().name()).append(": ").append(r.note()).append('\n'));
        return text.toString();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.3f" : "%,.0f", value);
    }

    /** {@return the figures as JSON} */
    public Json json() {
        return Json.object().put("figures", Json.array(results.stream().map(r -> {
            DescriptiveStatistics s = r.statistics();
            return Json.object().put("name", r.figure().name()).put("unit", r.figure().unit())
                    .put("meaning", r.figure().meaning()).put("goal", r.figure().goal())
                    .put("repetitions", Json.array(r.values().stream().map(Json::of).toList()))
                    .put("median", r.median()).put("least", s.getMin()).put("most", s.getMax())
                    .put("standard_deviation", s.getStandardDeviation()).put("note", r.note()).build();
        }).toList())).build();
    }
}
