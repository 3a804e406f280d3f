package metronome.traces.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import metronome.core.code.TemporalCode;
import metronome.core.data.Dataset;
import metronome.core.data.Samples;
import metronome.core.network.Network;
import metronome.core.network.Node;
import metronome.core.network.Operator;
import metronome.core.rival.Coding;
import metronome.core.rival.RivalStudy;
import metronome.core.spiking.PoolCircuit;
import metronome.core.spiking.SpikingLayer;
import metronome.core.spiking.SpikingNetwork;
import metronome.core.spiking.SpikingSimulator;
import metronome.core.tensor.Tensor;
import metronome.isa.target.TargetField;
import metronome.isa.target.TargetWriter;
import metronome.traces.report.Execution;
import metronome.traces.report.RivalsResult;
import metronome.traces.report.RunResult;

/** A DNN, the TDSNN, and their rivals on the same images, target and rule of counting. */
public final class RivalsJob {
    private final MainJob.Order order;
    private final RivalSearch.Space space;
    private final Networks networks;
    private final Tensor calibration;
    private final Samples judged;
    private final Samples test;
    private final Watcher watcher;

    private RivalsJob(MainJob.Order order, RivalSearch.Space space, Networks networks, Dataset dataset, int judged,
            Watcher watcher) {
        this.order = order;
        this.space = space;
        this.networks = networks;
        this.calibration = dataset.training().range(0, Images.CALIBRATION).tensor();
        this.judged = dataset.training().range(Images.CALIBRATION, Images.CALIBRATION + judged);
        this.test = dataset.test().first(order.functional());
        this.watcher = watcher;
    }

    /**
     * {@return all of them side by side}
     *
     * @param order what the main job needs to know
     * @param space in which rivals look for their best setting
     * @param networks all forms of one network, for the target
     * @param dataset with at least as many images as are asked for
     * @param judged how many training images choose the setting, behind those that measure activations
     * @param watcher is told of the progress
     */
    public static RivalsResult run(MainJob.Order order, RivalSearch.Space space, Networks networks, Dataset dataset, int judged,
            Watcher watcher) {
        RunResult main = MainJob.run(order, networks, dataset, watcher).result();
        RivalsJob job = new RivalsJob(order, space, networks, dataset, judged, watcher);
        List<RivalsResult.Row> rows = new ArrayList<>();
        rows.add(new RivalsResult.Row("DNN, tensor core", "8 bits", main.accuracy().integerDnn(), 0, 0, main.operations().dnnTotal(), 0,
                List.of(cost(main.baseline(), main.mismatch().baselineOutputs()))));
        rows.add(new RivalsResult.Row("DNN, skipping zeros", "", main.accuracy().dnn(), 0, 0, main.operations().dnnSparseTotal(), 0,
                List.of()));
        RivalSearch rate = job.search(networks.dnn(), Coding.RATE);
        rows.add(job.row("rate", rate));
        rows.add(job.onMachine("rate, LIF array", rate));
        RivalSearch first = job.search(networks.dnn(), Coding.FIRST_SPIKE);
        rows.add(job.row("TTFS", first));
        rows.add(job.onMachine("TTFS, LIF array", first));
        RivalSearch dynamic = job.search(networks.dnn(), Coding.FIRST_SPIKE_DYNAMIC);
        rows.add(job.row("TTFS, dynamic threshold", dynamic));
        rows.add(job.onMachine("TTFS, dynamic threshold, LIF array", dynamic));
        RivalSearch clamped = job.search(clamped(networks.staircase()), Coding.FIRST_SPIKE);
        rows.add(job.row("TTFS, clamped", clamped));
        rows.add(job.onMachine("TTFS, clamped, LIF array", clamped));
        rows.add(job.tdsnn(main));
        return new RivalsResult(main.network(), dataset.name(), order.functional(), order.machine(), rows,
                new RivalsResult.Provenance(order.version(), Runtime.version().toString(), order.command(),
                order.target().name(), TargetWriter.hash(order.target())));
    }

