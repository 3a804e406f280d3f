package metronome.core.calibration;

import java.util.List;
import java.util.Map;
import metronome.core.network.Lockstep;
import metronome.core.network.Network;
import metronome.core.network.Node;
import metronome.core.network.Operator;
import metronome.core.network.Shape;
import metronome.core.tensor.Tensor;
import metronome.core.tensor.Workers;

/**
 * Corrects a network with staircases layer by layer from the input on: each layer, which reads what the corrected layers before
 * it give, is fitted to the sums that it has in the network without rounding.
 */
final class Layerwise {
    private final Tensor inputs;
    private final Correction correction;

    Layerwise(Tensor inputs, Correction correction) {
        this.inputs = inputs;
        this.correction = correction;
    }

    /**
     * A layer of weights on the calibration images. All values are [features, lanes] of each chunk of images.
     *
     * @param operator what it computes so far
     * @param input shape of what it reads
     * @param output shape of its sums
     * @param images how many there are
     * @param read what it reads
     * @param sums what it computes; computed anew, the same arrays hold it
     * @param wanted what it computes without rounding
     */
    record Site(Operator operator, Shape input, Shape output, int images, List<float[]> read, List<float[]> sums,
            List<float[]> wanted) {
        /** The same place with another operator. */
        Site with(Operator other) {
            return new Site(other, input, output, images, read, sums, wanted);
        }
    }

    /** The staircase network fitted to one of the same nodes with rectifiers in place of staircases. */
    Network corrected(Network staircase, Network exact, int threads) {
        if (correction == Correction.NONE) {
            return staircase;
        }
        Network network = staircase;
        Map<String, Shape> shapes = staircase.shapes();
        try (Workers workers = new Workers(threads)) {
            Lockstep wanted = new Lockstep(exact, inputs, workers);
            Lockstep found = new Lockstep(staircase, inputs, workers);
            for (int i = 0; i < exact.nodes().size(); i++) {
                Node node = staircase.nodes().get(i);
                wanted.compute(exact.nodes().get(i));
                found.compute(node);
                if (SignedLayers.isLayer(node)) {
                    Site site = new Site(node.operator(), shapes.get(node.inputs().getFirst()), shapes.get(node.name()),
                            found.images(), found.values(node.inputs().getFirst()), found.values(node.name()),
                            wanted.values(node.name()));
                    network = network.with(Map.of(node.name(), fitted(site, node, found, workers)));
                }
                wanted.end(exact.nodes().get(i));
                found.end(node);
            }
        }
        return network;
    }

    /** The layer corrected, its sums computed anew. */
    private Operator fitted(Site site, Node node, Lockstep found, Workers workers) {
        Site ready = site;
        if (correction == Correction.WEIGHTS) {
            ready = site.with(LeastSquares.of(site, workers));
            found.compute(new Node(node.name(), ready.operator(), node.inputs()));
        }
        Operator fitted = MeanFit.of(ready);
        found.compute(new Node(node.name(), fitted, node.inputs()));
        return fitted;
    }
}
