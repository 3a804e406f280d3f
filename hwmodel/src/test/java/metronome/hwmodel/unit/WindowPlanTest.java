package metronome.hwmodel.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import metronome.isa.assembly.Assembler;
import metronome.isa.instruction.Control;
import metronome.isa.target.Presets;
import metronome.isa.target.Target;
import org.junit.jupiter.api.Test;

/** Which windows can be told of from the program alone? */
class WindowPlanTest {
    private static final String LAYER = """
            lif.shape inChannels=2 kernelHeight=3 kernelWidth=3 inHeight=5 inWidth=5 outHeight=5 outWidth=5 stride=1 padding=1
            lif.neuron leak=777 threshold=5 tick=1
            """;
    private static final String TILE = """
            lif.tile firstRow=2 rows=3 channels=4 wait0=3
            lif.clear
            lif.integrate region=7 shift=2 to=6 weights=64 wait0=5 wait1=6
            """;

    @Test
    void aClearedTileIsTold() {
        WindowPlan.Planned planned = plan(LAYER, TILE).window(0).orElseThrow();
        assertEquals(2, planned.tile().firstRow());
        assertEquals(3 * 5 * 4, planned.tile().size());
        assertEquals(7, planned.integrate().region());
        assertEquals(777, planned.leak());
        assertEquals(2, planned.inputs());
        assertEquals(3, planned.controls().size());
        assertEquals(3, planned.controls().getFirst().wait0());
        assertEquals(new Control(0, 5, 6, 0, 0), planned.controls().getLast());
    }

    @Test
    void windowsAreCountedAsTheyComeAlsoThoseNotTold() {
        String more = "lif.integrate region=8 to=6 weights=64";
        WindowPlan plan = plan(LAYER, TILE, more, "lif.bias biases=0", "lif.fire region=9 to=6", TILE);
        assertTrue(plan.window(0).isPresent());
        assertEquals(Optional.empty(), plan.window(1), "into a tile that has potentials");
        assertEquals(7, plan.window(2).orElseThrow().integrate().region());
        assertEquals(Optional.empty(), plan.window(3), "after the last");
    }

    @Test
    void whatChangesPotentialsBeforeTheWindowKeepsItFromBeingTold() {
        String tile = "lif.tile rows=3 channels=4";
        String window = "lif.integrate to=6 weights=64";
        assertEquals(Optional.empty(), plan(LAYER, tile, window).window(0), "not cleared");
        assertEquals(Optional.empty(), plan(LAYER, tile, "lif.clear", "lif.bias biases=0", window).window(0), "biases");
        assertEquals(Optional.empty(), plan(LAYER, tile, "lif.clear", tile, window).window(0), "another tile");
        assertEquals(Optional.empty(), plan(LAYER, tile, "lif.clear", "lif.integrate from=1 to=6 weights=64").window(0),
                "a window that begins in its midst");
    }

    @Test
    void whatTheArrayFiresItselfIsThereWhenTheInstructionAfterItBegins() {
        WindowPlan plan = plan(LAYER, TILE, "lif.fire region=9 to=6", "lif.fire region=7 to=6", "lif.bias biases=0", TILE);
        assertEquals(0, plan.window(0).orElseThrow().after());
        assertEquals(2 + 3 + 3, plan.window(1).orElseThrow().after(), "the bias is the eighth");
    }

    @Test
    void thePlanEndsWithAnInstructionThatTheArrayWillRefuse() {
        WindowPlan plan = plan(LAYER, TILE, "lif.tile rows=1000 channels=4", TILE);
        assertTrue(plan.window(0).isPresent());
        assertEquals(Optional.empty(), plan.window(1));
    }

    private static WindowPlan plan(String... lines) {
        Target target = Presets.named("default").orElseThrow();
        return WindowPlan.of(Arrays.stream(lines).flatMap(String::lines).map(Assembler::instruction).toList(),
                new LifRegisters(target, WeightFormat.of(target), 12));
    }
}
