package metronome.isa.program;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
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
 * @param cores the code of each core from core 0 on; each ends with {@link Operation.End}
 * @param dataAddress where the data goes in DRAM
 * @param data initial content of DRAM from there on
 */
public record Program(ProgramMap map, String targetHash, List<List<Instruction>> cores, int dataAddress, byte[] data) {
    private static final int MOST_CORES = 64;

    private record Range(String what, int end) {
    }

    /**
     * Checks what every program must keep to.
     *
     * @throws DataException if it does not end with {@code end}, names a layer that it does not have, has data or code outside
     *     its memory or one over the other, or lets two units wait for one semaphore
     */
    public Program {
        cores = cores.stream().map(List::copyOf).toList();
        if (!targetHash.matches("[0-9a-f]{64}")) {
            throw new DataException("target hash must be 64 hexadecimal digits: " + targetHash);
        }
        if (cores.isEmpty() || cores.size() > MOST_CORES) {
            throw new DataException("a program must have code for 1 to " + MOST_CORES + " cores, not " + cores.size());
        }
        if (dataAddress < 0 || (long) dataAddress + data.length > map.memoryBytes()) {
            throw new DataException("data of " + data.length + " bytes at " + dataAddress + " does not fit into "
                    + map.memoryBytes() + " bytes of memory");
        }
        checkPlaces(map, cores, dataAddress, data.length);
        for (int core = 0; core < cores.size(); core++) {
            try {
                checkCode(cores.get(core), map.layers().size());
            } catch (DataException e) {
                throw cores.size() == 1 ? e : e.in("core " + core);
            }
        }
    }

    /**
     * {@return a program for core 0 alone}
     *
     * @param map where input and output lie
     * @param targetHash hexadecimal SHA-256 of the target that it was compiled for
     * @param code ends with {@link Operation.End}
     * @param dataAddress where the data goes in DRAM
     * @param data initial content of DRAM from there on
     */
    public static Program ofOneCore(ProgramMap map, String targetHash, List<Instruction> code, int dataAddress,
            byte[] data) {
        return new Program(map, targetHash, List.of(code), dataAddress, data);
    }

    /** {@return how many instructions all cores have together} */
    public int instructions() {
        return cores.stream().mapToInt(List::size).sum();
    }

    private static void checkPlaces(ProgramMap map, List<List<Instruction>> cores, int dataAddress, int dataBytes) {
        if (map.codeAddresses().size() != cores.size()) {
            throw new DataException("code for " + cores.size() + " cores must have as many addresses: code_addresses="
                    + map.codeAddresses());
        }
        NavigableMap<Integer, Range> ranges = new TreeMap<>();
        if (dataBytes > 0) {
            ranges.put(dataAddress, new Range("data", dataAddress + dataBytes));
        }
        for (int core = 0; core < cores.size(); core++) {
            int address = map.codeAddresses().get(core);
            long end = address + (long) cores.get(core).size() * Word.BYTES;
            if (address % Word.BYTES != 0 || end > map.memoryBytes()) {
                throw new DataException("code of " + cores.get(core).size() + " instructions must be at a multiple of "
                        + Word.BYTES + " and within " + map.memoryBytes() + " bytes of memory: code_addresses="
                        + map.codeAddresses());
            }
            place(ranges, address, new Range("code", (int) end));
        }
    }

    private static void place(NavigableMap<Integer, Range> ranges, int address, Range range) {
        Map.Entry<Integer, Range> before = ranges.lowerEntry(range.end);
        if (before != null && before.getValue().end > address) {
            throw new DataException(range.what + " at " + address + " and " + before.getValue().what + " at "
                    + before.getKey() + " overlap");
        }
        ranges.put(address, range);
    }

    /**
     * {@return the code of a core as it lies in DRAM, a word after the other, little-endian}
     *
     * @param core one that has code
     */
    public byte[] codeBytes(int core) {
        List<Instruction> code = cores.get(core);
        ByteBuffer out = ByteBuffer.allocate(code.size() * Word.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (Instruction instruction : code) {
            Word word = Codec.encode(instruction);
            out.putLong(word.low()).putLong(word.high());
        }
        return out.array();
    }

    private static void checkCode(List<Instruction> code, int layers) {
        if (code.isEmpty() || !(code.getLast().operation() instanceof Operation.End)) {
            throw new DataException("a program must end with the instruction end");
        }
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
        return other instanceof Program p && p.map.equals(map) && p.targetHash.equals(targetHash) && p.cores.equals(cores)
                && p.dataAddress == dataAddress && Arrays.equals(p.data, data);
    }

    @Override
    public int hashCode() {
        return 31 * cores.hashCode() + Arrays.hashCode(data);
    }
}
