package metronome.isa.compiler;

import metronome.isa.program.Event;

/**
 * What lies in DRAM, for all cores: the output, input and spikes of layers, weights, code.
 *
 * @param memory that is laid out
 * @param outputAddress of the output list
 * @param segments of input and spikes
 */
record DramLayout(MemoryImage memory, int outputAddress, Segments segments) {
    /** Reserves room for the output, the input and what a plan spills. */
    static DramLayout of(SpikePlan plan) {
        MemoryImage memory = new MemoryImage();
        int outputAddress = memory.reserve(4L * (plan.network().code().steps() + 1)
                + (long) Event.BYTES * plan.network().layers().getLast().output().size());
        return new DramLayout(memory, outputAddress, new Segments(plan, memory));
    }
}
