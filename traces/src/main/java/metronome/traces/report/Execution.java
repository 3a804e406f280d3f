package metronome.traces.report;

import java.util.List;
import java.util.Map;

/**
 * What running one image on the machine costs, means over images; low and high bound the nominal figure.
 *
 * @param cycles from the first fetch to the end of the last instruction
 * @param latencyUs the same in microseconds at the target's clock
 * @param energyPj dynamic and static, chip and DRAM
 * @param energyLowPj its low bound
 * @param energyHighPj its high bound
 * @param areaMm2 of the chip, without the DRAM
 * @param areaLowMm2 its low bound
 * @param areaHighMm2 its high bound
 * @param stalls cycles by cause, summed over the units
 * @param layers in order; they sum to the whole
 * @param units what each did with its cycles
 * @param energyParts by component; they sum to the whole
 * @param areaParts by component; they sum to the whole
 * @param counters actions of all layers
 */
public record Execution(double cycles, @Key("latency_us") double latencyUs, @Key("energy_pJ") double energyPj,
        @Key("energy_low_pJ") double energyLowPj, @Key("energy_high_pJ") double energyHighPj,
        @Key("area_mm2") double areaMm2, @Key("area_low_mm2") double areaLowMm2,
        @Key("area_high_mm2") double areaHighMm2, Map<String, Double> stalls, List<Layer> layers, List<Unit> units,
        List<EnergyPart> energyParts, List<AreaPart> areaParts, List<Count> counters) {
    /**
     * One layer.
     *
     * @param name of its node
     * @param cycles attributed to it
     * @param latencyUs the same in microseconds
     * @param energyPj of it
     * @param energyLowPj its low bound
     * @param energyHighPj its high bound
     * @param componentsPj its energy by component
     */
    public record Layer(String name, double cycles, @Key("latency_us") double latencyUs,
            @Key("energy_pJ") double energyPj, @Key("energy_low_pJ") double energyLowPj,
            @Key("energy_high_pJ") double energyHighPj, @Key("components_pJ") Map<String, Double> componentsPj) {
    }

    /**
     * One unit; busy, idle and stalls sum to the cycles of the run.
     *
     * @param name of the unit
     * @param busy cycles in which it worked
     * @param idle cycles in which it had nothing to do
     * @param stalls cycles in which it waited, by cause
     */
    public record Unit(String name, double busy, double idle, Map<String, Double> stalls) {
    }

    /**
     * One component's energy.
     *
     * @param name of the component
     * @param dynamicPj counts times energy per action
     * @param staticPj leakage and background times time
     * @param energyPj their sum
     * @param energyLowPj its low bound
     * @param energyHighPj its high bound
     */
    public record EnergyPart(String name, @Key("dynamic_pJ") double dynamicPj, @Key("static_pJ") double staticPj,
            @Key("energy_pJ") double energyPj, @Key("energy_low_pJ") double energyLowPj,
            @Key("energy_high_pJ") double energyHighPj) {
    }

    /**
     * One component's area.
     *
     * @param name of the component
     * @param areaMm2 nominal
     * @param areaLowMm2 its low bound
     * @param areaHighMm2 its high bound
     */
    public record AreaPart(String name, @Key("area_mm2") double areaMm2, @Key("area_low_mm2") double areaLowMm2,
            @Key("area_high_mm2") double areaHighMm2) {
    }

    /**
     * One counter.
     *
     * @param name component and action
     * @param value how many
     * @param unit of what
     * @param meaning in a few words
     */
    public record Count(String name, double value, String unit, String meaning) {
    }
}
