package metronome.hwmodel.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import metronome.core.io.DataException;
import metronome.core.network.Shape;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Stall;
import metronome.hwmodel.soak.RandomCase;
import metronome.isa.compiler.SpikingCompiler;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.Test;

/** Does a unit that fires beside the LIF array take the cycles of rules FIRE-1 to FIRE-3, and change no spike? */
class FireUnitTest {
    private static final Target SHARED =
            Target.preset().with(TargetField.LANES, "16").with(TargetField.BANKS, "16").with(TargetField.POTENTIALS, "64");
    private static final Target SEPARATE = SHARED.with(TargetField.FIRE_UNIT, "separate");
    private static final String BEGIN = """
            load.spikes region=0 steps=3 dram=0x4000 signal0=1
            load.weights bytes=120 dram=0x8000 signal0=2
            lif.shape inChannels=2 kernelHeight=1 kernelWidth=1 inHeight=1 inWidth=1 outHeight=1 outWidth=1 stride=1 wait0=1
            """;
    private static final String END = "store.spikes region=1 steps=3 wait0=3 signal0=4\nend wait0=4\n";

    /** 2 inputs that spike at steps 0 and 2, 40 neurons in two tiles of 20, all weights 1; none fires before the flush. */
    private static MachineRun run(Target target, String body) {
        byte[] data = new byte[6 * 20];
        java.util.Arrays.fill(data, 4 * 20, data.length, (byte) 1);
        return SmallPrograms.run(target, 3, Shape.vector(2), Shape.vector(40), new int[] {0, 2}, data, BEGIN + body + END);
    }

    private static String integrated(int tile, String wait, String signal) {
        return "lif.tile rows=1 base=" + 32 * tile + " firstChannel=" + 20 * tile + " channels=20 " + wait + "\nlif.clear\n"
                + "lif.integrate region=0 to=3 weights=80\nlif.bias biases=0 " + signal + "\n";
    }

    private static String sweep(int tile, String signal) {
        return "fire.tile rows=1 columns=1 base=" + 32 * tile + " firstChannel=" + 20 * tile + " channels=20 wait0="
                + (26 + tile) + "\nfire.sweep region=1 to=3 flush=1 " + signal + "\n";
    }

    private static final String OVERLAPPED = "fire.neuron threshold=1000 leak=65535\n"
            + integrated(0, "wait0=2", "signal0=26") + sweep(0, "") + integrated(1, "", "signal0=27") + sweep(1, "signal0=3");

    @Test
    void aTileFiresWhileTheNextIsIntegrated() {
        MachineRun shared = run(SHARED, "lif.neuron threshold=1000 leak=65535\n" + integrated(0, "wait0=2", "")
                + "lif.fire region=1 to=3 flush=1\n" + integrated(1, "", "") + "lif.fire region=1 to=3 flush=1 signal0=3\n");
        MachineRun separate = run(SEPARATE, OVERLAPPED);
        // A tile: lif.tile 1; lif.clear 1 + 2; lif.integrate 1, 3 sweeps of 2, 2 events of 1 + 2, 2 drains of 3; lif.bias
        // 1 + 1 + 2. To fire: taken 1, 4 sweeps of 2; the flush latches 16 and 4: 3 stalls behind the sweep (LIF-10).
        int integrating = 1 + 3 + (1 + 6 + 6 + 6) + 4;
        int firing = 1 + 8 + 3;
        assertEquals(2 * (1 + firing - 3) + 1, separate.counts().busyCycles(Component.FIRE), "fire.tile; FIRE-1; fire.neuron");
        assertEquals(2 * 3, separate.counts().stallCycles(Component.FIRE, Stall.ARBITER));
        assertEquals(2 * (integrating - 6) + 1, separate.counts().busyCycles(Component.LIF), "and lif.shape");
        assertEquals(2 * (integrating + firing) - (2 * integrating + 1 + firing), shared.counts().cycles() - separate.counts().cycles(),
                "the first tile fires meanwhile; fire.tile is one more");
        assertArrayEquals(shared.steps()[1], separate.steps()[1]);
        for (Counter counter : Counter.values()) {
            if (counter != Counter.INSTRUCTIONS && counter.component() != Component.DRAM) {
                assertEquals(shared.counts().total(counter), separate.counts().total(counter), counter.label());
            }
        }
    }