    private static RivalsResult.Cost cost(Execution execution, long differing) {
        return new RivalsResult.Cost(execution.cycles(), execution.energyPj(), execution.energyLowPj(), execution.energyHighPj(),
                differing);
    }

    private RivalSearch search(Network trained, Coding coding) {
        return RivalSearch.of(trained, coding, space, calibration, judged, order.threads(), watcher);
    }

    private RivalsResult.Row row(String name, RivalSearch found) {
        RivalStudy study = RivalStudy.of(found.rival(), test, found.steps(), order.threads());
        return new RivalsResult.Row(name, setting(found), study.accuracy()[found.steps() - 1], found.steps(),
                study.spikesPerNeuron(), (double) study.event().total() / study.images(),
                (double) study.clock().total() / study.images(), List.of());
    }

    private static String setting(RivalSearch found) {
        return String.format(Locale.ROOT, "percentile %s", found.percentile())
                + (found.rival().coding() == Coding.RATE ? "" : ", unit " + found.rival().unit());
    }

    private RivalsResult.Row onMachine(String name, RivalSearch found) {
        RivalOnMachine run = RivalOnMachine.of(found, new RivalOnMachine.Order(judged, test, order.machine(), space.levels(),
                space.steps(), order.target(), order.threads(), watcher));
        String pixels = found.rival().coding() == Coding.RATE ? "" : ", levels " + run.levels();
        String buffer = run.spikeBlocks() == order.target().count(TargetField.SPIKE_BLOCKS) ? ""
                : ", " + TargetField.SPIKE_BLOCKS.key() + " " + run.spikeBlocks();
        return new RivalsResult.Row(name, setting(found) + pixels + buffer, run.accuracy(), run.steps(), run.spikesPerNeuron(), 0, 0,
                List.of(cost(run.execution(), run.differing())));
    }

    /** A rectifier that is clamped is what a staircase rounds. */
    private static Network clamped(Network staircase) {
        Map<String, Operator> rectifiers = new HashMap<>();
        for (Node node : staircase.nodes()) {
            if (node.operator() instanceof Operator.Staircase) {
                rectifiers.put(node.name(), new Operator.Rectifier(1));
            }
        }
        return staircase.with(rectifiers);
    }

    private RivalsResult.Row tdsnn(RunResult main) {
        SpikingNetwork network = networks.spiking();
        TemporalCode code = network.code();
        SpikingSimulator simulator = new SpikingSimulator(network);
        long spikes = Parallel.map("spikes", test.count(), order.threads(), watcher, i -> spikes(network,
                simulator.run(Images.image(test, i)).steps())).stream().mapToLong(Long::longValue).sum();
        long neurons = 0;
        int windows = 0;
        for (SpikingLayer layer : network.layers()) {
            neurons += counted(network, layer) ? layer.output().size() : 0;
            windows += layer instanceof SpikingLayer.Pool pool && pool.circuit() == PoolCircuit.COUNTER ? 0 : 1;
        }
        return new RivalsResult.Row("TDSNN, LIF array", String.format(Locale.ROOT, "T %d, L %s", code.steps(), code.timeConstant()),
                main.accuracy().spikingFixed(), windows * code.steps(), (double) spikes / test.count() / neurons,
                main.operations().tdsnnEventTotal(), main.operations().tdsnnClockTotal(),
                List.of(cost(main.machine(), main.mismatch().machineSpikes())));
    }

    /** As for the rivals: layers of weights, but the last. */
    private static boolean counted(SpikingNetwork network, SpikingLayer layer) {
        return layer instanceof SpikingLayer.Synapses && layer != network.layers().getLast();
    }

    private static long spikes(SpikingNetwork network, int[][] steps) {
        long spikes = 0;
        for (int l = 0; l < network.layers().size(); l++) {
            for (int step : steps[l]) {
                spikes += counted(network, network.layers().get(l)) && step != TemporalCode.SILENT ? 1 : 0;
            }
        }
        return spikes;
    }
}
