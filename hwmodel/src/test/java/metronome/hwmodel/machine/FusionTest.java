package metronome.hwmodel.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import metronome.core.io.DataException;
import metronome.core.network.Shape;
import metronome.core.spiking.FiringRecord;
import metronome.core.spiking.FixedNetwork;
import metronome.core.spiking.FixedSimulator;
import metronome.core.spiking.Readout;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Stall;
import metronome.hwmodel.soak.RandomCase;
import metronome.isa.compiler.LayerSchedule;
import metronome.isa.compiler.Partition;
import metronome.isa.compiler.SpikePlacement;
import metronome.isa.compiler.SpikingCompiler;
import metronome.isa.instruction.LifOperation;
import metronome.isa.program.Program;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import metronome.isa.target.TargetRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Does a layer that integrates what the one before it is firing take the cycles of FIRE-4 and FIRE-5, and change no spike? */
class FusionTest {
    private static final Target CHIP = Target.preset().with(TargetField.LANES, "16").with(TargetField.BANKS, "16")
            .with(TargetField.POTENTIALS, "64").with(TargetField.FIRE_UNIT, "separate");

    /** 20 neurons that fire at the flush, step 3, whose spikes 4 neurons integrate; by steps, or when all are there. */
    private static MachineRun handshake(Target target, String reading, String fired) {
        byte[] data = new byte[120];
        return SmallPrograms.run(target, 3, Shape.vector(2), Shape.vector(40), new int[] {0, 2}, data, """
                load.spikes region=0 steps=3 dram=0x4000 signal0=1
                load.weights bytes=120 dram=0x8000 signal0=2
                lif.shape inChannels=2 kernelHeight=1 kernelWidth=1 inHeight=1 inWidth=1 outHeight=1 outWidth=1 stride=1 wait0=1
                fire.neuron threshold=1000 leak=65535
                lif.tile rows=1 channels=20 wait0=2
                lif.clear signal0=26
                fire.tile rows=1 columns=1 channels=20 wait0=26
                fire.sweep region=1 to=3 flush=1 %s
                lif.shape inChannels=20 kernelHeight=1 kernelWidth=1 inHeight=1 inWidth=1 outHeight=1 outWidth=1 stride=1
                lif.tile rows=1 base=32 channels=4
                lif.integrate region=1 to=3 weights=0 %s signal0=3
                store.spikes region=1 steps=3 wait0=3 signal0=4
                end wait0=4
                """.formatted(fired, reading));
    }

    @Test
    void stepsAreIntegratedAsTheyAreClosed() {
        MachineRun follows = handshake(CHIP, "follow=1", "");
        MachineRun waits = handshake(CHIP, "wait0=6", "signal0=6");
        // Cycle 0 ends lif.clear. FIRE: 1 fire.tile, 2 fire.sweep, 3 to 10 sweeps of 2 rows. It closes step 0 in cycle 4, 1
        // in 6, 2 in 8; of the flush 8 spikes are written in 11, 8 in 12, 4 in 13, which closes step 3. LIF: 1 lif.shape, 2
        // lif.tile, 3 lif.integrate, 4 and 5 waiting for step 0, 6 leak, 7 waiting, 8 leak, 9 waiting, 10 leak, 11 to 14
        // waiting; 15 fetch, 16 to 35 events, 36 to 38 drain.
        assertEquals(2 + 1 + 1 + 4, follows.counts().stallCycles(Component.LIF, Stall.PRODUCER), "FIRE-4, FIRE-5");
        assertEquals(0, waits.counts().stallCycles(Component.LIF, Stall.PRODUCER));
        // Waiting for all: 14 lif.integrate, 15 to 17 leaks, 18 fetch, 19 to 38 events, 39 to 41 drain.
        assertEquals(3, waits.counts().cycles() - follows.counts().cycles());
        assertEquals(waits.counts().busyCycles(Component.LIF), follows.counts().busyCycles(Component.LIF));
        MachineRun ahead = handshake(CHIP.with(TargetField.EVENT_SLOTS, "4"), "follow=1", "");
        assertEquals(8, ahead.counts().stallCycles(Component.LIF, Stall.PRODUCER), "MEM-5: no step that is not closed is read");
        assertEquals(1, follows.counts().cycles() - ahead.counts().cycles(), "the first event comes in cycle 14");
    }

