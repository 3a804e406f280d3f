package metronome.traces.explore;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import metronome.core.data.Samples;
import metronome.core.io.DataException;
import metronome.core.spiking.FixedSimulator;
import metronome.core.spiking.LeakPolicy;
import metronome.core.spiking.SpikingNetwork;
import metronome.hwmodel.count.Counts;
import metronome.hwmodel.energy.AreaEstimator;
import metronome.hwmodel.energy.EnergyEstimator;
import metronome.hwmodel.energy.Quantity;
import metronome.hwmodel.machine.Machine;
import metronome.isa.compiler.SpikingCompiler;
import metronome.isa.target.Target;
import metronome.isa.target.TargetField;
import metronome.isa.target.TargetRules;
import metronome.traces.run.Images;
import metronome.traces.run.Networks;
import metronome.traces.run.Parallel;
import metronome.traces.run.Watcher;

/**
 * Costs a network on many targets. Spikes depend on the widths of weights and potentials and on the leak policy alone, so
 * that each combination of them is recorded once and every point replays a record.
 */
public final class Exploration {
    private final SpikingNetwork network;
    private final Samples samples;
    private final Map<List<Integer>, OracleSpikes> recorded = new ConcurrentHashMap<>();

    private Exploration(SpikingNetwork network, Samples samples) {
        this.network = network;
        this.samples = samples;
    }

    /**
     * {@return every point with its cost, in the order of the targets}
     *
     * @param network to be mapped
     * @param samples images, at least one
     * @param targets the points
     * @param threads at least 1
     * @param watcher is told of each point
     */
    public static List<Point> explore(SpikingNetwork network, Samples samples, List<Target> targets, int threads, Watcher watcher) {
        Exploration exploration = new Exploration(network, samples);
        return Parallel.map("exploring", targets.size(), threads, watcher, i -> exploration.point(targets.get(i)));
    }

    private Point point(Target target) {
        List<TargetRules.Breach> breaches = TargetRules.breaches(target);
        if (!breaches.isEmpty()) {
            return new Point(target, Optional.empty(), breaches.getFirst().message());
        }
        try {
            return new Point(target, Optional.of(cost(target)), "");
        } catch (DataException e) {
            return new Point(target, Optional.empty(), e.getMessage().lines().findFirst().orElse(""));
        }
    }

    private Point.Cost cost(Target target) {
        LeakPolicy policy = TargetRules.leakPolicy(target);
        OracleSpikes spikes = recorded.computeIfAbsent(List.of(target.count(TargetField.WEIGHT_BITS),
                target.count(TargetField.POTENTIAL_BITS), policy.powerEntries()), _ -> record(target, policy));
        Machine machine = new Machine(SpikingCompiler.compile(spikes.network(), target), target);
        return cost(target, spikes.replay(machine), samples.count());
    }

    private OracleSpikes record(Target target, LeakPolicy policy) {
        FixedSimulator oracle = new FixedSimulator(Networks.fixed(network, target), policy);
        return OracleSpikes.of(oracle, IntStream.range(0, samples.count()).mapToObj(i -> oracle.encode(Images.image(samples, i))).toList());
    }

    private static Point.Cost cost(Target target, Counts counts, int images) {
        Quantity energy = EnergyEstimator.estimate(target, counts).perRun(images).total();
        Quantity area = AreaEstimator.estimate(target).total();
        double cycles = (double) counts.cycles() / images;
        return new Point.Cost(cycles, cycles / target.number(TargetField.CLOCK), energy.nominal(), energy.low(),
                energy.high(), area.nominal(), area.low(), area.high());
    }

    /**
     * {@return which points no other is better than in latency, energy and area at once (the Pareto front)}
     *
     * @param points all of them; those without a cost are never on the front
     */
    public static List<Boolean> front(List<Point> points) {
        List<Point.Cost> costs = points.stream().flatMap(p -> p.cost().stream()).toList();
        return IntStream.range(0, points.size()).mapToObj(i -> points.get(i).cost()
                .filter(cost -> costs.stream().noneMatch(other -> other.dominates(cost))).isPresent()).toList();
    }
}
