package metronome.hwmodel.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.Random;
import java.util.SplittableRandom;
import metronome.core.io.DataException;
import metronome.core.spiking.FiringRecord;
import metronome.core.spiking.FixedSimulator;
import metronome.core.spiking.Readout;
import metronome.core.spiking.SpikeTrain;
import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Counts;
import metronome.hwmodel.soak.RandomCase;
import metronome.hwmodel.unit.Sharing;
import metronome.isa.assembly.Assembler;
import metronome.isa.assembly.Disassembler;
import metronome.isa.compiler.LayerSchedule;
import metronome.isa.compiler.Partition;
import metronome.isa.compiler.SpikePlacement;
import metronome.isa.compiler.SpikingCompiler;
import metronome.isa.program.Program;
import metronome.isa.program.ProgramFile;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import metronome.isa.target.TargetRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Do many cores spike as one core and as the functional model do, however a network is spread over them? */
class ManyCoresTest {
    private static final long SEED = 20261124;
    private static final int CASES = 60;

    static Target withMesh(Target target, SplittableRandom random) {
        Target mesh = target;
        while (TargetRules.cores(mesh) == 1 || !TargetRules.breaches(mesh).isEmpty()) {
            mesh = target.with(TargetField.MESH_COLUMNS, "" + random.nextInt(1, 4))
                    .with(TargetField.MESH_ROWS, "" + random.nextInt(1, 4))
                    .with(TargetField.FLIT_BITS, "" + random.nextInt(8, 80))
                    .with(TargetField.MESH_BUFFER, "" + random.nextInt(1, 12))
                    .with(TargetField.ROUTER_CYCLES, "" + random.nextInt(1, 5))
                    .with(TargetField.LINK_CYCLES, "" + random.nextInt(1, 4))
                    .with(TargetField.ARBITRATION, random.nextBoolean() ? "fixed" : "round-robin");
        }
        return mesh;
    }

    /** Layers one after the other; those of networks with branches do not exchange spikes over the mesh. */
    static RandomCase chain(SplittableRandom random) {
        RandomCase c = RandomCase.of(random);
        while (!c.network().wiring().isChain()) {
            c = RandomCase.of(random);
        }
        return c;
    }

    @ParameterizedTest
    @EnumSource(Partition.class)
    void spikeAsOneCoreAndAsTheOracle(Partition partition) {
        SplittableRandom random = new SplittableRandom(SEED);
        int refused = 0;
        long messages = 0;
        for (int i = 0; i < CASES; i++) {
            RandomCase c = partition == Partition.AUTO ? RandomCase.of(random) : chain(random);
            Target target = withMesh(c.target(), random);
            String where = partition + ", seed " + SEED + ", case " + i + ": " + c.network().layers() + " "
                    + target.texts();
            try {
                Program program = SpikingCompiler.compile(c.network(), target, SpikePlacement.AUTO, partition, LayerSchedule.AUTO);
                messages += assertSame(c, program, target, where).total(Counter.FLITS);
            } catch (DataException e) {
                assertTrue(e.getMessage().contains("spikes.blocks"), () -> where + ": " + e.getMessage());
                refused++;
            }
        }
        System.out.println("ManyCoresTest " + partition + ": " + refused + " of " + CASES + " refused, " + messages
                + " flits");
        assertTrue(refused < CASES / 2, "too few cases are left");
        assertTrue(messages > 0);
    }

