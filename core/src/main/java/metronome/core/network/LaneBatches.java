package metronome.core.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import metronome.core.tensor.Kernels;
import metronome.core.tensor.Workers;

/**
 * Takes images through the nodes of a network, {@link Kernels#LANES} of them side by side, several such batches at once by several
 * threads.
 */
final class LaneBatches {
    private static final int LANES = Kernels.LANES;
    private static final float[] NOTHING = {};

    private final Shape input;
    private final List<Step> steps = new ArrayList<>();

    /** A node: where its inputs are among the activations, and what computes it. */
    private record Step(List<Integer> sources, Stage stage) {
        void compute(List<float[]> activations, float[] out) {
            stage.compute(sources.stream().map(activations::get).toList(), out);
        }
    }

    /** What the network reads of an image, (channel, row, column). */
    @FunctionalInterface
    interface Images {
        float value(int image, int feature);
    }

    LaneBatches(Network network) {
        input = network.input();
        Map<String, Shape> shapes = network.shapes();
        List<String> names = List.copyOf(shapes.keySet());
        for (Node node : network.nodes()) {
            Shape output = shapes.get(node.name());
            List<Integer> sources = node.inputs().stream().map(names::indexOf).toList();
            steps.add(new Step(sources, new Stage(node, shapes.get(node.inputs().getFirst()), output)));
        }
    }

    /** Shows all activations of a batch; a thread uses the same arrays for its next one. */
    void visit(int count, int threads, Images images, Inference.Visitor visitor) {
        try (Workers workers = new Workers(threads)) {
            workers.run((count + LANES - 1) / LANES, () -> {
                List<float[]> activations = new ArrayList<>();
                for (int i = 0; i <= steps.size(); i++) {
                    activations.add(empty(i));
                }
                return chunk -> {
                    int present = fill(chunk, count, images, activations.getFirst());
                    for (int i = 0; i < steps.size(); i++) {
                        steps.get(i).compute(activations, activations.get(i + 1));
                    }
                    visitor.visit(chunk * LANES, present, activations);
                };
            });
        }
    }

    /** As visit, but of a large network only those activations exist that are still to be read; the visitor sees the last. */
    void visitLast(int count, int threads, Images images, Inference.Visitor visitor) {
        int[] lastReader = lastReader();
        try (Workers workers = new Workers(threads)) {
            workers.run((count + LANES - 1) / LANES, () -> chunk -> {
                List<float[]> activations = new ArrayList<>(List.of(empty(0)));
                int present = fill(chunk, count, images, activations.getFirst());
                for (int i = 0; i < steps.size(); i++) {
                    activations.add(empty(i + 1));
                    steps.get(i).compute(activations, activations.getLast());
                    for (int source : steps.get(i).sources()) {
                        activations.set(source, lastReader[source] == i ? NOTHING : activations.get(source));
                    }
                }
                visitor.visit(chunk * LANES, present, activations);
            });
        }
    }

    private float[] empty(int activation) {
        Shape shape = activation == 0 ? input : steps.get(activation - 1).stage().output();
        return new float[shape.size() * LANES];
    }

    private int[] lastReader() {
        int[] last = new int[steps.size() + 1];
        for (int i = 0; i < steps.size(); i++) {
            for (int source : steps.get(i).sources()) {
                last[source] = i;
            }
        }
        return last;
    }

    private int fill(int chunk, int count, Images images, float[] values) {
        int present = Math.min(LANES, count - chunk * LANES);
        for (int i = 0; i < values.length; i++) {
            int lane = i % LANES;
            values[i] = lane < present ? images.value(chunk * LANES + lane, i / LANES) : 0;
        }
        return present;
    }
}
