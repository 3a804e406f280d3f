package metronome.traces.run;

import java.util.List;
import java.util.function.Function;
import java.util.Set;
import metronome.core.code.TemporalCode;
import metronome.core.data.Dataset;
import metronome.core.network.NetworkFile;
import metronome.core.spiking.FixedSimulator;
import metronome.core.spiking.IntegerSimulator;
import metronome.core.spiking.LeakPolicy;
import metronome.core.spiking.OperationCount;
import metronome.core.spiking.Operations;
import metronome.hwmodel.machine.Engine;
import metronome.hwmodel.machine.Machine;
import metronome.isa.compiler.DenseCompiler;
import metronome.isa.compiler.LayerSchedule;
import metronome.isa.compiler.Partition;
import metronome.isa.compiler.SpikePlacement;
import metronome.isa.compiler.SpikingCompiler;
import metronome.isa.program.Program;
import metronome.isa.program.ProgramFile;
import metronome.isa.target.Target;
import metronome.isa.target.TargetRules;
import metronome.isa.target.TargetWriter;
import metronome.traces.report.Execution;
import metronome.traces.report.Provenance;
import metronome.traces.report.RunResult;

/**
 * The way from networks and images to results.
 *
 * @param networks all forms of one network
 * @param program the spiking program
 * @param baseline the dense program
 * @param result what was found out
 */
public record MainJob(Networks networks, Program program, Program baseline, RunResult result) {
    /**
     * What the job needs to know beside networks and images.
     *
     * @param target the chip
     * @param partition how the network is spread over the chip's cores
     * @param schedule whether layers overlap
     * @param engines what moves the machine
     * @param conversion of the network
     * @param functional how many test images for the functional models, at least 1
     * @param machine how many test images for the machine, at least 1
     * @param seed of the data, for the record
     * @param threads at least 1
     * @param version of Metronome, for the record
     * @param command that asked for it, for the record
     * @param weights where they come from, for the record
     */
    public record Order(Target target, Partition partition, LayerSchedule schedule, Set<Engine> engines, Conversion conversion,
            int functional, int machine, long seed, int threads,
            String version, String command, String weights) {
    }

    /**
     * Compiles, runs and counts.
     *
     * @param order what to do
     * @param networks all forms of one network, for the target
     * @param dataset with at least as many test images as the order says
     * @param watcher is told of the progress
     * @return programs and results
     */
    public static MainJob run(Order order, Networks networks, Dataset dataset, Watcher watcher) {
        LeakPolicy policy = TargetRules.leakPolicy(order.target());
        Program program = SpikingCompiler.compile(networks.fixed(), order.target(), SpikePlacement.AUTO, order.partition(),
                order.schedule());
        Program baseline = DenseCompiler.compile(networks.integer(), order.target());
        FunctionalStudy functional = FunctionalStudy.of(networks, policy, dataset.test().first(order.functional()),
                order.threads(), watcher);
        MachineStudy spiking = MachineStudy.spiking(new Machine(program, order.target(), order.engines()),
                new FixedSimulator(networks.fixed(), policy), dataset.test().first(order.machine()), order.threads(), watcher);
        MachineStudy dense = MachineStudy.dense(new Machine(baseline, order.target(), order.engines()),
                new IntegerSimulator(networks.integer()), dataset.test().first(order.machine()), order.threads(), watcher);
        return new MainJob(networks, program, baseline, new RunResult(RunResult.FORMAT, dataset.name(),
                networks.dnn().name(), order.seed(), new RunResult.Images(order.functional(), order.machine()),
                new RunResult.Accuracy(functional.dnn(), functional.staircase(), functional.spiking(),
                        functional.fixed(), functional.integer(), spiking.accuracy(), spiking.oracleAccuracy()),
                new RunResult.Mismatch(spiking.differing(), dense.differing(), functional.fixedShare(),
                        functional.staircaseSteps()),
                operations(functional.operations()), execution(order.target(), program, spiking),
                execution(order.target(), baseline, dense), provenance(order, networks, program, baseline)));
    }

    private static Execution execution(Target target, Program program, MachineStudy study) {
        return Executions.of(target, program.map(), study.counts(), study.images());
    }

    private static RunResult.Operations operations(OperationCount count) {
        OperationCount.Layer all = count.total();
        return new RunResult.Operations(count.perImage(all.dnnDense().total()),
                count.perImage(all.dnnSkipping().total()), count.perImage(all.tdsnnEvent().total()),
                count.perImage(all.tdsnnClock().total()), all.tdsnnEvent().reductionFrom(all.dnnDense()),
                all.tdsnnClock().reductionFrom(all.dnnDense()), all.tdsnnEvent().reductionFrom(all.dnnSkipping()),
                all.tdsnnClock().reductionFrom(all.dnnSkipping()), List.of(
                row("DNN, dense", count, OperationCount.Layer::dnnDense),
                row("DNN, skipping zeros", count, OperationCount.Layer::dnnSkipping),
                row("TDSNN, event-driven", count, OperationCount.Layer::tdsnnEvent),
                row("TDSNN, clock-driven", count, OperationCount.Layer::tdsnnClock)));
    }

    private static RunResult.OperationRow row(String name, OperationCount count,
            Function<OperationCount.Layer, Operations> way) {
        Operations sum = way.apply(count.total());
        return new RunResult.OperationRow(name, count.perImage(sum.multiplications()),
                count.perImage(sum.additions()), count.perImage(sum.comparisons()), count.perImage(sum.total()));
    }

    private static Provenance provenance(Order order, Networks networks, Program program, Program baseline) {
        TemporalCode code = networks.spiking().code();
        return new Provenance(order.version(), Runtime.version().toString(), order.command(), order.target().name(),
                TargetWriter.hash(order.target()), order.weights(), Hashes.of(NetworkFile.bytes(networks.staircase())),
                Hashes.of(networks.fixed()), Hashes.of(ProgramFile.encode(program)),
                Hashes.of(ProgramFile.encode(baseline)), new Provenance.Code(code.steps(), code.timeConstant(),
                word(code.rounding()), word(code.zeros()), word(order.conversion().variant()),
                word(order.conversion().pool(networks.staircase())), word(order.conversion().readout()), networks.fixed().weightBits(),
                networks.fixed().potentialBits()));
    }

    private static String word(Enum<?> constant) {
        return constant.name().length() == 1 ? constant.name()
                : constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
