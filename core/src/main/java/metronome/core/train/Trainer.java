package metronome.core.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.IntConsumer;
import metronome.core.calibration.Prepared;
import metronome.core.data.Samples;
import metronome.core.data.Seeds;
import metronome.core.network.Network;
import metronome.core.network.Node;
import metronome.core.tensor.Kernels;
import metronome.core.tensor.Workers;

/**
 * Trains a network by stochastic gradient descent. A batch is split into chunks of {@link Kernels#LANES} images; threads
 * take chunks as they come, but gradients are added chunk by chunk in order, so the result is the same for any number of
 * threads.
 */
public final class Trainer {
    private static final int LANES = Kernels.LANES;
    /** First part of the seeds of the order of images; augmentation begins with the image's number instead. */
    private static final long ORDER = -1;
    /** What the checkpoint of the best epoch adds to the name of the phase. */
    private static final String BEST = "-best";

    private final Network network;
    private final Samples samples;
    private final Settings settings;
    private final Graph graph;
    private final Descent descent;
    private final Inputs inputs;
    private final List<List<Layer.Gradient>> gradients = new ArrayList<>();

    private Trainer(Prepared start, Network now, Samples samples, Settings settings, int threads) {
        network = Weights.copied(now);
        this.samples = samples;
        this.settings = settings;
        graph = new Graph(network);
        descent = new Descent(network, LayerRates.of(settings.rates(), start, samples, threads), settings);
        inputs = new Inputs(start);
        for (int chunk = 0; chunk < settings.batch() / LANES; chunk++) {
            gradients.add(graph.gradients());
        }
    }

    /**
     * {@return the floating-point operations in products that learning from one image takes: forward, and backward for the
     * weights and, but in layers that read the image, for the inputs; a multiplication and an addition count as two}
     *
     * @param network to be trained
     */
    public static long operations(Network network) {
        List<Node> first = network.readers(Network.INPUT).stream().filter(n -> Weights.pair(n.operator()).isPresent()).toList();
        long atInput = first.isEmpty() ? 0 : new Network("first", network.input(), first).multiplyAccumulates();
        return 2 * (3 * network.multiplyAccumulates() - atInput);
    }

    /**
     * {@return the trained network as it was after the best epoch; the one given is left as it is}
     *
     * @param phase what is being trained, for the progress
     * @param start the network with its first weights
     * @param samples to learn from, and to judge by where settings hold some out, of its input shape; labels below the size
     *     of its output
     * @param settings how
     * @param threads at least 1
     * @param progress is told after each epoch
     * @param checkpoints hold the state after each epoch; a training that was left goes on from there, to the same bits
     * @throws IllegalArgumentException if the shapes differ
     * @throws metronome.core.io.DataException if a checkpoint cannot be read or written, or is of another training
     */
    public static Network train(String phase, Network start, Samples samples, Settings settings, int threads,
            Progress progress, Checkpoints checkpoints) {
        return train(phase, Prepared.plain(start), samples, settings, threads, progress, checkpoints);
    }

    /**
     * {@return the body of a network, trained as above; what is computed before it stays as it is}
     *
     * @param phase what is being trained, for the progress
     * @param start the network with its first weights
     * @param samples of the shape of its images
     * @param settings how
     * @param threads at least 1
     * @param progress is told after each epoch
     * @param checkpoints hold the state after each epoch
     * @throws IllegalArgumentException if the shapes differ
     * @throws metronome.core.io.DataException if a checkpoint cannot be read or written, or is of another training
     */
    public static Network train(String phase, Prepared start, Samples samples, Settings settings, int threads,
            Progress progress, Checkpoints checkpoints) {
        if (!samples.shape().equals(start.images())) {
            throw new IllegalArgumentException(
                    "images of " + samples.shape() + " do not match the network's input of " + start.images());
        }
        String identity = Identity.of(start, samples, settings);
        Optional<Checkpoint> left = checkpoints.find(phase, identity);
        Optional<Checkpoint> best = left.flatMap(_ -> checkpoints.find(phase + BEST, identity));
        Trainer trainer = new Trainer(start, left.map(Checkpoint::network).orElse(start.body()),
                settings.stop().learned(samples), settings, threads);
        left.ifPresent(checkpoint -> trainer.descent.restore(checkpoint.velocities()));
        Selection selection = new Selection(settings.stop(), samples,
                start.with(best.or(() -> left).map(Checkpoint::network).orElse(start.body())),
                best.or(() -> left).map(Checkpoint::epochs).orElse(0), threads);
        try (Workers workers = new Workers(threads)) {
            int epoch = left.map(Checkpoint::epochs).orElse(0);
            while (epoch < settings.epochs() && !selection.over(epoch)) {
                CrossEntropy.Score score = trainer.epoch(epoch++, workers);
                double heldOut = selection.judge(trainer.network, epoch);
                if (selection.judges()) {
                    checkpoints.keep(phase + BEST, selection.checkpoint(identity));
                }
                checkpoints.keep(phase, new Checkpoint(identity, epoch, trainer.network, trainer.descent.velocities()));
                progress.told(trainer.told(phase, epoch, score, selection.judges() ? OptionalDouble.of(heldOut) : OptionalDouble.empty()));
            }
        }
        return selection.best();
    }

    private Progress.Epoch told(String phase, int number, CrossEntropy.Score score, OptionalDouble heldOut) {
        double images = samples.count();
        return new Progress.Epoch(phase, number, settings.epochs(), score.loss() / images, score.right() / images, heldOut);
    }

    private CrossEntropy.Score epoch(int epoch, Workers workers) {
        int[] order = order(epoch);
        CrossEntropy.Score sum = new CrossEntropy.Score(0, 0);
        ThreadLocal<Graph.Buffers> buffers = ThreadLocal.withInitial(() -> graph.new Buffers());
        for (int first = 0; first < order.length; first += settings.batch()) {
            int images = Math.min(settings.batch(), order.length - first);
            int chunks = (images + LANES - 1) / LANES;
            CrossEntropy.Score[] scores = new CrossEntropy.Score[chunks];
            int[] counts = new int[chunks];
            int start = first;
            IntConsumer body = chunk -> {
                int from = start + chunk * LANES;
                int[] part = Arrays.copyOfRange(order, from, Math.min(from + LANES, start + images));
                counts[chunk] = part.length;
                scores[chunk] = learn(epoch, part, buffers.get(), gradients.get(chunk));
            };
            workers.run(chunks, () -> body);
            double rate = settings.schedule().rate(epoch + (double) first / order.length, settings.epochs());
            descent.step(gradients.subList(0, chunks), counts, rate);
            for (CrossEntropy.Score score : scores) {
                sum = sum.plus(score);
            }
        }
        return sum;
    }

    private CrossEntropy.Score learn(int epoch, int[] images, Graph.Buffers buffers, List<Layer.Gradient> sums) {
        List<byte[]> changed = new ArrayList<>();
        int[] labels = new int[images.length];
        for (int n = 0; n < images.length; n++) {
            Random random = Seeds.random(settings.seed(), images[n], epoch);
            changed.add(settings.augmentation().apply(samples.image(images[n]), samples.shape(), random));
            labels[n] = samples.label(images[n]);
        }
        inputs.read(changed, buffers.input());
        return buffers.learn(labels, sums);
    }

    private int[] order(int epoch) {
        Random random = Seeds.random(settings.seed(), ORDER, epoch);
        int[] order = new int[samples.count()];
        for (int i = 0; i < order.length; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