    static Counts assertSame(RandomCase c, Program program, Target target, String where) {
        FiringRecord expected = new FixedSimulator(c.network(), TargetRules.leakPolicy(target)).run(c.input());
        MachineRun one = new Machine(SpikingCompiler.compile(c.network(), c.target()), c.target()).run(c.input());
        MachineRun many = new Machine(program, target).run(c.input());
        MachineRun fast = new Machine(program, target, Engine.FAST).run(c.input());
        int layers = c.network().layers().size();
        for (int layer = 0; layer < layers; layer++) {
            if (layer < layers - 1 || c.network().readout() == Readout.LAST_SPIKE) {
                assertArrayEquals(expected.steps()[layer], many.steps()[layer + 1], where + " layer " + layer);
            }
            assertArrayEquals(one.steps()[layer + 1], many.steps()[layer + 1], where + " layer " + layer);
        }
        assertEquals(expected.winner(), many.result(), where);
        assertArrayEquals(one.output(), many.output(), where);
        assertEquals("", many.counts().difference(fast.counts()).orElse(""), where);
        assertEquals(one.counts().total(Counter.UPDATES), many.counts().total(Counter.UPDATES), where);
        assertEquals(one.counts().total(Counter.FIRED), many.counts().total(Counter.FIRED), where);
        assertCountsAddUp(many, where);
        assertArrayEquals(ProgramFile.encode(program),
                ProgramFile.encode(Assembler.assemble(Disassembler.disassemble(program))), where);
        return many.counts();
    }

    /** What runs on one core runs on many, if there is no room for exchanging spikes. */
    @Test
    void autoNeverRefusesWhatOneCoreCanDo() {
        SplittableRandom random = new SplittableRandom(SEED);
        int tight = 0;
        for (int i = 0; i < 100; i++) {
            RandomCase c = RandomCase.of(random);
            Target small = withMesh(c.target(), random).with(TargetField.LANES, "1").with(TargetField.SPIKE_BLOCKS,
                    "" + random.nextInt(4, 100));
            if (compiles(c, small.with(TargetField.MESH_COLUMNS, "1").with(TargetField.MESH_ROWS, "1"), SpikePlacement.AUTO,
                    Partition.AUTO)) {
                assertTrue(compiles(c, small, SpikePlacement.AUTO, Partition.AUTO), "case " + i);
                tight += compiles(c, small, SpikePlacement.CHIP, Partition.CHANNEL) ? 0 : 1;
            }
        }
        assertTrue(tight > 0, "no case was tight");
    }

    private static boolean compiles(RandomCase c, Target target, SpikePlacement spikes, Partition partition) {
        try {
            return SpikingCompiler.compile(c.network(), target, spikes, partition, LayerSchedule.AUTO).instructions() > 0;
        } catch (DataException e) {
            return false;
        }
    }

    /** TIME-2, on many cores. */
    @Test
    void orderWithinACycleDoesNotMatter() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 40; i++) {
            RandomCase c = chain(random);
            Target target = withMesh(c.target(), random).with(TargetField.SPIKE_BLOCKS, "8192");
            Program program = SpikingCompiler.compile(c.network(), target, SpikePlacement.AUTO, Partition.CHANNEL, LayerSchedule.AUTO);
            Counts expected = new Machine(program, target).run(c.input()).counts();
            Chip chip = new Chip(ProgramImage.of(program), target, Engine.REFERENCE.dataPath(Sharing.NONE),
                    ProgramImage.of(program).memory());
            Collections.shuffle(chip.components(), new Random(i));
            HostMemory.putSpikes(chip.memory(), program.map(), SpikeTrain.of(c.input(), program.map().steps()));
            new ReferenceEngine(chip).run(Long.MAX_VALUE);
            assertEquals("", expected.difference(chip.result(c.input()).counts()).orElse(""), "case " + i);
        }
    }

    private static void assertCountsAddUp(MachineRun run, String where) {
        for (Component unit : Component.values()) {
            if (unit.unit()) {
                assertEquals(run.cores().stream().mapToLong(core -> core.idleCycles(unit)).sum(),
                        run.counts().idleCycles(unit), where + " " + unit);
                assertTrue(run.cores().stream().allMatch(core -> core.idleCycles(unit) >= 0), where + " " + unit);
            }
        }
        assertEquals(run.cores().stream().mapToLong(core -> core.total(Counter.UPDATES)).sum(),
                run.counts().total(Counter.UPDATES), where);
    }
}
