package metronome.traces.scalesim;

import java.math.BigDecimal;
import java.util.List;
import metronome.hwmodel.systolic.Counting;
import metronome.hwmodel.systolic.Mapping;

/**
 * SCALE-Sim v3's {@code COMPUTE_REPORT.csv}: cycles and percentages, a row a layer, with a blank after each comma and a
 * comma at the end, as it writes them. No memory is modelled: stalls are 0, and no cycles are spent on prefetching.
 */
public final class ComputeReport {
    /** The name of the file. */
    public static final String FILE = "COMPUTE_REPORT.csv";
    private static final String HEADINGS = "LayerID, Total Cycles (incl. prefetch), Total Cycles, Stall Cycles, "
            + "Overall Util %, Mapping Efficiency %, Compute Util %,\n";

    private ComputeReport() {
    }

    /**
     * {@return the whole file}
     *
     * @param layers on the array, in order
     * @param counting which cycles are counted
     */
    public static String text(List<Mapping> layers, Counting counting) {
        StringBuilder out = new StringBuilder(HEADINGS);
        for (int i = 0; i < layers.size(); i++) {
            Mapping layer = layers.get(i);
            String cycles = Long.toString(layer.cycles(counting));
            out.append(String.join(", ", Integer.toString(i), cycles, cycles, "0",
                    percent(layer.overallUtilisation(counting)), percent(layer.mappingEfficiency()),
                    percent(layer.computeUtilisation(counting)))).append(",\n");
        }
        return out.toString();
    }

    private static String percent(double share) {
        return new BigDecimal(Double.toString(100 * share)).toPlainString();
    }
}
