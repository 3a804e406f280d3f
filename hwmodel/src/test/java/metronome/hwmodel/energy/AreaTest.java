package metronome.hwmodel.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import metronome.core.json.JsonWriter;
import metronome.hwmodel.count.Component;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Is the area of a chip what its inventory says, and does every size count? */
class AreaTest {
    private final AreaReport preset = AreaEstimator.estimate(Target.preset());

    @Test
    void byHand() {
        assertEquals(32 * 0.0135029, preset.of(Component.WEIGHTS).nominal(), 1e-9);
        assertEquals(1.64463, preset.of(Component.SPIKES).nominal(), 1e-9);
        double cells = 256 * (278 + 64 / 1024.0 * 6350 + 48 * 5.98);
        double columns = 16 * (4 * 278 + 6350 + 2 * 278);
        assertEquals(1.25 * (cells + columns) / 1e6, preset.of(Component.TENSOR).nominal(), 1e-9);
    }

    @Test
    void partsSumToTheWhole() {
        Quantity sum = Quantity.ZERO;
        for (Component component : Component.values()) {
            assertEquals(component != Component.MESH && component != Component.FIRE, preset.of(component).nominal() > 0, component.label());
            sum = sum.plus(preset.of(component));
        }
        assertEquals(sum, preset.total());
        assertTrue(JsonWriter.pretty(preset.toJson()).contains("\"area_mm2\""));
        assertEquals(1 + Component.values().length, preset.toCsv().lines().count());
    }

    @ParameterizedTest
    @EnumSource(names = {"CLOCK", "VOLTAGE", "CELL", "NODE", "WEIGHT_WORD", "WEIGHT_BANKS", "DRAM_KIND", "DRAM_SCHEDULER",
        "DRAM_OVERTAKES", "DRAM_PAGES", "DRAM_MAPPING", "LEAK", "FIRE_UNIT", "POWER_ENTRIES", "UPDATE_CYCLES", "EVENT_OVERHEAD",
        "SWEEP_OVERHEAD", "SPIKE_CYCLES", "TENSOR_DATAFLOW", "TENSOR_SHADOW", "TENSOR_ACCUMULATORS", "ROUTER_CYCLES",
        "ARBITRATION", "LINK_LENGTH"},
            mode = EnumSource.Mode.EXCLUDE)
    void everySizeTakesArea(TargetField field) {
        Target cores = Target.preset().with(TargetField.MESH_COLUMNS, "2");
        Target larger = cores.with(field, Integer.toString((int) Math.min(field.most(), 2L * cores.count(field))));
        assertTrue(AreaEstimator.estimate(larger).total().nominal() > AreaEstimator.estimate(cores).total().nominal(),
                field.key());
    }

    @Test
    void theLazyLeakTakesStampsAndATable() {
        Target lazy = Target.preset().with(TargetField.LEAK, "lazy");
        AreaReport larger = AreaEstimator.estimate(lazy);
        assertTrue(larger.of(Component.POTENTIALS).nominal() > preset.of(Component.POTENTIALS).nominal());
        double lif = larger.of(Component.LIF).nominal();
        assertTrue(lif > preset.of(Component.LIF).nominal());
        assertTrue(AreaEstimator.estimate(lazy.with(TargetField.POWER_ENTRIES, "32")).of(Component.LIF).nominal() > lif);
    }

    @Test
    void aFiringUnitTakesLogicAndSmallerBanks() {
        AreaReport separate = AreaEstimator.estimate(Target.preset().with(TargetField.FIRE_UNIT, "separate"));
        assertTrue(separate.of(Component.FIRE).nominal() > 0);
        assertTrue(separate.of(Component.FIRE).nominal() < separate.of(Component.LIF).nominal());
        assertTrue(separate.of(Component.POTENTIALS).nominal() > preset.of(Component.POTENTIALS).nominal(), "512 banks");
        assertTrue(separate.of(Component.SEQUENCER).nominal() > preset.of(Component.SEQUENCER).nominal(), "a queue more");
    }

    @Test
    void whatStaysInTheTensorCoreTakesArea() {
        Target weights = Target.preset().with(TargetField.TENSOR_DATAFLOW, "ws");
        assertEquals(1.25 * 256 * 32 * 5.98 / 1e6, tensorArea(Target.preset(), TargetField.TENSOR_SHADOW, "yes"), 1e-9,
                "a second sum in each cell");
        assertEquals(1.25 * 256 * 8 * 5.98 / 1e6, tensorArea(weights, TargetField.TENSOR_SHADOW, "yes"), 1e-9,
                "a second weight in each cell");
        assertTrue(tensorArea(Target.preset(), TargetField.TENSOR_DATAFLOW, "ws") > 0, "accumulators");
        assertTrue(tensorArea(weights, TargetField.TENSOR_ACCUMULATORS, "8192") > 0);
        assertEquals(0, tensorArea(Target.preset(), TargetField.TENSOR_ACCUMULATORS, "8192"),
                "sums of an output-stationary core stay in its cells");
    }

    private static double tensorArea(Target target, TargetField field, String value) {
        return AreaEstimator.estimate(target.with(field, value)).of(Component.TENSOR).nominal()
                - AreaEstimator.estimate(target).of(Component.TENSOR).nominal();
    }

    @Test
    void smallerNodesAreSmaller() {
        double before = Double.MAX_VALUE;
        for (String node : TargetField.NODE.choices()) {
            double now = AreaEstimator.estimate(Target.preset().with(TargetField.NODE, node)).total().nominal();
            assertTrue(now < before, node + " nm");
            before = now;
        }
    }
}
