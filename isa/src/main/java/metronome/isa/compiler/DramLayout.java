package metronome.isa.compiler;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import metronome.isa.program.Event;

/** What lies in DRAM, for all cores: the output, input and spikes of layers, weights, code. */
final class DramLayout {
    private final MemoryImage memory = new MemoryImage();
    private final int outputAddress;
    private final Segments segments;
    private final Map<Block, Schedule.Weights> weights = new HashMap<>();

    private record Block(int layer, int firstChannel) {
    }

    /** Reserves room for the output, the input and what a plan spills. */
    DramLayout(SpikePlan plan) {
        this.outputAddress = memory.reserve(4L * (plan.network().code().steps() + 1)
                + (long) Event.BYTES * plan.network().layers().getLast().output().size());
        this.segments = new Segments(plan, memory);
    }

    MemoryImage memory() {
        return memory;
    }

    int outputAddress() {
        return outputAddress;
    }

    /** Input and spikes. */
    Segments segments() {
        return segments;
    }

    /** The weights of a block of channels, which lie there once, however many cores load them. */
    Schedule.Weights weights(int layer, int firstChannel, int bytes, Supplier<byte[]> content) {
        return weights.computeIfAbsent(new Block(layer, firstChannel),
                _ -> new Schedule.Weights(memory.add(bytes, content), bytes));
    }
}
