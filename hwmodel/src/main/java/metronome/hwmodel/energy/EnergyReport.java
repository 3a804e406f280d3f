package metronome.hwmodel.energy;

import java.util.ArrayList;
import java.util.List;
import metronome.core.json.Json;
import metronome.core.json.ObjectBuilder;
import metronome.hwmodel.count.Component;

/**
 * The energy of one run by layer and component, in pJ, split into that of actions and that of static power. The parts are
 * all there is: every sum here is computed from them, always layer by layer in order, and within a total component by
 * component.
 */
public final class EnergyReport {
    /**
     * The energy of one component during one layer.
     *
     * @param dynamic of its actions, in pJ
     * @param leaked of its static power over the cycles of the layer, in pJ
     */
    public record Part(Quantity dynamic, Quantity leaked) {
        /** {@return both together} */
        public Quantity sum() {
            return dynamic.plus(leaked);
        }
    }

    private final Part[][] parts;
    private final double latencyUs;

    EnergyReport(Part[][] parts, double latencyUs) {
        this.parts = parts;
        this.latencyUs = latencyUs;
    }

    /** {@return how many layers there are} */
    public int layers() {
        return parts.length;
    }

    /**
     * {@return one part}
     *
     * @param layer which
     * @param component which
     */
    public Part part(int layer, Component component) {
        return parts[layer][component.ordinal()];
    }

    /**
     * {@return dynamic and static energy of one component over all layers}
     *
     * @param component which
     */
    public Part byComponent(Component component) {
        Part sum = new Part(Quantity.ZERO, Quantity.ZERO);
        for (int layer = 0; layer < layers(); layer++) {
            sum = plus(sum, part(layer, component));
        }
        return sum;
    }

    /**
     * {@return dynamic and static energy of all components during one layer}
     *
     * @param layer which
     */
    public Part byLayer(int layer) {
        Part sum = new Part(Quantity.ZERO, Quantity.ZERO);
        for (Component component : Component.values()) {
            sum = plus(sum, part(layer, component));
        }
        return sum;
    }

    /** {@return dynamic and static energy of everything: the sum of {@link #byComponent} over all components} */
    public Part whole() {
        Part sum = new Part(Quantity.ZERO, Quantity.ZERO);
        for (Component component : Component.values()) {
            sum = plus(sum, byComponent(component));
        }
        return sum;
    }

    private static Part plus(Part a, Part b) {
        return new Part(a.dynamic.plus(b.dynamic), a.leaked.plus(b.leaked));
    }

    /** {@return the energy of everything, in pJ} */
    public Quantity total() {
        return whole().sum();
    }

    /** {@return how long it took, in microseconds} */
    public double latencyUs() {
        return latencyUs;
    }

    /** {@return energy over time, in mW; zero if no time passed} */
    public Quantity averagePowerMilliwatts() {
        return latencyUs == 0 ? Quantity.ZERO : total().times(1 / (latencyUs * 1000));
    }

    /**
     * {@return the mean of several runs that were counted together}
     *
     * @param runs how many, at least 1
     */
    public EnergyReport perRun(int runs) {
        if (runs < 1) {
            throw new IllegalArgumentException("runs must be at least 1: " + runs);
        }
        Part[][] shared = new Part[parts.length][Component.values().length];
        for (int layer = 0; layer < parts.length; layer++) {
            for (Component component : Component.values()) {
                Part part = part(layer, component);
                shared[layer][component.ordinal()] =
                        new Part(part.dynamic.times(1.0 / runs), part.leaked.times(1.0 / runs));
            }
        }
        return new EnergyReport(shared, latencyUs / runs);
    }

    /** {@return totals, then by component, then by layer with its components} */
    public Json toJson() {
        List<Json> layers = new ArrayList<>();
        for (int layer = 0; layer < layers(); layer++) {
            ObjectBuilder components = Json.object();
            for (Component component : Component.values()) {
                components.put(component.label(), json(part(layer, component)));
            }
            layers.add(Json.object().put("layer", layer).put("energy", json(byLayer(layer)))
                    .put("components", components.build()).build());
        }
        ObjectBuilder components = Json.object();
        for (Component component : Component.values()) {
            components.put(component.label(), json(byComponent(component)));
        }
        return Json.object().put("energy", json(whole())).put("latency_us", latencyUs)
                .put("average_power_mW", averagePowerMilliwatts().toJson()).put("components", components.build())
                .put("layers", Json.array(layers)).build();
    }

    private static Json json(Part part) {
        return Json.object().put("total_pJ", part.sum().toJson()).put("dynamic_pJ", part.dynamic.toJson())
                .put("static_pJ", part.leaked.toJson()).build();
    }

    /** {@return one line for each part: layer, component, dynamic or static, low, nominal and high in pJ} */
    public String toCsv() {
        StringBuilder out = new StringBuilder("layer,component,kind,low_pJ,nominal_pJ,high_pJ\n");
        for (int layer = 0; layer < layers(); layer++) {
            for (Component component : Component.values()) {
                String start = layer + "," + component.label() + ",";
                out.append(start).append("dynamic,").append(part(layer, component).dynamic.toCsv()).append('\n');
                out.append(start).append("static,").append(part(layer, component).leaked.toCsv()).append('\n');
            }
        }
        return out.toString();
    }
}
