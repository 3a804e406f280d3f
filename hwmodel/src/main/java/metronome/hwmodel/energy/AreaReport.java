package metronome.hwmodel.energy;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import metronome.core.json.Json;
import metronome.core.json.ObjectBuilder;
import metronome.hwmodel.count.Component;

/**
 * The area of a chip by component, in mm2; of the DRAM it holds the controller only.
 *
 * @param byComponent an estimate for every component
 */
public record AreaReport(Map<Component, Estimate> byComponent) {
    /** Keeps its own copy, in the order of the components. */
    public AreaReport {
        byComponent = Collections.unmodifiableMap(new EnumMap<>(byComponent));
    }

    /**
     * {@return the area of one component}
     *
     * @param component which
     */
    public Quantity of(Component component) {
        return byComponent.get(component).value();
    }

    /** {@return the area of everything: the sum over the components in their order} */
    public Quantity total() {
        return byComponent.values().stream().map(Estimate::value).reduce(Quantity.ZERO, Quantity::plus);
    }

    /** {@return total and components, each with formula and sources} */
    public Json toJson() {
        ObjectBuilder components = Json.object();
        byComponent.forEach((component, area) -> components.put(component.label(), area.toJson("area").build()));
        return Json.object().put("area_mm2", total().toJson()).put("components", components.build()).build();
    }

    /** {@return one line for each component} */
    public String toCsv() {
        StringBuilder out = new StringBuilder("component,action,unit,low,nominal,high,how,formula,sources\n");
        byComponent.forEach((component, area) -> out.append(Csv.line(component.label(), "area", "mm2", area)));
        return out.toString();
    }
}
