package metronome.hwmodel.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import metronome.core.io.DataException;
import metronome.core.network.Shape;
import metronome.hwmodel.soak.RandomCase;
import metronome.isa.compiler.SpikingCompiler;
import metronome.isa.instruction.Codec;
import metronome.isa.instruction.Instruction;
import metronome.isa.program.Program;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Do programs that cannot be run end in one clear message? */
class BrokenProgramTest {
    private static final Shape ONE = Shape.vector(1);

    private static String message(String... lines) {
        return assertThrows(DataException.class,
                () -> SmallPrograms.run(Target.preset(), 1, ONE, ONE, new int[] {0}, new byte[16], lines)).getMessage();
    }

    @Test
    void aSemaphoreThatNobodySignalsIsADeadlock() {
        String message = message("lif.shape stride=1 wait0=7", "end");
        assertTrue(message.startsWith("the program cannot go on after "), message);
        assertTrue(message.contains("lif: LifShape of layer 1 waits for semaphores [7]"), message);
    }

    @Test
    void instructionsOutOfOrderAreNamed() {
        assertEquals("lif.tile before a lif.shape with a stride", message("lif.tile rows=1 channels=1", "end"));
        assertEquals("a lif instruction before lif.tile", message("lif.clear", "end"));
        assertEquals("a pool instruction before a pool.shape with a stride", message("pool.max", "end"));
        assertEquals("a pool instruction before a pool.shape with a stride", message("pool.tile rows=1", "end"));
        assertEquals("pool.tile: rows up to 3 of 2, channels up to 2 of 1", message("pool.shape channels=1 outHeight=2 "
                + "outWidth=1 stride=1", "pool.tile firstRow=1 rows=2 firstChannel=1 channels=1", "end"));
        assertEquals("tensor.product before tensor.shape and tensor.scale", message("tensor.product channels=1", "end"));
    }

    @Test
    void loadsPastTheEndAreNamed() {
        assertEquals("load of 100 bytes at 33200 passes the end of the DRAM, 33280",
                message("load.weights bytes=100 dram=33200", "end"));
    }

    /** Three of eight events fit; the fast engine moves several at once. */
    @ParameterizedTest
    @EnumSource
    void storesPastTheEndAreNamed(Engine engine) {
        Shape input = Shape.vector(8);
        Program program = SmallPrograms.program(Target.preset(), 1, input, ONE, new byte[16],
                "load.spikes region=0 steps=1 dram=0x4000 signal0=1", "store.spikes region=0 steps=1 dram=33260 wait0=1", "end");
        Machine machine = new Machine(program, Target.preset(), engine);
        assertEquals("store of 4 bytes at 33280 passes the end of the DRAM, 33280",
                assertThrows(DataException.class, () -> machine.run(new int[8])).getMessage());
    }

    @Test
    void anotherTargetIsRefused() {
        RandomCase c = RandomCase.of(new SplittableRandom(1));
        Program program = SpikingCompiler.compile(c.network(), c.target());
        Target other = c.target().with(TargetField.LANES, "41");
        String message = assertThrows(DataException.class, () -> new Machine(program, other, Engine.all())).getMessage();
        assertTrue(message.startsWith("the program was compiled for another target than random: it names "), message);
    }

    /** One operand of one instruction of a good program is changed: it runs, or ends in a DataException. */
    @Test
    void changedOperandsNeverEndInAnotherException() {
        SplittableRandom random = new SplittableRandom(99);
        int refused = 0;
        for (int i = 0; i < 2000; i++) {
            RandomCase c = RandomCase.of(random);
            Program program = SpikingCompiler.compile(c.network(), c.target());
            List<Instruction> code = new ArrayList<>(program.cores().getFirst());
            int at = random.nextInt(code.size() - 1);
            Instruction old = code.get(at);
            long[] values = Codec.values(old.operation());
            if (values.length == 0) {
                continue;
            }
            int operand = random.nextInt(values.length);
            var field = Codec.fields(old.operation().getClass()).get(operand);
            values[operand] = random.nextBoolean() ? field.most() : random.nextLong(field.least(), field.most() + 1);
            code.set(at, new Instruction(old.control(), Codec.create(old.operation().getClass(), values)));
            Program changed = Program.ofOneCore(program.map(), program.targetHash(), code, program.dataAddress(),
                    program.data());
            try {
                new Machine(changed, c.target(), Engine.all()).run(c.input());
            } catch (DataException e) {
                refused++;
            } catch (RuntimeException e) {
                throw new AssertionError("case " + i + ": " + code.get(at), e);
            }
        }
        assertTrue(refused > 200, "refused " + refused);
    }
}
