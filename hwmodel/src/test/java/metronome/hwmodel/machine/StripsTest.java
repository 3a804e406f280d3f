package metronome.hwmodel.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import metronome.core.code.Rounding;
import metronome.core.code.TemporalCode;
import metronome.core.code.ZeroPolicy;
import metronome.core.io.DataException;
import metronome.core.network.NetworkBuilder;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.spiking.FiringRecord;
import metronome.core.spiking.FixedSimulator;
import metronome.core.spiking.SyntheticNetwork;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Counts;
import metronome.hwmodel.count.Stall;
import metronome.isa.compiler.LayerSchedule;
import metronome.isa.compiler.Partition;
import metronome.isa.compiler.SpikePlacement;
import metronome.isa.compiler.SpikingCompiler;
import metronome.isa.instruction.LifOperation;
import metronome.isa.instruction.LoadOperation;
import metronome.isa.program.Program;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import org.junit.jupiter.api.Test;

/** Where the spikes that one output row sees do not fit, does a tile of some of its columns give the same spikes? */
class StripsTest {
    private static final long SEED = 20261128;

    private static SyntheticNetwork made(SplittableRandom random) {
        Window first = new Window(3, random.nextInt(2, 6), random.nextInt(1, 3), 1);
        Window second = new Window(random.nextInt(2, 4), random.nextInt(2, 6), random.nextInt(1, 3), random.nextInt(2));
        return SyntheticNetwork.of(NetworkBuilder.chain("wide", new Shape(4, random.nextInt(6, 12), random.nextInt(20, 40)))
                .convolution("conv1", 8, first).rectifier("r1")
                .convolution("conv2", 8, random.nextBoolean() ? second.grouped(2) : second).rectifier("r2")
                .convolution("conv3", 2, Window.square(1, 1)).rectifier("r3").dense("fc", 5).build(),
                new SyntheticNetwork.Settings(random.nextLong(), new TemporalCode(3, 6, Rounding.HALF_STEP, ZeroPolicy.SILENT),
                        0.5, 24));
    }

    private static boolean striped(Program program) {
        return program.cores().stream().flatMap(List::stream).anyMatch(i -> i.operation() instanceof LifOperation.LifTile t
                && t.columns() > 0);
    }

    private static boolean filters(Program program) {
        return program.cores().stream().flatMap(List::stream).anyMatch(i -> i.operation() instanceof LoadOperation.LoadSpikes s
                && s.columns() > 0);
    }

    private static Program compiled(SyntheticNetwork made, Target target) {
        return SpikingCompiler.compile(made.network(), target, SpikePlacement.DRAM, Partition.CHANNEL, LayerSchedule.AUTO);
    }

    @Test
    void stripsSpikeAsTheOracle() {
        SplittableRandom random = new SplittableRandom(SEED);
        int striped = 0;
        int filtering = 0;
        for (int i = 0; i < 100; i++) {
            SyntheticNetwork made = made(random);
            Target target = Target.preset().with(TargetField.LANES, "" + random.nextInt(1, 40))
                    .with(TargetField.BANKS, "" + random.nextInt(1, 40))
                    .with(TargetField.FIRE_UNIT, random.nextBoolean() ? "separate" : "shared")
                    .with(TargetField.MESH_COLUMNS, random.nextBoolean() ? "1" : "2")
                    .with(TargetField.ARBITER_WIDTH, "" + random.nextInt(1, 9))
                    .with(TargetField.SPIKE_BLOCKS, "" + random.nextInt(25, 60));
            String where = "seed " + SEED + ", case " + i + " " + made.network().layers() + " " + target.texts();
            try {
                Program program = compiled(made, target);
                striped += striped(program) ? 1 : 0;
                filtering += filters(program) ? 1 : 0;
                FiringRecord expected = new FixedSimulator(made.network()).run(made.image());
                MachineRun run = new Machine(program, target, Engine.all()).run(made.image());
                IntStream.range(0, 3).forEach(l -> assertArrayEquals(expected.steps()[l], run.steps()[l + 1], where + " layer " + l));
                assertEquals(expected.winner(), run.result(), where);
            } catch (DataException e) {
                assertTrue(e.getMessage().contains("(spikes.blocks)"), where + ": " + e.getMessage());
            }
        }
        System.out.println("StripsTest seed " + SEED + ": " + striped + " of 100 in strips, " + filtering + " leave events out");
        assertTrue(striped > 20 && filtering > 20, striped + " in strips, " + filtering + " leave events out");
    }

    /** Four inputs next to each other, 3 neurons of a kernel of 2 columns, of which the middle two are the tile. */
    private static MachineRun row(String loading, String tile) {
        byte[] data = new byte[6];
        data[4] = 1;
        data[5] = 1;
        return SmallPrograms.run(Target.preset(), 3, new Shape(1, 1, 4), new Shape(1, 1, 3), new int[] {0, 0, 1, 0}, data,
                "load.spikes region=0 steps=3 dram=0x4000 signal0=1 " + loading,
                "load.weights bytes=6 dram=0x8000 signal0=2",
                "lif.shape inChannels=1 kernelHeight=1 kernelWidth=2 inHeight=1 inWidth=4 outHeight=1 outWidth=3 stride=1 wait0=1",
                "lif.neuron threshold=1000", "lif.tile rows=1 channels=1 wait0=2 " + tile, "lif.clear",
                "lif.integrate region=0 to=3 release=1 weights=4", "lif.fire region=1 to=3 flush=1 signal0=3",
                "store.spikes region=1 steps=3 wait0=3 signal0=4", "end wait0=4");
    }

    @Test
    void aStripHasItsColumnsOnly() {
        Counts all = row("", "").counts();
        MachineRun strip = row("", "columns=2 firstColumn=1");
        assertEquals(6, all.total(Counter.UPDATES), "LIF-4: 1, 2, 2 and 1 outputs");
        assertEquals(4, strip.counts().total(Counter.UPDATES), "0, 1, 2 and 1 outputs");
        assertEquals(4, strip.counts().total(Counter.EVENTS), "also the one that reaches nothing");
        assertEquals(2, strip.counts().total(Counter.FIRED));
        assertArrayEquals(new int[] {-1, 3, 3}, strip.steps()[1], "those of columns 1 and 2");
        assertEquals(1, row("", "firstColumn=2").counts().total(Counter.FIRED), "all from the first column on");
    }

    @Test
    void eventsOfOtherColumnsAreReadAndNotWritten() {
        Counts all = row("", "").counts();
        Counts some = row("firstColumn=1 columns=2", "").counts();
        assertEquals(all.total(Counter.LOAD_WORDS), some.total(Counter.LOAD_WORDS), "DMA-5");
        assertEquals(2, all.total(Counter.SPIKE_WRITES) - some.total(Counter.SPIKE_WRITES), "DMA-5");
        assertEquals(2, some.total(Counter.EVENTS));
        assertEquals(all.busyCycles(Component.LOAD), some.busyCycles(Component.LOAD), "they take their place in the cycle");
        assertEquals(all.stallCycles(Component.LOAD, Stall.DRAM_LATENCY), some.stallCycles(Component.LOAD, Stall.DRAM_LATENCY));
    }

    @Test
    void columnsOutsideAreRefused() {
        String message = assertThrows(DataException.class, () -> row("", "columns=2 firstColumn=2")).getMessage();
        assertEquals("lif.tile: 2 potentials from 0 do not fit into 16384 (lif.potentials), or rows up to 1 and columns up to 4 "
                + "into 1x3", message);
        assertThrows(DataException.class, () -> row("", "firstColumn=3"));
    }
}
