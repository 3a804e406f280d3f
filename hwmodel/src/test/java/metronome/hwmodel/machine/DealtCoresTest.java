package metronome.hwmodel.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import metronome.core.code.Rounding;
import metronome.core.code.TemporalCode;
import metronome.core.code.ZeroPolicy;
import metronome.core.io.DataException;
import metronome.core.network.Network;
import metronome.core.network.NetworkBuilder;
import metronome.core.network.Shape;
import metronome.core.network.Window;
import metronome.core.spiking.FiringRecord;
import metronome.core.spiking.FixedSimulator;
import metronome.core.spiking.SpikeTrain;
import metronome.core.spiking.SyntheticNetwork;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Counts;
import metronome.hwmodel.count.Stall;
import metronome.hwmodel.soak.RandomCase;
import metronome.hwmodel.unit.Sharing;
import metronome.isa.compiler.LayerSchedule;
import metronome.isa.compiler.Partition;
import metronome.isa.compiler.SpikePlacement;
import metronome.isa.compiler.SpikingCompiler;
import metronome.isa.instruction.Instruction;
import metronome.isa.instruction.MeshOperation;
import metronome.isa.instruction.Operation;
import metronome.isa.instruction.StoreOperation;
import metronome.isa.program.Program;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Do many cores that hand on spikes by DRAM, branches too, spike as one core and as the functional model do? */
class DealtCoresTest {
    private static final long SEED = 20261128;
    private static final int CASES = 70;

    /** A case on several cores, of which each works on tiles that are often only a part of a layer. */
    private record Drawn(RandomCase c, Target target, String where) {
        static Drawn of(SplittableRandom random, int number) {
            RandomCase c = RandomCase.of(random);
            Target small = c.target().with(TargetField.POTENTIALS, "" + random.nextInt(80, 400))
                    .with(TargetField.POOL_ENTRIES, "" + random.nextInt(16, 200));
            RandomCase tiled = new RandomCase(c.network(), small, c.input());
            Target target = ManyCoresTest.withMesh(small, random);
            return new Drawn(tiled, target, "seed " + SEED + ", case " + number + ": " + c.network().layers() + " "
                    + target.texts());
        }

        Program compile(Partition partition) {
            return SpikingCompiler.compile(c.network(), target, SpikePlacement.DRAM, partition, LayerSchedule.AUTO);
        }
    }

    @ParameterizedTest
    @EnumSource(Partition.class)
    void spikeAsOneCoreAndAsTheOracle(Partition partition) {
        SplittableRandom random = new SplittableRandom(SEED);
        int refused = 0;
        int branched = 0;
        int shared = 0;
        for (int i = 0; i < CASES; i++) {
            Drawn drawn = Drawn.of(random, i);
            Optional<Program> program = compiled(drawn, partition);
            refused += program.isEmpty() ? 1 : 0;
            if (program.isPresent()) {
                ManyCoresTest.assertSame(drawn.c, program.get(), drawn.target, partition + ", " + drawn.where);
                branched += !drawn.c.network().wiring().isChain() && program.get().cores().size() > 1 ? 1 : 0;
                shared += storing(program.get()) > 1 ? 1 : 0;
            }
        }
        System.out.println("DealtCoresTest " + partition + ", seed " + SEED + ": " + refused + " of " + CASES + " refused, "
                + branched + " with branches on several cores, " + shared + " in which several cores store");
        assertTrue(refused < CASES / 3, refused + " refused");
        assertTrue(partition == Partition.AUTO || branched > 10 && shared > 10, branched + " branched, " + shared + " shared");
    }

