package metronome.isa.instruction;

/**
 * What an instruction does; those of a unit are in one type. Addresses in scratchpads and DRAM are in bytes; a region is a
        named part of
 * the spike buffer whose events are ordered by step; steps are those of a window, 0 to T.
 *
 * <p>Every record refuses values that its fields cannot hold with an {@link IllegalArgumentException}.
 */
public sealed interface Operation permits Operation.End, LoadOperation, StoreOperation, LifOperation, FiringOperation,
        PoolOperation, TensorOperation, MeshOperation {
    /** Ends the program. */
    @Form(opcode = 1, mnemonic = "end", unit = Unit.SEQUENCER, timing = "SEQ-4",
            action = "the program is complete when all units are")
    record End() implements Operation {
    }
}
