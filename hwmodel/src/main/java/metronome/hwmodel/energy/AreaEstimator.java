package metronome.hwmodel.energy;

import java.util.EnumMap;
import java.util.Map;
import metronome.hwmodel.count.Component;
import metronome.isa.target.Target;

/** The area of the chip from the same inventory as its leakage. The DRAM devices themselves are not on the chip. */
public final class AreaEstimator {
    private AreaEstimator() {
    }

    /**
     * {@return the area of every component}
     *
     * @param target a complete configuration
     */
    public static AreaReport estimate(Target target) {
        Technology technology = new Technology(target);
        Map<Component, Estimate> areas = new EnumMap<>(Component.class);
        new Inventory(target).parts().forEach((component, parts) -> areas.put(component, area(technology, parts)));
        return new AreaReport(areas);
    }

    private static Estimate area(Technology technology, Inventory.Parts parts) {
        Estimate sum = Estimate.none("mm2");
        for (Logic logic : Logic.of(parts)) {
            sum = sum.plus(technology.area(logic.part(), logic.times()));
        }
        for (Memory memory : parts.memories()) {
            sum = sum.plus(technology.area(memory));
        }
        return sum;
    }
}
