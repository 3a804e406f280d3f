package metronome.hwmodel.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import metronome.core.json.Json;
import metronome.core.json.JsonParser;
import metronome.core.json.JsonWriter;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Counts;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import org.junit.jupiter.api.Test;

/** Do the parts sum to the whole, and are they what counts and table say? */
class EnergyReportTest {
    private static final long SEED = 45;
    private static final Target TARGET = Target.preset();

    private static Counts random(long seed) {
        Random random = new Random(seed);
        Counts counts = new Counts(5);
        for (int layer = 0; layer < 5; layer++) {
            counts.spend(layer, random.nextInt(1_000_000));
            for (Counter counter : Counter.values()) {
                counts.count(layer, counter, random.nextInt(100_000));
            }
        }
        return counts;
    }

    @Test
    void byHand() {
        Counts counts = new Counts(2);
        counts.count(0, Counter.UPDATES, 1000);
        counts.count(1, Counter.UPDATES, 500);
        counts.count(1, Counter.READ_BURSTS, 10);
        counts.spend(0, 4000);
        counts.spend(1, 1000);
        EnergyReport report = EnergyEstimator.estimate(TARGET, counts);
        assertEquals(363, report.part(0, Component.LIF).dynamic().nominal(), 1e-9, "1000 x (0.075 + 0.288) pJ");
        assertEquals(181.5, report.part(1, Component.LIF).dynamic().nominal(), 1e-9);
        assertEquals(10 * (8192 + 9.216), report.part(1, Component.DRAM).dynamic().nominal(), 1e-6);
        assertEquals(10, report.latencyUs(), 1e-12, "5000 cycles at 500 MHz");
        double dram = 100.8 + 16 * 1088 * 0.0000516;
        assertEquals(dram * 8000, report.part(0, Component.DRAM).leaked().nominal(), 1e-6, "mW x ns");
        assertEquals(dram * 10_000, report.byComponent(Component.DRAM).leaked().nominal(), 1e-6);
        double power = 0;
        for (Component component : Component.values()) {
            power += EnergyTable.of(TARGET).statics(component).value().nominal();
        }
        double expected = 363 + 181.5 + 82_012.16 + power * 10_000;
        assertEquals(expected, report.total().nominal(), 1e-6);
        assertEquals(expected / 10_000, report.averagePowerMilliwatts().nominal(), 1e-9);
    }

    @Test
    void partsSumToTheWhole() {
        EnergyReport report = EnergyEstimator.estimate(TARGET, random(SEED));
        Quantity dynamic = Quantity.ZERO;
        Quantity leaked = Quantity.ZERO;
        Quantity layers = Quantity.ZERO;
        for (Component component : Component.values()) {
            EnergyReport.Part of = new EnergyReport.Part(Quantity.ZERO, Quantity.ZERO);
            for (int layer = 0; layer < report.layers(); layer++) {
                EnergyReport.Part part = report.part(layer, component);
                of = new EnergyReport.Part(of.dynamic().plus(part.dynamic()), of.leaked().plus(part.leaked()));
            }
            assertEquals(of, report.byComponent(component), "to the last bit");
            dynamic = dynamic.plus(of.dynamic());
            leaked = leaked.plus(of.leaked());
        }
        for (int layer = 0; layer < report.layers(); layer++) {
            layers = layers.plus(report.byLayer(layer).sum());
        }
        assertEquals(dynamic.plus(leaked), report.total(), "to the last bit");
        assertEquals(report.total().nominal(), layers.nominal(), 1e-12 * layers.nominal(), "over layers, but for rounding");
        assertEquals(report.total().low(), layers.low(), 1e-12 * layers.low());
        assertEquals(report.total().high(), layers.high(), 1e-12 * layers.high());
    }

    @Test
    void twiceTheCountsTwiceTheEnergyOfActions() {
        Counts twice = random(SEED);
        twice.add(random(SEED));
        EnergyReport once = EnergyEstimator.estimate(TARGET, random(SEED));
        EnergyReport doubled = EnergyEstimator.estimate(TARGET, twice);
        assertEquals(once.whole().dynamic().times(2), doubled.whole().dynamic());
        assertEquals(once.whole().leaked().times(2), doubled.whole().leaked(), "cycles doubled as well");
        assertEquals(once.total(), doubled.perRun(2).total());
        assertEquals(once.latencyUs(), doubled.perRun(2).latencyUs());
        assertThrows(IllegalArgumentException.class, () -> once.perRun(0));
    }

    @Test
    void eachActionIsFeltOnceAndInItsOwnComponent() {
        EnergyReport none = EnergyEstimator.estimate(TARGET, new Counts(1));
        assertEquals(Quantity.ZERO, none.total());
        for (Counter counter : Counter.values()) {
            Counts one = new Counts(1);
            one.count(0, counter, 1);
            EnergyReport report = EnergyEstimator.estimate(TARGET, one);
            assertEquals(EnergyTable.of(TARGET).action(counter).value(), report.total(), counter.label());
            assertEquals(report.total(), report.byComponent(counter.component()).dynamic(), counter.label());
        }
    }

    @Test
    void timeAloneCostsEveryComponentEnergy() {
        Counts idle = new Counts(1);
        idle.spend(0, 1000);
        EnergyReport report = EnergyEstimator.estimate(TARGET, idle);
        for (Component component : Component.values()) {
            if (component == Component.MESH || component == Component.FIRE) {
                assertEquals(Quantity.ZERO, report.byComponent(component).leaked(), "the preset has none");
                continue;
            }
            assertTrue(report.byComponent(component).leaked().nominal() > 0, component.label());
        }
        EnergyReport slower = EnergyEstimator.estimate(TARGET.with(TargetField.CLOCK, "250"), idle);
        assertEquals(2 * report.total().nominal(), slower.total().nominal(), 1e-9 * slower.total().nominal());
    }

    @Test
    void jsonAndCsvHoldTheParts() {
        EnergyReport report = EnergyEstimator.estimate(TARGET, random(SEED));
        Json.Obj json = (Json.Obj) JsonParser.parse(JsonWriter.compact(report.toJson()));
        assertEquals(5, ((Json.Arr) json.get("layers").orElseThrow()).items().size());
        double sum = report.toCsv().lines().skip(1).mapToDouble(l -> Double.parseDouble(l.split(",")[4])).sum();
        assertEquals(report.total().nominal(), sum, 1e-12 * sum);
        assertEquals(report.toCsv(), EnergyEstimator.estimate(TARGET, random(SEED)).toCsv());
    }
}
