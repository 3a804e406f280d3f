package metronome.core.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import metronome.core.tensor.Kernels;
import metronome.core.tensor.Tensor;
import metronome.core.tensor.Workers;

/**
 * Runs a network node by node, each over all images before the next, so that a node's weights may be changed once it is known
 * what it reads. Values are kept only until their last reader has run: the most that is held is what {@code images} times
 * the widest cut through the network takes.
 */
public final class Lockstep {
    private static final int LANES = Kernels.LANES;

    private final Network network;
    private final Map<String, Shape> shapes;
    private final Workers workers;
    private final int images;
    private final Map<String, List<float[]>> values = new HashMap<>();
    private final Set<String> done = new HashSet<>();

    /**
     * Begins with the images.
     *
     * @param network whose nodes will be run in their order; only its operators may change
     * @param images [images, ...] in [0, 1]
     * @param workers do the work; the result does not depend on their number
     * @throws IllegalArgumentException if an image has not the size of the network's input
     */
    public Lockstep(Network network, Tensor images, Workers workers) {
        this.network = network;
        this.workers = workers;
        this.images = images.extent(0);
        shapes = network.shapes();
        int size = network.input().size();
        if (images.size() != (long) size * this.images) {
            throw new IllegalArgumentException(images + " does not match the network's input of " + network.input());
        }
        StaircaseLevels.Input input = StaircaseLevels.input(network);
        List<float[]> chunks = empty(network.input());
        for (int chunk = 0; chunk < chunks.size(); chunk++) {
            for (int i = 0; i < size * LANES; i++) {
                int image = chunk * LANES + i % LANES;
                chunks.get(chunk)[i] = image < this.images ? input.applyAsFloat(images.data()[image * size + i / LANES]) : 0;
            }
        }
        values.put(Network.INPUT, chunks);
    }

    /** {@return how many images there are; lanes of the last chunk beyond them hold no image} */
    public int images() {
        return images;
    }

    /**
     * {@return values that are still kept, of each chunk of images [features, lanes]}
     *
     * @param node that has been computed, or {@link Network#INPUT}
     * @throws IllegalStateException if they are not kept: not computed yet, or let go
     */
    public List<float[]> values(String node) {
        List<float[]> kept = values.get(node);
        if (kept == null) {
            throw new IllegalStateException("values of " + node + " are not kept");
        }
        return kept;
    }

    /**
     * Computes a node, again if need be, from its inputs, which have been computed and are kept.
     *
     * @param node of the network, perhaps with another operator of the same shapes
     */
    public void compute(Node node) {
        Shape input = shapes.get(node.inputs().getFirst());
        Shape output = shapes.get(node.name());
        List<float[]> out = values.computeIfAbsent(node.name(), _ -> empty(output));
        List<List<float[]>> in = node.inputs().stream().map(this::values).toList();
        workers.run(out.size(), () -> {
            Stage stage = new Stage(node, input, output);
            return chunk -> stage.compute(in.stream().map(chunks -> chunks.get(chunk)).toList(), out.get(chunk));
        });
    }

    /**
     * Ends the work on a node: lets go what no node that is left reads.
     *
     * @param node that has been computed for the last time
     */
    public void end(Node node) {
        done.add(node.name());
        for (String input : node.inputs()) {
            if (network.readers(input).stream().map(Node::name).allMatch(done::contains)) {
                values.remove(input);
            }
        }
    }

    private List<float[]> empty(Shape shape) {
        List<float[]> chunks = new ArrayList<>();
        for (int first = 0; first < images; first += LANES) {
            chunks.add(new float[shape.size() * LANES]);
        }
        return chunks;
    }
}
