package metronome.isa.program;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import metronome.core.io.DataException;
import metronome.isa.instruction.Codec;
import metronome.isa.instruction.Control;
import metronome.isa.instruction.Instruction;
import metronome.isa.instruction.Operation;
import metronome.isa.instruction.Unit;
import metronome.isa.instruction.Word;

/**
 * A program for one target. The array is not copied; nobody writes to it.
 *
 * @param map where input and output lie
 * @param targetHash hexadecimal SHA-256 of the target that it was compiled for
 * @param code ends with {@link Operation.End}
 * @param dataAddress where the data goes in DRAM
 * @param data initial content of DRAM from there on
 */
public record Program(ProgramMap map, String targetHash, List<Instruction> code, int dataAddress, byte[] data) {
    /**
     * Checks what every program must keep to.
     *
     * @throws DataException if it does not end with {@code end}, names a layer that it does not have, has data or code outside
     *     its memory or one over the other, or lets two units wait for one semaphore
     */
    public Program {
        code = List.copyOf(code);
        if (!targetHash.matches("[0-9a-f]{64}")) {
            throw new DataException("target hash must be 64 hexadecimal digits: " + targetHash);
        }
        if (code.isEmpty() || !(code.getLast().operation() instanceof Operation.End)) {
            throw new DataException("a program must end with the instruction end");
        }
        if (dataAddress < 0 || (long) dataAddress + data.length > map.memoryBytes()) {
            throw new DataException("data of " + data.length + " bytes at " + dataAddress + " does not fit into "
                    + map.memoryBytes() + " bytes of memory");
        }
        checkPlace(map, code.size(), dataAddress, data.length);
        checkCode(code, map.layers().size());
    }

    private static void checkPlace(ProgramMap map, int instructions, int dataAddress, int dataBytes) {
        long end = map.codeAddress() + (long) instructions * Word.BYTES;
        if (map.codeAddress() % Word.BYTES != 0 || end > map.memoryBytes()) {
            throw new DataException("code of " + instructions + " instructions must be at a multiple of " + Word.BYTES
                    + " and within " + map.memoryBytes() + " bytes of memory: code_address=" + map.codeAddress());
        }
        if (dataBytes > 0 && map.codeAddress() < dataAddress + dataBytes && dataAddress < end) {
            throw new DataException("code at " + map.codeAddress() + " and data at " + dataAddress + " overlap");
        }
    }

    /** {@return the code as it lies in DRAM, a word after the other, little-endian} */
    public byte[] codeBytes() {
        ByteBuffer out = ByteBuffer.allocate(code.size() * Word.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (Instruction instruction : code) {
            Word word = Codec.encode(instruction);
            out.putLong(word.low()).putLong(word.high());
        }
        return out.array();
    }

    private static void checkCode(List<Instruction> code, int layers) {
        Map<Unit, Integer> waiting = new EnumMap<>(Unit.class);
        for (int i = 0; i < code.size(); i++) {
            Instruction instruction = code.get(i);
            Control control = instruction.control();
            if (control.layer() >= layers) {
                throw new DataException("instruction " + i + ": layer " + control.layer() + " of " + layers);
            }
            if (instruction.operation() instanceof Operation.End && i < code.size() - 1) {
                throw new DataException("instruction " + i + ": end must be the last of " + code.size());
            }
            int mask = control.waits().stream().mapToInt(s -> 1 << s).reduce(0, (a, b) -> a | b);
            waiting.merge(instruction.unit(), mask, (a, b) -> a | b);
        }
        int seen = 0;
        for (Map.Entry<Unit, Integer> entry : waiting.entrySet()) {
            if ((seen & entry.getValue()) != 0) {
                throw new DataException("semaphore " + Integer.numberOfTrailingZeros(seen & entry.getValue())
                        + " is waited for by " + entry.getKey() + " and another unit");
            }
            seen |= entry.getValue();
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Program p && p.map.equals(map) && p.targetHash.equals(targetHash) && p.code.equals(code)
                && p.dataAddress == dataAddress && Arrays.equals(p.data, data);
    }

    @Override
    public int hashCode() {
        return 31 * code.hashCode() + Arrays.hashCode(data);
    }
}
