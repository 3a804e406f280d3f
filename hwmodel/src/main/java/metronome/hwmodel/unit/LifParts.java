package metronome.hwmodel.unit;

import metronome.hwmodel.memory.SharedPort;
import metronome.hwmodel.memory.SpikeBuffer;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import metronome.isa.target.TargetRules;

/**
 * The parts of a LIF array that its instructions use in turn.
 *
 * @param unit whose cycles and actions they are
 * @param neurons the data path
 * @param buffer the spike buffer
 * @param queue of events that were read
 * @param writer of events
 * @param spikes that neurons fire, on their way to the writer
 * @param events work on one event after the other
 * @param table what an event costs
 * @param costs of everything else
 * @param format of weights
 * @param stamps of potentials that leak when they are touched
 */
record LifParts(ExecutionUnit unit, Neurons neurons, SpikeBuffer buffer, EventQueue queue, EventWriter writer,
        FiredSpikes spikes, EventWork events, FanOutTable table, LifCosts costs, WeightFormat format, LazyLeak stamps) {
    /**
     * {@return the parts of an array at rest}
     *
     * @param target gives lanes, banks and widths
     * @param unit whose cycles and actions they are
     * @param neurons the data path
     * @param buffer the spike buffer
     * @param remembering whether the costs of events are measured once for each shape of a fan-out
     */
    static LifParts of(Target target, ExecutionUnit unit, Neurons neurons, SpikeBuffer buffer, boolean remembering) {
        LifCosts costs = LifCosts.of(target);
        WeightFormat format = WeightFormat.of(target);
        EventQueue queue = new EventQueue(buffer, SharedPort.User.LIF, target.count(TargetField.EVENT_SLOTS));
        EventWriter writer = new EventWriter(buffer, SharedPort.User.LIF, target.count(TargetField.FIRE_QUEUE),
                target.count(TargetField.ARBITER_WIDTH));
        FanOutTiming timing = new FanOutTiming(target.count(TargetField.LANES), target.count(TargetField.BANKS),
                target.count(TargetField.POTENTIAL_PORTS), costs.updateCycles(), format, target.count(TargetField.WEIGHT_BYTES));
        return new LifParts(unit, neurons, buffer, queue, writer, new FiredSpikes(unit, writer, costs),
                new EventWork(unit, queue, costs), new FanOutTable(timing, format, remembering), costs, format,
                new LazyLeak(unit, neurons, target.count(TargetField.POTENTIALS),
                        target.count(TargetField.POWER_ENTRIES), TargetRules.leakPolicy(target).lazy()));
    }
}
