package metronome.traces.run;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import metronome.core.calibration.Prepared;
import metronome.core.data.Samples;
import metronome.core.network.Inference;
import metronome.core.spiking.FiringRecord;
import metronome.core.spiking.Readout;
import metronome.core.spiking.SpikingModel;
import metronome.core.tensor.Kernels;
import metronome.core.tensor.Tensor;

/**
 * At which place a network puts the right class of each image: 0 if it is the network's answer. Among equal outputs the first
 * comes first.
 *
 * @param places one an image
 */
public record Ranking(int[] places) {
    private static final int FEW_CLASSES = 10;

    /**
     * Runs a network in single precision.
     *
     * @param network with or without staircases, and what is computed before it
     * @param samples of its images' shape
     * @param threads at least 1
     * @param watcher is told of each block of images
     * @return what it makes of them
     */
    public static Ranking of(Prepared network, Samples samples, int threads, Watcher watcher) {
        int[] places = new int[samples.count()];
        Inference inference = Inference.of(network.body());
        int block = threads * Kernels.LANES;
        try (Watcher.Work progress = watcher.begin("inference, blocks of " + block + " images", Math.ceilDiv(places.length, block))) {
            for (int first = 0; first < places.length; first += block) {
                Samples some = samples.range(first, Math.min(places.length, first + block));
                Tensor outputs = inference.outputs(network.inputs(some.tensor(), threads), threads);
                for (int i = 0; i < some.count(); i++) {
                    places[first + i] = place(row(outputs, i), some.label(i));
                }
                progress.step();
            }
        }
        return new Ranking(places);
    }

    /**
     * Runs a spiking network.
     *
     * @param network what is computed before it
     * @param model to run
     * @param readout by which it tells classes apart
     * @param samples of the images' shape
     * @param threads at least 1
     * @param watcher is told of each image
     * @return what it makes of them
     */
    public static Ranking of(Prepared network, SpikingModel model, Readout readout, Samples samples, int threads,
            Watcher watcher) {
        List<Integer> places = Parallel.map("spiking model", samples.count(), threads, watcher,
                i -> place(outputs(model.run(network.inputs(samples.range(i, i + 1).tensor(), 1).data()), readout),
                        samples.label(i)));
        return new Ranking(places.stream().mapToInt(Integer::intValue).toArray());
    }

    private static double[] row(Tensor outputs, int image) {
        double[] row = new double[outputs.extent(1)];
        for (int i = 0; i < row.length; i++) {
            row[i] = outputs.data()[image * row.length + i];
        }
        return row;
    }

    private static double[] outputs(FiringRecord record, Readout readout) {
        return switch (readout) {
            case POTENTIAL -> Arrays.stream(record.potentials()).map(p -> -p).toArray();
            case LAST_SPIKE -> Arrays.stream(record.steps()[record.steps().length - 1]).asDoubleStream().toArray();
        };
    }

    static int place(double[] outputs, int label) {
        int place = 0;
        for (int i = 0; i < outputs.length; i++) {
            place += outputs[i] > outputs[label] || outputs[i] == outputs[label] && i < label ? 1 : 0;
        }
        return place;
    }

    /**
     * {@return the shares that are told of a network: {@code top_1} and, of more than ten classes, {@code top_5}}
     *
     * @param classes how many there are
     */
    public SequencedMap<String, Double> accuracy(int classes) {
        SequencedMap<String, Double> accuracy = new LinkedHashMap<>();
        accuracy.put("top_1", within(1));
        if (classes > FEW_CLASSES) {
            accuracy.put("top_5", within(5));
        }
        return accuracy;
    }

    /**
     * {@return the share of images whose right class is among the first, in [0, 1]}
     *
     * @param most how many count as the first
     */
    public double within(int most) {
        return (double) Arrays.stream(places).filter(p -> p < most).count() / places.length;
    }
}
