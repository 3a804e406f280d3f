package metronome.traces.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import metronome.core.io.DataException;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplorationTest {
    private static Point point(double latency, double energy, double area) {
        return new Point(Target.preset(),
                Optional.of(new Point.Cost(latency, latency, energy, energy, energy, area, area, area)), "");
    }

    @Test
    void theGridIsWalkedLastFieldFastest() {
        Grid grid = Grid.of(List.of("lif.lanes=64,128", "dram.kind=hbm2,ddr4-2400", "clock_MHz=100"));
        List<String> points = grid.points(Target.preset()).stream()
                .map(t -> t.text(TargetField.LANES) + " " + t.text(TargetField.DRAM_KIND)).toList();
        assertEquals(List.of("64 hbm2", "64 ddr4-2400", "128 hbm2", "128 ddr4-2400"), points);
        assertTrue(grid.points(Target.preset()).stream().allMatch(t -> t.text(TargetField.CLOCK).equals("100")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "lif.lane=1|unknown field lif.lane; did you mean lif.lanes?",
        "lif.lanes|needs values: lif.lanes=VALUE,VALUE,...",
        "lif.lanes=|needs values: lif.lanes=VALUE,VALUE,...",
        "lif.lanes=1,0|must be a whole number in [1, 4096]: lif.lanes=0",
        "dram.kind=hbm3|must be one of",
    })
    void gridFaultsNameTheField(String text, String expected) {
        String message = assertThrows(DataException.class, () -> Grid.of(List.of(text))).getMessage();
        assertTrue(message.startsWith(expected), message);
    }

    @Test
    void aFieldGivenTwiceAndAGridTooLargeAreRefused() {
        assertThrows(DataException.class, () -> Grid.of(List.of("lif.lanes=1", "lif.lanes=2")));
        String many = "1" + ",1".repeat(1100);
        assertThrows(DataException.class, () -> Grid.of(List.of("lif.lanes=" + many, "lif.banks=" + many)));
    }

    @Test
    void theFrontIsWhatNothingBeats() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            List<Point> points = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                points.add(random.nextInt(8) == 0 ? new Point(Target.preset(), Optional.empty(), "too small")
                        : point(random.nextInt(6), random.nextInt(6), random.nextInt(6)));
            }
            List<Boolean> front = Exploration.front(points);
            for (int i = 0; i < points.size(); i++) {
                assertEquals(points.get(i).cost().isPresent() && !beaten(points.get(i).cost().orElseThrow(), points),
                        front.get(i), "seed " + seed + ", point " + i);
            }
            assertTrue(front.contains(true));
        }
    }

    private static boolean beaten(Point.Cost cost, List<Point> points) {
        double[] mine = {cost.latencyUs(), cost.energyPj(), cost.areaMm2()};
        for (Point point : points) {
            if (point.cost().isPresent()) {
                Point.Cost other = point.cost().get();
                double[] theirs = {other.latencyUs(), other.energyPj(), other.areaMm2()};
                int better = 0;
                int worse = 0;
                for (int i = 0; i < 3; i++) {
                    better += theirs[i] < mine[i] ? 1 : 0;
                    worse += theirs[i] > mine[i] ? 1 : 0;
                }
                if (worse == 0 && better > 0) {
                    return true;
                }
            }
        }
        return false;
    }

    @Test
    void impossiblePointsAreRowsWithAReason() {
        Grid grid = Grid.of(List.of("lif.lanes=64,128"));
        List<Point> points = List.of(point(1, 2, 3),
                new Point(Target.preset().with(TargetField.LANES, "128"), Optional.empty(), "layer a, \"b\": too small"));
        List<String> lines = ExplorationCsv.text(grid, points).lines().toList();
        assertEquals("lif.lanes,cycles,latency_us,energy_pJ,energy_low_pJ,energy_high_pJ,area_mm2,area_low_mm2,"
                + "area_high_mm2,pareto,reason", lines.get(0));
        assertEquals("256,1.0,1.0,2.0,2.0,2.0,3.0,3.0,3.0,1,", lines.get(1));
        assertEquals("128,,,,,,,,,0,\"layer a, \"\"b\"\": too small\"", lines.get(2));
        assertFalse(Exploration.front(points).get(1));
    }
}
