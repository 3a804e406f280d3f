package metronome.isa.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import metronome.core.io.DataException;
import metronome.core.network.Shape;
import metronome.isa.assembly.Assembler;
import metronome.isa.assembly.Disassembler;
import metronome.isa.instruction.Codec;
import metronome.isa.instruction.Control;
import metronome.isa.instruction.Field;
import metronome.isa.instruction.Instruction;
import metronome.isa.instruction.Operation;
import metronome.isa.instruction.Word;
import org.junit.jupiter.api.Test;

/** Do programs survive their container and their text, and is every damage found? */
class ProgramFileTest {
    private static final long SEED = 7;
    private static final String HASH = "0123456789abcdef".repeat(4);

    private static Instruction random(SplittableRandom random, Class<? extends Operation> type) {
        long[] values = Codec.fields(type).stream()
                .mapToLong(f -> random.nextLong(f.least(), f.most() + 1)).toArray();
        return new Instruction(new Control(random.nextInt(2), 0, 0, random.nextInt(32), random.nextInt(32)),
                Codec.create(type, values));
    }

    /** For one core or several, with one of each kind of instruction each, with random operands. */
    private static Program program(SplittableRandom random) {
        List<List<Instruction>> cores = new ArrayList<>();
        List<Integer> addresses = new ArrayList<>();
        int end = 1024;
        for (int core = random.nextInt(1, 4); core > 0; core--) {
            cores.add(code(random));
            addresses.add(end);
            end += 16 * cores.getLast().size();
        }
        byte[] data = new byte[100];
        random.nextBytes(data);
        return new Program(map(addresses, end), HASH, cores, 512, data);
    }

    private static ProgramMap map(List<Integer> codeAddresses, int memoryBytes) {
        Shape shape = new Shape(2, 3, 4);
        return new ProgramMap("a \"name\"\n", ProgramMap.Kind.SPIKING_POTENTIAL, 12, shape,
                List.of(new ProgramMap.Band(0, shape.height(), 256)), 0, codeAddresses,
                List.of(new ProgramMap.Layer("input", shape, true), new ProgramMap.Layer("; l", shape, false)), memoryBytes);
    }

    private static List<Instruction> code(SplittableRandom random) {
        List<Instruction> code = new ArrayList<>();
        for (Class<? extends Operation> type : Codec.operations()) {
            if (type != Operation.End.class) {
                code.add(random(random, type));
            }
        }
        code.add(new Instruction(Control.of(0), new Operation.End()));
        return code;
    }

    @Test
    void codeMustLieInMemoryAndApartFromDataAndOtherCode() {
        List<Instruction> code = code(new SplittableRandom(SEED));
        int bytes = 16 * code.size();
        int end = 1024 + bytes;
        assertEquals("", refused(List.of(code), List.of(1024), end));
        assertTrue(refused(List.of(code), List.of(1032), end).startsWith("code of " + code.size()
                + " instructions must be at a multiple of 16 and within " + end + " bytes of memory: code_addresses=[1032]"));
        assertTrue(refused(List.of(code), List.of(1024), end - 1).contains("code_addresses=[1024]"));
        assertEquals("code at 608 and data at 512 overlap", refused(List.of(code), List.of(608), end));
        assertEquals("code at 496 and data at 512 overlap", refused(List.of(code), List.of(496), end));
        assertEquals("", refused(List.of(code, code), List.of(1024, end), end + bytes));
        assertEquals("", refused(List.of(code, code), List.of(end, 1024), end + bytes));
        assertEquals("code at " + (end - 16) + " and code at 1024 overlap",
                refused(List.of(code, code), List.of(1024, end - 16), end + bytes));
        assertEquals("code at 1024 and code at 1040 overlap",
                refused(List.of(code, code), List.of(1040, 1024), end + bytes));
        assertEquals("code for 2 cores must have as many addresses: code_addresses=[1024]",
                refused(List.of(code, code), List.of(1024), end + bytes));
    }

    /** What is wrong with 100 bytes of data at 512 and code elsewhere; nothing if all is well. */
    private static String refused(List<List<Instruction>> cores, List<Integer> codeAddresses, int memoryBytes) {
        try {
            Program good = new Program(map(codeAddresses, memoryBytes), HASH, cores, 512, new byte[100]);
            assertEquals(16 * cores.getFirst().size(), good.codeBytes(0).length);
            return "";
        } catch (DataException e) {
            return e.getMessage();
        }
    }

