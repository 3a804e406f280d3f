package metronome.hwmodel.probe;

import metronome.hwmodel.count.Component;
import metronome.hwmodel.count.Counter;
import metronome.hwmodel.count.Stall;
import metronome.hwmodel.dram.Command;

/** Something that happens in a run, at a cycle, for a layer of the program; layer 0 is the input. */
public sealed interface ChipEvent {
    /** {@return the cycle, or the first of several} */
    long cycle();

    /** {@return the layer} */
    int layer();

    /** {@return the stream to which it belongs} */
    EventStream stream();

    /**
     * A neuron fires. The input's spikes are there at cycle 0; where no hardware was modelled, all are at cycle 0.
     *
     * @param cycle in which it is latched on its way to the arbiter
     * @param layer whose neuron it is
     * @param neuron (channel, row, column), the column fastest
     * @param step of the layer's output window
     */
    record Spike(long cycle, int layer, int neuron, int step) implements ChipEvent {
        @Override
        public EventStream stream() {
            return EventStream.SPIKES;
        }
    }

    /**
     * An instruction goes on.
     *
     * @param cycle in which it does
     * @param core whose instruction it is
     * @param unit that executes it
     * @param phase how far it has come
     * @param number of the instruction in the core's code, from 0
     * @param layer for which it is
     */
    record Progress(long cycle, int core, Component unit, Phase phase, int number, int layer) implements ChipEvent {
        @Override
        public EventStream stream() {
            return EventStream.INSTRUCTIONS;
        }
    }

    /**
     * A unit stalls for some cycles in a row. A run that goes on beyond the end of a window is told in two.
     *
     * @param cycle the first
     * @param cycles how many, at least 1
     * @param core whose unit it is
     * @param unit that stalls
     * @param cause why
     * @param layer of the instruction that stalls
     */
    record StallRun(long cycle, long cycles, int core, Component unit, Stall cause, int layer) implements ChipEvent {
        @Override
        public EventStream stream() {
            return EventStream.STALLS;
        }
    }

    /**
     * The memory controller sends a command.
     *
     * @param cycle of the core at whose end it has been sent
     * @param channel from 0
     * @param command which
     * @param bank to which; 0 for commands to all banks
     * @param row that it opens, reads, writes or closes; 0 for commands to all banks
     * @param layer whose data it moves or whose row it opens; of other commands the layer under way
     */
    record DramCommand(long cycle, int channel, Command command, int bank, int row, int layer) implements ChipEvent {
        @Override
        public EventStream stream() {
            return EventStream.DRAM;
        }
    }

    /**
     * Actions of a window of cycles.
     *
     * @param cycle the first
     * @param cycles how many, at least 1
     * @param layer for which they were
     * @param counter which
     * @param count how many, at least 1
     */
    record Actions(long cycle, long cycles, int layer, Counter counter, long count) implements ChipEvent {
        @Override
        public EventStream stream() {
            return EventStream.ENERGY;
        }
    }

    /**
     * A run is over; there is one for each layer. They tell that an image was recorded to its end.
     *
     * @param cycle how many cycles the run had; 0 where no hardware was modelled
     * @param layer which
     * @param cycles of the layer; they sum to those of the run
     */
    record LayerTime(long cycle, int layer, long cycles) implements ChipEvent {
        @Override
        public EventStream stream() {
            return EventStream.LAYERS;
        }
    }
}