    private static Optional<Program> compiled(Drawn drawn, Partition partition) {
        try {
            return Optional.of(drawn.compile(partition));
        } catch (DataException e) {
            assertTrue(e.getMessage().contains("(spikes.blocks)"), drawn.where + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    private static long count(List<Instruction> code, Class<? extends Operation> type) {
        return code.stream().filter(i -> type.isInstance(i.operation())).count();
    }

    private static long storing(Program program) {
        return program.cores().stream().filter(code -> count(code, StoreOperation.StoreSpikes.class) > 0).count();
    }

    /** TIME-2, where cores wait for each other and share the DRAM. */
    @Test
    void orderWithinACycleDoesNotMatter() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 30; i++) {
            Drawn drawn = Drawn.of(random, i);
            Optional<Program> program = compiled(drawn, Partition.CHANNEL);
            if (program.isPresent()) {
                Counts expected = new Machine(program.get(), drawn.target).run(drawn.c.input()).counts();
                Chip chip = new Chip(ProgramImage.of(program.get()), drawn.target, Engine.REFERENCE.dataPath(Sharing.NONE),
                        ProgramImage.of(program.get()).memory());
                Collections.shuffle(chip.components(), new Random(i));
                HostMemory.putSpikes(chip.memory(), program.get().map(),
                        SpikeTrain.of(drawn.c.input(), program.get().map().steps()));
                new ReferenceEngine(chip).run(Long.MAX_VALUE);
                assertEquals("", expected.difference(chip.result(drawn.c.input()).counts()).orElse(""), drawn.where);
            }
        }
    }

    /** A message of every core to every core behind each layer that is waited for, and nothing else goes over the mesh. */
    @Test
    void coresMeetBehindLayersThatAreReadOnly() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 30; i++) {
            Drawn drawn = Drawn.of(random, i);
            Optional<Program> program = compiled(drawn, Partition.CHANNEL);
            if (program.isPresent()) {
                int cores = program.get().cores().size();
                long meetings = count(program.get().cores().getFirst(), MeshOperation.ReceiveSpikes.class);
                assertTrue(meetings < drawn.c.network().layers().size(), drawn.where);
                program.get().cores().forEach(code -> assertEquals(meetings, count(code, MeshOperation.SendSpikes.class)));
                Counts counts = new Machine(program.get(), drawn.target, Engine.FAST).run(drawn.c.input()).counts();
                assertEquals(0, counts.total(Counter.FLITS) % (cores * Math.max(1, meetings)), drawn.where);
                assertEquals(0, counts.stallCycles(Component.MESH, Stall.SPIKE_PORT), drawn.where);
            }
        }
    }

    /** Branches of 1 x 1, 3 x 3 and pooled neurons, joined, as GoogLeNet has them. */
    private static Network inception() {
        return NetworkBuilder.chain("inception-small", new Shape(3, 32, 32))
                .convolution("conv1", 16, new Window(5, 5, 1, 2)).rectifier("r1").maxPool("pool1", Window.square(2, 2))
                .convolution("one", 12, Window.square(1, 1)).rectifier("r2").from("pool1")
                .convolution("three", 16, new Window(3, 3, 1, 1)).rectifier("r3").from("pool1")
                .maxPool("pool", new Window(3, 3, 1, 1)).convolution("pooled", 8, Window.square(1, 1)).rectifier("r4")
                .concat("joined", "r2", "r3", "r4")
                .convolution("conv2", 24, new Window(3, 3, 1, 1)).rectifier("r5").maxPool("pool2", Window.square(2, 2))
                .dense("fc", 10).build();
    }

    /** On small cores: four take hardly more than a quarter of the cycles of one. */
    @Test
    void whatFourCoresDoIsBalanced() {
        SyntheticNetwork made = SyntheticNetwork.of(inception(), new SyntheticNetwork.Settings(SEED,
                new TemporalCode(3, 12, Rounding.HALF_STEP, ZeroPolicy.SILENT), 0.5, 24));
        Target one = Target.preset().with(TargetField.LANES, "16").with(TargetField.BANKS, "16")
                .with(TargetField.POTENTIALS, "1024").with(TargetField.SPIKE_BLOCKS, "2048");
        Target four = one.with(TargetField.MESH_COLUMNS, "2").with(TargetField.MESH_ROWS, "2");
        Program program = SpikingCompiler.compile(made.network(), four);
        MachineRun alone = new Machine(SpikingCompiler.compile(made.network(), one), one, Engine.FAST).run(made.image());
        MachineRun dealt = new Machine(program, four, Engine.FAST).run(made.image());
        long[] busy = dealt.cores().stream().mapToLong(core -> core.busyCycles(Component.LIF)).toArray();
        System.out.println("DealtCoresTest: " + alone.counts().cycles() + " cycles on one core, " + dealt.counts().cycles()
                + " on four, busy " + Arrays.toString(busy));
        assertEquals(4, storing(program));
        assertTrue(Arrays.stream(busy).min().orElseThrow() > 0.8 * Arrays.stream(busy).max().orElseThrow());
        assertTrue(dealt.counts().cycles() < 0.35 * alone.counts().cycles(), dealt.counts().cycles() + " cycles");
        FiringRecord expected = new FixedSimulator(made.network()).run(made.image());
        for (int l = 0; l < made.network().layers().size() - 1; l++) {
            assertArrayEquals(expected.steps()[l], dealt.steps()[l + 1], "layer " + l);
        }
        assertEquals(expected.winner(), dealt.result());
    }

    private static String refusal(Drawn drawn, SpikePlacement spikes, Partition partition, LayerSchedule schedule) {
        return assertThrows(DataException.class, () -> SpikingCompiler.compile(drawn.c.network(), drawn.target, spikes, partition,
                schedule), drawn.where).getMessage();
    }

    @Test
    void whatCannotBeAskedForIsRefused() {
        SplittableRandom random = new SplittableRandom(SEED);
        Drawn drawn = Drawn.of(random, 0);
        while (drawn.c.network().wiring().isChain() || compiled(drawn, Partition.CHANNEL).isEmpty()) {
            drawn = Drawn.of(random, 0);
        }
        assertEquals("the network has branches, whose spikes go from core to core by DRAM only; let them go to DRAM, or use one "
                + "core (partition auto)", refusal(drawn, SpikePlacement.CHIP, Partition.CHANNEL, LayerSchedule.AUTO));
        assertTrue(refusal(drawn, SpikePlacement.DRAM, Partition.CHANNEL, LayerSchedule.FUSED).contains("spread over several cores"));
        Drawn tight = new Drawn(drawn.c, drawn.target.with(TargetField.SPIKE_BLOCKS, "4").with(TargetField.BLOCK_EVENTS, "1"), "");
        assertTrue(refusal(tight, SpikePlacement.AUTO, Partition.LAYER, LayerSchedule.AUTO)
                .endsWith("blocks of the spike buffer, a tile at a time, the target has 4 (spikes.blocks)"));
        Drawn chain = Drawn.of(random, 0);
        while (!chain.c.network().wiring().isChain()) {
            chain = Drawn.of(random, 0);
        }
        Drawn narrow = new Drawn(chain.c, chain.target.with(TargetField.SPIKE_BLOCKS, "4").with(TargetField.BLOCK_EVENTS, "1"), "");
        assertTrue(refusal(narrow, SpikePlacement.CHIP, Partition.CHANNEL, LayerSchedule.AUTO)
                .endsWith("to stay on the chip and be exchanged over the mesh, the target has 4 (spikes.blocks)"));
    }
}