    private static String message(Target target, String body) {
        return assertThrows(DataException.class, () -> run(target, body)).getMessage();
    }

    @Test
    void whoUsesTheSameHalfIsNamed() {
        String sameHalf = integrated(0, "wait0=2", "signal0=26 signal1=5") + sweep(0, "signal0=3")
                + integrated(0, "wait0=5", "");
        String message = message(SEPARATE, sameHalf);
        assertTrue(message.contains("lif.tile of layer 1") && message.contains("fire.tile of layer 1")
                && message.contains("in the same half of the potentials, half 0"), message);
        message = message(SEPARATE, integrated(0, "wait0=2", "signal0=26") + sweep(0, "signal0=3")
                + "lif.neuron\n".repeat(4) + "lif.tile rows=1 channels=20\n");
        assertTrue(message.contains("lif.tile of layer 1") && message.contains("fire.sweep of layer 1"), message);
        assertTrue(message(SEPARATE, "lif.tile rows=1 base=20 channels=20\n").contains(
                "lif.tile: 20 potentials from 20 do not lie within a half of the potentials, 32 each"));
        assertEquals("fire.sweep before fire.tile", message(SEPARATE, "fire.sweep region=1\n"));
        assertEquals("core 0, instruction 3: the chip has no firing unit (lif.fire_unit)", message(SHARED, "fire.gate\n"));
        assertEquals("fire.sweep: steps 0 to 4 are not within 0 to 3", message(SEPARATE,
                "fire.tile rows=1 columns=1 channels=20\nfire.sweep region=1 to=4\n"));
    }

    @Test
    void aTileIsChosenAgainWhenTheOtherUnitHasChosenOne() {
        String chosen = integrated(0, "wait0=2", "signal0=26") + sweep(0, "signal0=3 signal1=6");
        assertEquals("lif.clear: fire.tile has chosen a tile in the same half of the potentials since; choose this one again",
                message(SEPARATE, chosen + "lif.clear wait0=6\n"));
        assertEquals("fire.sweep: lif.tile has chosen a tile in the same half of the potentials since; choose this one again",
                message(SEPARATE, chosen + "lif.tile rows=1 channels=20 wait0=6 signal0=7\nfire.sweep region=1 wait0=7\n"));
    }

    /** FIRE-1: on random networks and chips, the other schedule gives the same spikes and the same class. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void noSpikeChanges(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int faster = 0;
        int compared = 0;
        for (int i = 0; i < 100; i++) {
            RandomCase c = RandomCase.of(random);
            String where = "seed " + seed + ", case " + i + ": " + c.network().layers() + " " + c.target().texts();
            Target shared = c.target().with(TargetField.FIRE_UNIT, "shared");
            Target separate = shared.with(TargetField.POTENTIALS, "" + 2 * shared.count(TargetField.POTENTIALS))
                    .with(TargetField.FIRE_UNIT, "separate");
            MachineRun one = new Machine(SpikingCompiler.compile(c.network(), shared), shared, Engine.all()).run(c.input());
            MachineRun other = new Machine(SpikingCompiler.compile(c.network(), separate), separate, Engine.all()).run(c.input());
            assertArrayEquals(one.steps(), other.steps(), where);
            assertEquals(one.result(), other.result(), where);
            assertEquals(one.counts().total(Counter.UPDATES), other.counts().total(Counter.UPDATES), where);
            assertEquals(one.counts().total(Counter.TICKS), other.counts().total(Counter.TICKS), where);
            faster += other.counts().cycles() < one.counts().cycles() ? 1 : 0;
            compared++;
        }
        System.out.println("FireUnitTest seed " + seed + ": " + faster + " of " + compared + " faster");
        assertTrue(faster > 0);
    }
}
