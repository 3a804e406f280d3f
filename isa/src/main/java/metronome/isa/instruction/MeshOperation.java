package metronome.isa.instruction;

/** What the mesh unit executes. */
public sealed interface MeshOperation extends Operation {
    /** Sends a region to a rectangle of cores. */
    @Form(opcode = 40, mnemonic = "send.spikes", unit = Unit.MESH, timing = "UNIT-1, CORE-4",
            notes = "the sender may be one of the cores; what a receive.spikes waits for follows the last event",
            action = "appends the events of region, step by step, to destination in each core of the rectangle; releases "
                    + "region")
    record SendSpikes(@Bits(at = 34, width = 5, means = "region read") int region,
            @Bits(at = 39, width = 5, means = "region written") int destination,
            @Bits(at = 64, width = 3, means = "first column of cores") int firstColumn,
            @Bits(at = 67, width = 4, means = "columns of cores") int columns,
            @Bits(at = 71, width = 3, means = "first row of cores") int firstRow,
            @Bits(at = 74, width = 4, means = "rows of cores") int rows) implements MeshOperation {
        /** Checks the ranges. */
        public SendSpikes {
            Codec.check(SendSpikes.class, region, destination, firstColumn, columns, firstRow, rows);
        }
    }

    /** Waits until a region has arrived. */
    @Form(opcode = 41, mnemonic = "receive.spikes", unit = Unit.MESH, timing = "UNIT-1, CORE-5",
            notes = "events are written as they come, also before this instruction; it makes their completeness a semaphore",
            action = "waits until so many send.spikes to region have arrived to their last event")
    record ReceiveSpikes(@Bits(at = 34, width = 5, means = "region written") int region,
            @Bits(at = 39, width = 7, means = "send.spikes that are awaited") int senders) implements MeshOperation {
        /** Checks the ranges. */
        public ReceiveSpikes {
            Codec.check(ReceiveSpikes.class, region, senders);
        }
    }
}
