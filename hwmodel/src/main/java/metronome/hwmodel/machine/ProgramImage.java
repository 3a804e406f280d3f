package metronome.hwmodel.machine;

import java.util.List;
import java.util.stream.IntStream;
import metronome.hwmodel.memory.Storage;
import metronome.isa.program.Program;

/**
 * A program as it lies in DRAM, encoded once for many runs.
 *
 * @param program which
 * @param code of each core, in bytes; shared, nobody writes to it
 */
record ProgramImage(Program program, List<byte[]> code) {
    static ProgramImage of(Program program) {
        return new ProgramImage(program, IntStream.range(0, program.cores().size()).mapToObj(program::codeBytes).toList());
    }

    /** A memory with code and data, and zeros elsewhere; it has whole bursts of every kind of DRAM. */
    Storage memory() {
        Storage memory = new Storage(Math.ceilDiv(program.map().memoryBytes(), 256) * 256);
        put(memory, 0, memory.bytes().length);
        return memory;
    }

    /** Makes what was written to such a memory as it was. */
    void restore(Storage memory) {
        if (memory.writtenFrom() < memory.writtenEnd()) {
            memory.clear(memory.writtenFrom(), memory.writtenEnd());
            put(memory, memory.writtenFrom(), memory.writtenEnd());
        }
    }

    /** Puts what lies in a range of addresses. */
    private void put(Storage memory, int from, int end) {
        put(memory, program.data(), program.dataAddress(), from, end);
        for (int core = 0; core < code.size(); core++) {
            put(memory, code.get(core), program.map().codeAddresses().get(core), from, end);
        }
        memory.settle();
    }

    private static void put(Storage memory, byte[] bytes, int address, int from, int end) {
        int first = Math.max(from, address);
        int last = Math.min(end, address + bytes.length);
        if (first < last) {
            memory.put(bytes, first - address, first, last - first);
        }
    }
}
