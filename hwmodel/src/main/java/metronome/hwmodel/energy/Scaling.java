package metronome.hwmodel.energy;

import java.util.Map;
import java.util.TreeMap;
import metronome.core.io.DataException;

/**
 * Scaling between technology nodes and voltages by Stillmaker and Baas, "Scaling equations for the accurate prediction of
 * CMOS device performance from 180 nm to 7 nm", Integration 58 (2017): {@code E(node, V) = a V^2 + b V + c}, used as a ratio.
 */
public final class Scaling {
    /** CACTI knows 22 nm, Stillmaker and Baas do not: it is taken as their 20 nm. */
    private static final int UNKNOWN_NODE = 22;
    private static final int TAKEN_AS = 20;

    private record Fit(double a, double b, double c, double area) {
        double energy(double voltage) {
            return (a * voltage + b) * voltage + c;
        }
    }

    private static final Scaling SHIPPED = new Scaling(CsvResource.read("scaling.csv"));

    private final Map<Integer, Fit> fits = new TreeMap<>();

    private Scaling(CsvResource table) {
        for (int row = 0; row < table.size(); row++) {
            fits.put((int) table.number(row, "node_nm"), new Fit(table.number(row, "a"), table.number(row, "b"),
                    table.number(row, "c"), table.number(row, "area")));
        }
    }

    /** {@return the coefficients that ship} */
    public static Scaling shipped() {
        return SHIPPED;
    }

    /**
     * {@return by what an energy at one node and voltage is multiplied to get that at another}
     *
     * @param fromNode in nanometres
     * @param fromVoltage in volts
     * @param toNode in nanometres
     * @param toVoltage in volts
     * @throws DataException if there are no coefficients for a node
     */
    public double energy(int fromNode, double fromVoltage, int toNode, double toVoltage) {
        return fit(toNode).energy(toVoltage) / fit(fromNode).energy(fromVoltage);
    }

    /**
     * {@return by what an area at one node is multiplied to get that at another}
     *
     * @param fromNode in nanometres
     * @param toNode in nanometres
     * @throws DataException if there are no coefficients for a node
     */
    public double area(int fromNode, int toNode) {
        return fit(toNode).area / fit(fromNode).area;
    }

    private Fit fit(int node) {
        Fit fit = fits.get(node == UNKNOWN_NODE ? TAKEN_AS : node);
        if (fit == null) {
            throw new DataException("must be one of " + fits.keySet() + " nm: technology.node_nm=" + node);
        }
        return fit;
    }
}
