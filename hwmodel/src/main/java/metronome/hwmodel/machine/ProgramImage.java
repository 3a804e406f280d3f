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

    /** Bytes of DRAM that the program needs, in whole bursts of every kind of DRAM. */
    int memoryBytes() {
        return Math.ceilDiv(program.map().memoryBytes(), 256) * 256;
    }

    /** Puts code and data into a memory, and zeros elsewhere. */
    void load(Storage dram) {
        dram.clear();
        System.arraycopy(program.data(), 0, dram.bytes(), program.dataAddress(), program.data().length);
        for (int core = 0; core < code.size(); core++) {
            System.arraycopy(code.get(core), 0, dram.bytes(), program.map().codeAddresses().get(core), code.get(core).length);
        }
    }
}
