package metronome.hwmodel.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import metronome.core.json.Json;
import metronome.core.json.JsonParser;
import metronome.core.json.JsonWriter;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counter;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Is the table complete, and are its entries what the formulas of docs/energy.md say? */
class EnergyTableTest {
    /** E(45 nm, 0.9 V) / E(45 nm, 1.1 V) by hand: 0.84433 / 1.21313. */
    private static final double LSTP = 0.8443299999 / 1.21313;

    private final EnergyTable table = EnergyTable.of(Target.preset());

    private double nominal(Counter counter) {
        return table.action(counter).value().nominal();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lpddr4-2400", "ddr4-2400", "hbm2", "ddr4-3200", "lpddr3-1600"})
    void everyActionAndComponentHasAPositiveFigureWithASource(String dram) {
        for (String node : TargetField.NODE.choices()) {
            for (String cell : TargetField.CELL.choices()) {
                EnergyTable all = EnergyTable.of(Target.preset().with(TargetField.NODE, node)
                        .with(TargetField.MESH_COLUMNS, "2").with(TargetField.FIRE_UNIT, "separate")
                        .with(TargetField.CELL, cell).with(TargetField.DRAM_KIND, dram));
                for (Counter counter : Counter.values()) {
                    assertComplete(all.action(counter), "pJ", counter + " " + node + " " + cell);
                }
                for (Component component : Component.values()) {
                    assertComplete(all.statics(component), "mW", component + " " + node + " " + cell);
                }
            }
        }
    }

    private static void assertComplete(Estimate estimate, String unit, String context) {
        assertTrue(estimate.value().high() > 0, context);
        assertTrue(estimate.value().nominal() > 0 || estimate.formula().contains("lpddr4-2400.activate"), context);
        assertEquals(unit, estimate.unit(), context);
        assertFalse(estimate.formula().isEmpty() || estimate.sources().isEmpty(), context);
        assertTrue(estimate.value().high() > estimate.value().low(), context + " has no band");
    }

    @Test
    void logicByHand() {
        assertEquals(24 / 32.0 * 0.1 + 32 * 0.009, nominal(Counter.UPDATES), 1e-12);
        assertEquals(24 * 16 / 1024.0 * 3.1 + 0.075 + 24 * 0.009, nominal(Counter.LEAKS), 1e-12);
        assertEquals(0.075 + 24 * 0.009, nominal(Counter.TICKS), 1e-12);
        assertEquals(24 / 32.0 * 0.0295, nominal(Counter.COMPARES), 1e-12);
        assertEquals(0.1 + 32 * 0.009, nominal(Counter.EVENTS), 1e-12);
        assertEquals(64 * 0.009 + 0.25, nominal(Counter.FIRED), 1e-12);
        assertEquals(64 / 1024.0 * 3.1 + 0.1 + 48 * 0.009, nominal(Counter.MACS), 1e-12);
        assertEquals(3.1 + 4 * 0.1 + 2 * 0.0295, nominal(Counter.RESCALES), 1e-12);
        assertEquals(64 * 0.009 + 0.25, nominal(Counter.LOAD_WORDS), 1e-12);
        assertEquals(nominal(Counter.LOAD_WORDS), nominal(Counter.STORE_WORDS), 0);
    }

    @Test
    void memoriesByHand() {
        Quantity potentials = table.action(Counter.POTENTIAL_READS).value();
        double inLine = 1.6697 * Math.pow(2.7557 / 1.6697, Math.log(0.1875) / Math.log(2));
        assertEquals(0.8 * inLine * 24 / 64 * LSTP, potentials.low(), 1e-6, "256 banks of 192 B");
        assertEquals(Math.sqrt(0.1875) * 1.6697 * 24 / 64 * LSTP, potentials.nominal(), 1e-6);
        assertEquals(1.9 * 1.6697 * 24 / 64 * LSTP, potentials.high(), 1e-6);
        assertEquals(3.3855 * 128 / 64 * LSTP, nominal(Counter.WEIGHT_READS), 1e-6);
        assertEquals(6.4536 * 128 / 64 * LSTP, nominal(Counter.WEIGHT_WRITES), 1e-6);
        assertEquals(68.3493 * 32 / 64 * LSTP, nominal(Counter.SPIKE_READS), 1e-6);
        assertEquals(51.346 * 32 / 64 * LSTP, nominal(Counter.SPIKE_WRITES), 1e-6);
        assertEquals((1.6697 + 3.4916) * 128 / 64 * LSTP + 128 * 0.009 + 1, nominal(Counter.INSTRUCTIONS), 1e-6);
        assertTrue(nominal(Counter.POOL_UPDATES) > 2 * nominal(Counter.POOL_SCANS));
    }

    @Test
    void leakageByHand() {
        assertEquals(32 * 0.00124294 * LSTP, table.statics(Component.WEIGHTS).value().nominal(), 1e-9);
        double logic = 16 * 16 * (0.0024 + 64 / 1024.0 * 0.080 + 48 * 0.0000516)
                + 16 * (4 * 0.0024 + 0.080 + 2 * 0.0024);
        assertEquals(logic, table.statics(Component.TENSOR).value().nominal(), 1e-9);
        double controller = 16 * (1024 + 64) * 0.0000516;
        assertEquals(100.8 + controller, table.statics(Component.DRAM).value().nominal(), 1e-9);
    }

    @Test
    void dramByHand() {
        assertEquals(1024 * 8 + 1024 * 0.009, nominal(Counter.READ_BURSTS), 1e-9);
        EnergyTable hbm = EnergyTable.of(Target.preset().with(TargetField.DRAM_KIND, "hbm2"));
        assertEquals(909, hbm.action(Counter.ACTIVATES).value().nominal());
        assertEquals(512 * (1.51 + 1.17 + 0.80 + 0.009), hbm.action(Counter.WRITE_BURSTS).value().nominal(), 1e-9);
        EnergyTable ddr = EnergyTable.of(Target.preset().with(TargetField.DRAM_KIND, "ddr4-2400"));
        assertEquals(3450, ddr.action(Counter.ACTIVATES).value().nominal());
        assertEquals(692_700, ddr.action(Counter.REFRESHES).value().nominal());
        assertEquals(512 * (4.98 + 0.009), ddr.action(Counter.WRITE_BURSTS).value().nominal(), 1e-9);
        assertEquals(512 * (5.73 + 0.009), ddr.action(Counter.READ_BURSTS).value().nominal(), 1e-9);
        assertEquals(2932, 512 * 5.73, 2, "per burst and per bit agree in the source");
    }

    @Test
    void everyChannelTakesItsBackgroundPower() {
        EnergyTable four = EnergyTable.of(Target.preset().with(TargetField.DRAM_CHANNELS, "4"));
        assertEquals(4 * table.statics(Component.DRAM).value().nominal(), four.statics(Component.DRAM).value().nominal(),
                1e-9);
    }

    @Test
    void meshByHand() {
        EnergyTable mesh = EnergyTable.of(Target.preset().with(TargetField.MESH_COLUMNS, "3")
                .with(TargetField.MESH_ROWS, "2").with(TargetField.LINK_CYCLES, "2").with(TargetField.LINK_LENGTH, "1.5"));
        assertEquals(64 * 0.009, mesh.action(Counter.FLITS).value().nominal(), 1e-12);
        assertEquals(64 * (2 * 0.009 + 1.5 * 0.121), mesh.action(Counter.HOPS).value().nominal(), 1e-12);
        assertEquals(6 / 32.0 * 0.0295, mesh.action(Counter.REPLICATIONS).value().nominal(), 1e-12);
        assertEquals(64 * 0.009, mesh.action(Counter.BUFFER_WRITES).value().nominal(), 1e-12);
        assertEquals(2 * 0.0295 + 0.25, mesh.action(Counter.BUFFER_READS).value().nominal(), 1e-12);
        double flits = (14 + 12) * 8 + 14 * 2;
        assertEquals(flits * 64 * 0.0000516 + 5 * 6 * 2 * 0.0024, mesh.statics(Component.MESH).value().nominal(), 1e-9);
    }

    @Test
    void oneCoreHasNoMeshAndSixHaveSixOfTheRest() {
        assertEquals(0, table.statics(Component.MESH).value().high());
        EnergyTable six = EnergyTable.of(Target.preset().with(TargetField.MESH_COLUMNS, "3")
                .with(TargetField.MESH_ROWS, "2"));
        for (Component component : Component.values()) {
            double one = table.statics(component).value().nominal();
            double all = six.statics(component).value().nominal();
            switch (component) {
                case MESH -> assertTrue(all > 0);
                case DRAM -> assertEquals(one, all);
                default -> assertEquals(6 * one, all, 1e-9 * all, component.label());
            }
        }
    }

    @Test
    void linearAdderAndProductMultiplierAgreeWithTheOtherWidthsOfTheSource() {
        double multiplier8 = 64 / 1024.0 * Constants.shipped().get("multiplier_32x32.energy").value().nominal();
        assertEquals(0.2, multiplier8, 0.01, "Horowitz has 0.2 pJ for 8 bits");
        double adder8 = 8 / 32.0 * Constants.shipped().get("adder_32.energy").value().nominal();
        assertEquals(0.03, adder8, 0.006, "Horowitz has 0.03 pJ for 8 bits");
    }

    @ParameterizedTest
    @EnumSource(names = {"POTENTIAL_BITS", "POTENTIALS", "WEIGHT_BITS", "WEIGHT_BYTES", "WEIGHT_WORD", "SPIKE_BLOCKS",
        "BLOCK_EVENTS", "POOL_ENTRIES"})
    void nothingGetsCheaperByASizeOrAWidth(TargetField field) {
        Target larger = Target.preset().with(field, Integer.toString((int) Math.min(field.most(),
                Target.preset().count(field) * 2L)));
        EnergyTable other = EnergyTable.of(larger);
        boolean dearer = false;
        for (Counter counter : Counter.values()) {
            double now = other.action(counter).value().nominal();
            assertTrue(now >= nominal(counter), field + " " + counter);
            dearer |= now > nominal(counter);
        }
        assertTrue(dearer, field + " is felt somewhere");
    }

    @Test
    void smallerNodesAndLowerVoltagesCostLess() {
        double before = Double.MAX_VALUE;
        for (String node : TargetField.NODE.choices()) {
            EnergyTable at = EnergyTable.of(Target.preset().with(TargetField.NODE, node));
            double now = at.action(Counter.UPDATES).value().nominal();
            assertTrue(now < before, node + " nm");
            before = now;
        }
        EnergyTable low = EnergyTable.of(Target.preset().with(TargetField.VOLTAGE, "0.7"));
        assertTrue(low.action(Counter.MACS).value().nominal() < nominal(Counter.MACS));
        assertTrue(low.statics(Component.WEIGHTS).value().nominal() < table.statics(Component.WEIGHTS).value().nominal());
    }

    @Test
    void cellTypeDecidesOverLeakage() {
        EnergyTable hp = EnergyTable.of(Target.preset().with(TargetField.CELL, "itrs-hp"));
        assertTrue(hp.statics(Component.WEIGHTS).value().nominal()
                > 1000 * table.statics(Component.WEIGHTS).value().nominal());
    }

    @Test
    void jsonAndCsvHoldEveryEntry() {
        Json.Obj json = (Json.Obj) JsonParser.parse(JsonWriter.pretty(table.toJson()));
        assertEquals(Counter.values().length, ((Json.Arr) json.get("actions").orElseThrow()).items().size());
        assertEquals(Component.values().length, ((Json.Arr) json.get("static").orElseThrow()).items().size());
        String csv = table.toCsv();
        assertEquals(1 + Counter.values().length + Component.values().length, csv.lines().count());
        for (Counter counter : Counter.values()) {
            assertTrue(csv.contains(counter.label()), counter.label());
        }
        assertEquals(csv, EnergyTable.of(Target.preset()).toCsv(), "same bytes every time");
    }
}