    @Test
    void containerAndTextAreInverse() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 200; i++) {
            Program program = program(random);
            byte[] bytes = ProgramFile.encode(program);
            assertEquals(program, ProgramFile.decode(bytes), "seed " + SEED + ", case " + i);
            assertArrayEquals(bytes, ProgramFile.encode(Assembler.assemble(Disassembler.disassemble(program))));
        }
    }

    @Test
    void everyFlippedBitIsFound() {
        byte[] bytes = ProgramFile.encode(program(new SplittableRandom(SEED)));
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            byte[] damaged = bytes.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            assertThrows(DataException.class, () -> ProgramFile.decode(damaged), "bit " + bit);
        }
    }

    @Test
    void everyCutIsFound() {
        byte[] bytes = ProgramFile.encode(program(new SplittableRandom(SEED)));
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThrows(DataException.class, () -> ProgramFile.decode(cut), "length " + length);
        }
        assertThrows(DataException.class, () -> ProgramFile.decode(Arrays.copyOf(bytes, bytes.length + 1)));
    }

    @Test
    void bitsOutsideTheFieldsAreRefused() {
        Word end = Codec.encode(new Instruction(Control.of(0), new Operation.End()));
        DataException e = assertThrows(DataException.class, () -> Codec.decode(new Word(end.low(), 1)));
        assertTrue(e.getMessage().startsWith("bits outside the fields of end are set"), e.getMessage());
        assertThrows(DataException.class, () -> Codec.decode(new Word(63, 0)));
    }

    @Test
    void operandsKeepToTheirRange() {
        for (Class<? extends Operation> type : Codec.operations()) {
            List<Field> fields = Codec.fields(type);
            for (int i = 0; i < fields.size(); i++) {
                long[] values = new long[fields.size()];
                values[i] = fields.get(i).most() + 1;
                assertThrows(IllegalArgumentException.class, () -> Codec.create(type, values),
                        type + " " + fields.get(i).name());
            }
        }
    }

    @Test
    void wrongTextIsNamedByItsLine() {
        assertEquals("line 2: no such instruction: lif.fly", refusal("; nothing\nlif.fly"));
        assertEquals("line 1: lif.fire has no operand speed", refusal("lif.fire speed=1"));
        assertEquals("line 1: must be in [0, 31]: region=32", refusal("lif.fire region=32"));
        assertEquals("line 1: operand stands twice: to", refusal("lif.fire to=1 to=2"));
        assertEquals("line 1: not a number: x", refusal("lif.fire to=x"));
        assertEquals("line 1: no such directive: .date", refusal(".date 1"));
        assertEquals("line 2: cores must come in order, expected .core 1: .core 2", refusal("end\n.core 2"));
        assertEquals("the directive .map is missing", refusal("end"));
    }

    private static String refusal(String text) {
        return assertThrows(DataException.class, () -> Assembler.assemble(text)).getMessage();
    }

    @Test
    void everyCoreHasCodeOfItsOwn() {
        List<Instruction> end = List.of(Assembler.instruction("end"));
        assertEquals("core 1: a program must end with the instruction end",
                refused(List.of(end, List.of()), List.of(1024, 1040), 2048));
        assertEquals("a program must have code for 1 to 64 cores, not 0", refused(List.of(), List.of(), 2048));
        assertEquals("a program must have code for 1 to 64 cores, not 65",
                refused(Collections.nCopies(65, end), Collections.nCopies(65, 1024), 2048));
        assertEquals(2, new Program(map(List.of(1024, 1040), 2048), HASH, List.of(end, end), 0, new byte[0]).instructions());
    }

    @Test
    void aSemaphoreHasOneWaitingUnit() {
        DataException e = assertThrows(DataException.class, () -> Program.ofOneCore(map(List.of(1024), 2048), HASH, List.of(Assembler.instruction("lif.clear wait0=3"),
                        Assembler.instruction("pool.max wait0=3"), Assembler.instruction("end")), 0, new byte[0]));
        assertEquals("semaphore 3 is waited for by POOL and another unit", e.getMessage());
    }
}
