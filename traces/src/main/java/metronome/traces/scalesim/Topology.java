package metronome.traces.scalesim;

import java.util.List;
import metronome.hwmodel.systolic.MatrixProduct;

/**
 * The layers of a topology file.
 *
 * @param layers in the order of the file, at least one
 */
public record Topology(List<Layer> layers) {
    /**
     * A layer as the matrix product that it comes to.
     *
     * @param name not empty
     * @param product output positions, filters, products in a sum
     */
    public record Layer(String name, MatrixProduct product) {
    }

    /** Makes the list immutable. */
    public Topology {
        layers = List.copyOf(layers);
    }
}
