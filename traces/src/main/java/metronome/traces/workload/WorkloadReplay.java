package metronome.traces.workload;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import metronome.core.io.DataException;
import metronome.core.spiking.PlainNetwork;
import metronome.core.spiking.PlainReadout;
import metronome.hwmodel.count.Counts;
import metronome.hwmodel.machine.Engine;
import metronome.hwmodel.machine.Machine;
import metronome.isa.compiler.PlainCompiler;
import metronome.isa.program.Program;
import metronome.isa.program.ProgramMap;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import metronome.traces.run.Parallel;
import metronome.traces.run.Watcher;

/**
 * Runs the layers of a workload on a target, each by a program of its own: from empty memories, the input from DRAM, weights from
 * DRAM, the output to DRAM.
 */
public final class WorkloadReplay {
    private final Workload workload;
    private final Target target;
    private final Set<Engine> engines;

    /**
     * What a layer cost.
     *
     * @param map of its program, in which the input is layer 0
     * @param counts actions and cycles
     */
    public record Cost(ProgramMap map, Counts counts) {
    }

    /**
     * What became of a layer.
     *
     * @param cost empty if it does not fit the target
     * @param reason why not; empty if it does
     */
    public record Outcome(Optional<Cost> cost, String reason) {
    }

    /**
     * Puts a workload on a chip.
     *
     * @param workload what runs
     * @param target the chip
     * @param engines what moves it
     */
    public WorkloadReplay(Workload workload, Target target, Set<Engine> engines) {
        this.workload = workload;
        this.target = target;
        this.engines = engines;
    }

    /**
     * {@return what became of each layer}
     *
     * @param threads at least 1
     * @param watcher is told of each layer
     */
    public List<Outcome> run(int threads, Watcher watcher) {
        return Parallel.map("layers", workload.layers().size(), threads, watcher, l -> outcome(workload.layers().get(l)));
    }

    private Outcome outcome(Workload.Layer layer) {
        try {
            return new Outcome(Optional.of(cost(layer)), "");
        } catch (DataException e) {
            return new Outcome(Optional.empty(), e.getMessage());
        }
    }

    /**
     * {@return what one layer costs}
     *
     * @param layer of the workload
     * @throws DataException if it does not fit the target
     */
    public Cost cost(Workload.Layer layer) {
        PlainNetwork network = new PlainNetwork(workload.name() + "/" + layer.synapses().name(), layer.input().lastStep(),
                target.count(TargetField.WEIGHT_BITS), target.count(TargetField.POTENTIAL_BITS), PlainReadout.SPIKES, layer.synapses().input(),
                List.of(layer.synapses()));
        Program program = PlainCompiler.compile(network, target);
        return new Cost(program.map(), new Machine(program, target, engines).replay(List.of(layer.input(), layer.output())).counts());
    }
}