    @Test
    void whoFollowsNobodyIsADeadlock() {
        String message = assertThrows(DataException.class, () -> handshake(CHIP, "follow=1",
                "wait0=9")).getMessage();
        assertTrue(message.contains("lif: Integrate of layer 1 is under way"), message);
    }

    @Test
    void aRegionThatIsReleasedHasNoClosedSteps() {
        String message = assertThrows(DataException.class, () -> handshake(CHIP, "release=1 follow=1 signal1=5\n"
                + "lif.integrate region=1 to=3 weights=0 follow=1 wait0=5", "")).getMessage();
        assertTrue(message.contains("lif: Integrate of layer 1 is under way"), message);
    }

    private static boolean follows(Program program) {
        return program.cores().getFirst().stream().anyMatch(i -> i.operation() instanceof LifOperation.Integrate g && g.follow());
    }

    private static Program compile(RandomCase c, Target target, LayerSchedule schedule) {
        return SpikingCompiler.compile(c.network(), target, SpikePlacement.AUTO, Partition.AUTO, schedule);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {31, 32, 33})
    void schedulesGiveTheSameSpikes(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int fused = 0;
        int faster = 0;
        for (int i = 0; i < 150; i++) {
            RandomCase c = RandomCase.of(random);
            Target target = c.target().with(TargetField.POTENTIALS, "" + random.nextInt(2000, 8000))
                    .with(TargetField.SPIKE_BLOCKS, "8192").with(TargetField.FIRE_UNIT, "separate");
            String where = "seed " + seed + ", case " + i + ": " + c.network().layers() + " " + target.texts();
            Program layered = compile(c, target, LayerSchedule.LAYERED);
            Program auto = compile(c, target, LayerSchedule.AUTO);
            assertFalse(follows(layered), where);
            if (!follows(auto)) {
                assertThrows(DataException.class, () -> compile(c, target, LayerSchedule.FUSED), where);
                continue;
            }
            fused++;
            assertEquals(auto.cores(), compile(c, target, LayerSchedule.FUSED).cores(), where);
            MachineRun one = new Machine(layered, target, Engine.all()).run(c.input());
            MachineRun other = new Machine(auto, target, Engine.all()).run(c.input());
            assertArrayEquals(one.steps(), other.steps(), where);
            assertEquals(one.result(), other.result(), where);
            assertEquals(one.counts().total(Counter.UPDATES), other.counts().total(Counter.UPDATES), where);
            FiringRecord expected = new FixedSimulator(c.network(), TargetRules.leakPolicy(target)).run(c.input());
            assertEquals(expected.winner(), other.result(), where);
            int last = c.network().layers().size() - 1;
            for (int l = 0; l < last || l == last && c.network().readout() == Readout.LAST_SPIKE; l++) {
                assertArrayEquals(expected.steps()[l], other.steps()[l + 1], where);
            }
            faster += other.counts().cycles() < one.counts().cycles() ? 1 : 0;
        }
        System.out.println("FusionTest seed " + seed + ": " + fused + " of 150 fused, " + faster + " faster");
        assertTrue(fused > 20 && faster > fused / 2, fused + " fused, " + faster + " faster");
    }

    private static String refusal(RandomCase c, Target target) {
        return assertThrows(DataException.class, () -> compile(c, target, LayerSchedule.FUSED)).getMessage();
    }

    @Test
    void whatCannotBeFusedIsRefusedWithTheReason() {
        RandomCase c = RandomCase.of(new SplittableRandom(5));
        assertEquals("no layer can begin while the one before it fires: the target has no firing unit (lif.fire_unit)",
                refusal(c, c.target().with(TargetField.FIRE_UNIT, "shared")));
        RandomCase single = new RandomCase(oneLayer(c), c.target(), c.input());
        Target separate = Target.preset().with(TargetField.FIRE_UNIT, "separate").with(TargetField.WEIGHT_BITS, "16");
        String message = refusal(single, separate);
        assertTrue(message.startsWith("no layer can begin while the one before it fires: it takes two layers of synapses, one "
                + "after the other, of one tile each"), message);
        assertTrue(message.endsWith(" has 1 tiles"), message);
    }

    private static FixedNetwork oneLayer(RandomCase c) {
        FixedNetwork n = c.network();
        return new FixedNetwork("one", n.code(), n.readout(), n.weightBits(), n.potentialBits(), n.leak(),
                n.input(), List.of(n.layers().getFirst()));
    }
}
